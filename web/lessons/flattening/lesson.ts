import type { Lesson } from '../lesson.ts';
import { imageNamed, sees, when } from '../looks.ts';

const lesson: Lesson = {
  id: 'flattening',
  title: 'Flattening an image',
  start: {
    Dockerfile:
      'FROM alpine:latest\nRUN head -c 4000000 /dev/zero > /big\nRUN rm /big\nENV MODE=production\nCMD ["sh"]\n',
  },
  steps: [
    {
      text: [
        '`docker export` writes what a container sees, as one tar: layers, whiteouts and hidden files are no more. `docker import` makes an image of one layer from such a tar.',
        'Create a container of this image (it need not run), export it and import it as `flat`.',
      ],
      run: ['docker create --name whole lesson-flattening', 'docker export whole | docker import - flat'],
      check: async (world) => {
        const [flat, whole] = await Promise.all([imageNamed(world, 'flat'), imageNamed(world, 'lesson-flattening')]);
        return when(
          flat !== undefined &&
            whole !== undefined &&
            flat.layers.length === 1 &&
            flat.env.length === 0 &&
            flat.sizeBytes < whole.sizeBytes &&
            (await sees(world, flat, '/bin/sh')),
          'There is no image “flat” of one layer and no config yet, smaller than the one it came from.',
        );
      },
      hint: 'Click both commands, in order.',
      solution: { run: ['docker create --name whole lesson-flattening', 'docker export whole | docker import - flat'] },
    },
    {
      text: [
        'The 4 MB are gone, and so is more: the config (ENV, CMD, WORKDIR), the history, and every layer that could have been shared with other images of the same base. Compare `docker history flat` with that of the project.',
        'Give the config back while importing: `-c` takes Dockerfile instructions. Import it once more as `flat:2`, with the CMD and the ENV.',
      ],
      run: [`docker export whole | docker import -c 'CMD ["sh"]' -c 'ENV MODE=production' - flat:2`],
      check: async (world) => {
        const flat = await imageNamed(world, 'flat:2');
        return when(
          flat !== undefined &&
            flat.cmd.join() === 'sh' &&
            flat.env.includes('MODE=production') &&
            flat.layers.length === 1,
          'There is no image “flat:2” of one layer with CMD ["sh"] and MODE=production.',
        );
      },
      hint: 'Click the command, or type it.',
      solution: { run: [`docker export whole | docker import -c 'CMD ["sh"]' -c 'ENV MODE=production' - flat:2`] },
    },
  ],
};

export default lesson;
