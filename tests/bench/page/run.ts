/**
 * `npm run bench:page`: what the built page takes in Chromium (`npm run build` first), beside the goals of the design. Each visit
 * has a browser profile of its own.
 */
import { figureLine, type Figure } from './figure.ts';
import { defaultProject, firstPaint } from './first-visit.ts';
import { largeImage } from './large-image.ts';
import { lastLineEdit } from './last-line-edit.ts';
import { PageHost } from './page-visit.ts';

const RUNS = 3;
const MEASUREMENTS = [firstPaint, defaultProject, lastLineEdit, largeImage];

const host = await PageHost.start();
try {
  for (const measurement of MEASUREMENTS) {
    const figures: Figure[] = [];
    for (let run = 0; run < RUNS; run++) figures.push(...(await measurement(host)));
    for (const name of new Set(figures.map((figure) => figure.name))) {
      console.log(figureLine(figures.filter((figure) => figure.name === name)));
    }
  }
} finally {
  await host.stop();
}
process.exit();
