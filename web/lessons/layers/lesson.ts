import type { Lesson } from '../lesson.ts';
import { ofImage, ownLayers, when } from '../looks.ts';

const START = 'FROM alpine:latest\nRUN echo one > /one\n';

const lesson: Lesson = {
  id: 'layers',
  title: 'Layers',
  start: { Dockerfile: START },
  steps: [
    {
      text: [
        'A layer is a difference: the files that one instruction added, changed or deleted, and nothing else. The first RUN here added one file of four bytes, so its layer holds one file of four bytes.',
        'Add two more RUN lines, each writing a small file. The base stays as it is: all of your layers lie upon it.',
      ],
      look: { label: 'The stack of layers', fragment: 'panel=layers' },
      check: ofImage((image) =>
        when(ownLayers(image).length >= 3, `Your build adds ${ownLayers(image).length} of 3 layers.`),
      ),
      hint: 'For example RUN echo two > /two, and RUN echo three > /three on a line of its own.',
      solution: { files: { Dockerfile: `${START}RUN echo two > /two\nRUN echo three > /three\n` } },
    },
    {
      text: [
        'A layer is named by the digest (sha256) of its tar: names, owners, modes, times and contents. Where all of that is the same the digest is the same, and images share the layer. Here a build’s times stand still, so it is; in Docker a RUN that is made anew has new times, and a new digest.',
        'Not every instruction makes one. Add `ENV COLOUR=green` and `LABEL stage=demo`: both appear in the History with 0 bytes, and no slab is added to the stack.',
      ],
      look: { label: 'History', fragment: 'panel=history' },
      check: ofImage((image) => {
        const metadata = image.stack.filter(
          ({ base, layer, instruction }) => !base && layer === undefined && /^(?:ENV|LABEL)/.test(instruction),
        );
        return when(
          metadata.length >= 2 && ownLayers(image).length >= 3,
          'Keep the three RUN lines, and add an ENV and a LABEL line.',
        );
      }),
      hint: 'Two lines anywhere below FROM: ENV COLOUR=green and LABEL stage=demo',
      solution: {
        files: {
          Dockerfile: `${START}RUN echo two > /two\nRUN echo three > /three\nENV COLOUR=green\nLABEL stage=demo\n`,
        },
      },
    },
  ],
};

export default lesson;
