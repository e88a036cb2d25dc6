import type { Lesson } from '../lesson.ts';
import { containerNamed, when } from '../looks.ts';

const IMAGE = 'lesson-copy-on-write';
const MEGABYTE = 1_000_000;

const lesson: Lesson = {
  id: 'copy-on-write',
  title: 'Copy-on-write',
  start: { Dockerfile: 'FROM alpine:latest\nRUN head -c 3000000 /dev/zero > /data\n' },
  steps: [
    {
      text: [
        'Layers of an image never change. What a container writes goes to a layer of its own, on top of them: the writable layer.',
        'Start a container that only reads the 3 MB file /data. Its writable layer stays empty.',
      ],
      run: [`docker run --name reader ${IMAGE} wc -c /data`],
      check: async (world) => {
        const reader = await containerNamed(world, 'reader');
        return when(
          reader !== undefined && reader.upper.sizeBytes === 0,
          'There is no container “reader” with an empty writable layer yet.',
        );
      },
      hint: 'Click the command.',
      solution: { run: [`docker run --name reader ${IMAGE} wc -c /data`] },
    },
    {
      text: [
        'Now append two bytes to that file in a container named `writer`. The lower layer cannot be written, so the whole file is first copied up: 3 MB, to change two bytes.',
        'The writes are shown as they happen, under the stack: “copied up /data”.',
      ],
      look: { label: 'The stack, with the writable layer', fragment: 'panel=layers' },
      run: [`docker run --name writer ${IMAGE} sh -c "echo x >> /data"`, 'docker diff writer'],
      check: async (world) => {
        const writer = await containerNamed(world, 'writer');
        return when(
          writer !== undefined && writer.upper.sizeBytes > 2 * MEGABYTE,
          'No container “writer” has copied up /data yet.',
        );
      },
      hint: 'Run the first command. The second lists what the container changed: C for changed.',
      solution: { run: [`docker run --name writer ${IMAGE} sh -c "echo x >> /data"`] },
    },
    {
      text: [
        'A change of owner or mode alone costs the same: the file is copied whole, as a layer holds files, not parts of them.',
        'Prove it with a container `chmodder` that runs `chmod 600 /data`.',
      ],
      run: [`docker run --name chmodder ${IMAGE} chmod 600 /data`],
      check: async (world) => {
        const chmodder = await containerNamed(world, 'chmodder');
        return when(
          chmodder !== undefined && chmodder.upper.sizeBytes > 2 * MEGABYTE,
          'No container “chmodder” has copied up /data yet.',
        );
      },
      hint: 'Click the command, then look at the size of the writable layer.',
      solution: { run: [`docker run --name chmodder ${IMAGE} chmod 600 /data`] },
    },
  ],
};

export default lesson;
