/** `apt-get download`: archives into the working directory. */
import type { AppletContext } from '../../applets/context.ts';
import { holeOf } from '../placing.ts';
import type { AptOptions } from './apt-options.ts';
import { readAptState, simulateApt } from './apt-state.ts';
import { selectPackages } from './selecting.ts';
import { archiveName } from './transaction.ts';
import { formatSize } from './wording.ts';

export async function downloadHere(context: AppletContext, command: AptOptions): Promise<number> {
  const state = await readAptState(context);
  const selection = await selectPackages(context, state.available, command.operands);
  if ('problems' in selection) {
    for (const problem of selection.problems) await context.err.write(`E: ${problem}\n`);
    return 100;
  }
  simulateApt(context, state);
  for (const [index, paragraph] of selection.packages.entries()) {
    const bytes = Number(paragraph.get('Size') ?? 0);
    const place = `${state.sources[0]?.uri ?? ''} ${state.sources[0]?.suite ?? ''}/main amd64`;
    const name = paragraph.get('Package') ?? '';
    await context.out.write(
      `Get:${index + 1} ${place} ${name} ${paragraph.get('Architecture') ?? ''} ${paragraph.get('Version') ?? ''} [${formatSize(bytes)}B]\n`,
    );
    context.files.writeBody(archiveName(paragraph), holeOf(bytes));
  }
  return 0;
}
