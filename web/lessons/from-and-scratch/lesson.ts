import type { Lesson } from '../lesson.ts';
import { dockerfileOf, ofImage, ownLayers, sees, when } from '../looks.ts';

const lesson: Lesson = {
  id: 'from-and-scratch',
  title: 'FROM and scratch',
  start: {
    Dockerfile: 'FROM ubuntu:22.04\nCOPY greeting.txt /greeting.txt\nCMD ["cat", "/greeting.txt"]\n',
    'greeting.txt': 'Hello from a small image.\n',
  },
  steps: [
    {
      text: [
        'FROM chooses what your layers stand on. Here one small text file stands on Ubuntu: some 77 MB, so that one `cat` can run.',
        'Choose a smaller base that also has `cat`: change the first line to `FROM alpine:latest`, and look at the size above the stack.',
      ],
      look: { label: 'The stack of layers', fragment: 'panel=layers' },
      check: ofImage(async (image, world) =>
        when(
          image.sizeBytes < 20e6 && (await sees(world, image, '/bin/cat')),
          'The image is still larger than 20 MB, or has no cat.',
        ),
      ),
      hint: 'FROM alpine:latest in place of FROM ubuntu:22.04',
      solution: {
        files: { Dockerfile: 'FROM alpine:latest\nCOPY greeting.txt /greeting.txt\nCMD ["cat", "/greeting.txt"]\n' },
      },
    },
    {
      text: [
        'There is a base with nothing in it: `scratch`. It is no image one can pull; it says that the first layer is yours.',
        'Build from `scratch` and leave out CMD: with nothing but a text file there is no program to run. RUN cannot make any either: there is no shell to run. COPY and ADD bring files in.',
      ],
      check: ofImage((image, world) =>
        when(
          /^FROM\s+scratch\b/im.test(dockerfileOf(world)) &&
            ownLayers(image).length === 1 &&
            image.stack.every(({ base }) => !base),
          'The image should stand on scratch, and hold one layer of yours.',
        ),
      ),
      hint: 'Two lines: FROM scratch, and the COPY.',
      solution: { files: { Dockerfile: 'FROM scratch\nCOPY greeting.txt /greeting.txt\n' } },
    },
  ],
};

export default lesson;
