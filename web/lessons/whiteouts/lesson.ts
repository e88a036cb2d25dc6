import type { Lesson } from '../lesson.ts';
import { holders, ofImage, ownRows, sees, when } from '../looks.ts';

const START = 'FROM alpine:latest\nRUN head -c 5000000 /dev/zero > /cache\n';
const ONE_MEGABYTE = 1_000_000;

const lesson: Lesson = {
  id: 'whiteouts',
  title: 'Whiteouts: deleting later saves nothing',
  start: { Dockerfile: START },
  steps: [
    {
      text: [
        'A lower layer cannot be changed, so a file in it cannot be deleted from above either. Deleting leaves a mark in the upper layer instead, a whiteout: “not there”.',
        'Add `RUN rm /cache` and look at the size of the image before and after.',
      ],
      look: { label: 'What happened to /cache', fragment: 'panel=layers&path=/cache' },
      check: ofImage(async (image, world) =>
        when(
          !(await sees(world, image, '/cache')) && (await holders(world, image, '/cache')) > 0,
          'A container of the image should not see /cache any more, while a layer still holds it.',
        ),
      ),
      hint: 'A line of its own, below the other RUN: RUN rm /cache',
      solution: { files: { Dockerfile: `${START}RUN rm /cache\n` } },
    },
    {
      text: [
        'The image is no smaller: the 5 MB are still in the layer below, and everybody who pulls the image gets them. Who has the layer can read the file, too: never delete a secret this way.',
        'What saves the bytes is to delete in the same RUN that made them, before its layer is closed. The Waste panel offers that very edit.',
      ],
      look: { label: 'Waste', fragment: 'panel=waste' },
      check: ofImage(async (image, world) => {
        const own = ownRows(image);
        if (!own.some(({ instruction }) => /^RUN\b.*\/cache/s.test(instruction)))
          return 'No RUN makes /cache any more: it should be made, and be gone before its layer is closed.';
        return when(
          (await holders(world, image, '/cache')) === 0 &&
            own.reduce((sum, row) => sum + row.sizeBytes, 0) < ONE_MEGABYTE,
          'Some layer still holds /cache.',
        );
      }),
      hint: 'One line: RUN head -c 5000000 /dev/zero > /cache && rm /cache',
      solution: { files: { Dockerfile: 'FROM alpine:latest\nRUN head -c 5000000 /dev/zero > /cache && rm /cache\n' } },
    },
  ],
};

export default lesson;
