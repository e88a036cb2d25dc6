import type { Lesson } from '../lesson.ts';
import { ofImage, ownLayers, sees, when } from '../looks.ts';

const START = [
  'FROM alpine:latest',
  'RUN mkdir /app',
  'RUN echo "port=80" > /app/config',
  'RUN chmod 600 /app/config',
  'RUN adduser -D web',
  '',
].join('\n');
const JOINED = [
  'FROM alpine:latest',
  'RUN mkdir /app && \\',
  '    echo "port=80" > /app/config && \\',
  '    chmod 600 /app/config && \\',
  '    adduser -D web',
  '',
].join('\n');

const lesson: Lesson = {
  id: 'run-and-layers',
  title: 'RUN and layers',
  start: { Dockerfile: START },
  steps: [
    {
      text: [
        'Each RUN starts a container on what was built so far, runs the line in its shell, and keeps what that changed as a layer. Then the container is gone: a `cd` or a variable set in one RUN is not there in the next.',
        'These four RUN lines make four layers, and the file config is in two of them: `chmod` changes no byte of it, yet the layer must hold the whole file again.',
        'Make it one RUN: join the lines with `&&`, so that one failing stops them all, and `\\` at the end of a line.',
      ],
      look: { label: 'Waste', fragment: 'panel=waste' },
      check: ofImage(async (image, world) =>
        when(
          ownLayers(image).length === 1 &&
            (await sees(world, image, '/app/config')) &&
            (await sees(world, image, '/home/web')),
          'One layer should hold /app/config, and the home of the user web.',
        ),
      ),
      hint: 'RUN mkdir /app && echo "port=80" > /app/config && chmod 600 /app/config && adduser -D web',
      solution: { files: { Dockerfile: JOINED } },
    },
    {
      text: [
        'One layer is not always better. Layers are what the cache and other images share: what changes seldom belongs in a lower layer of its own.',
        'Put the user first, in a RUN of its own: a change of the configuration then leaves that layer cached.',
      ],
      check: ofImage((image) => {
        const [first, second, ...more] = ownLayers(image);
        return when(
          first !== undefined &&
            second !== undefined &&
            more.length === 0 &&
            first.instruction.includes('adduser') &&
            second.instruction.includes('config'),
          'There should be two layers of yours: the user below, the configuration above.',
        );
      }),
      hint: 'RUN adduser -D web first, then the RUN with the other three.',
      solution: {
        files: {
          Dockerfile:
            'FROM alpine:latest\nRUN adduser -D web\nRUN mkdir /app && echo "port=80" > /app/config && chmod 600 /app/config\n',
        },
      },
    },
  ],
};

export default lesson;
