import type { ContainerSummary } from '../../../worker/api/types.ts';
import type { Lesson, LessonWorld } from '../lesson.ts';
import { containerNamed, when } from '../looks.ts';

const IMAGE = 'lesson-copy-on-write';
const START_BYTES = 3_000_000;

/** Bytes of /data where the container's writable layer holds it over the image's; 0 where only the image does. */
async function bytesCopiedUp({ engine }: LessonWorld, { id }: ContainerSummary): Promise<number> {
  const found = (await engine.trace({ kind: 'container', id }, '/data')).filter(({ says }) => says === 'found');
  return found.length < 2 ? 0 : (found.find(({ visible }) => visible)?.sizeBytes ?? 0);
}

const lesson: Lesson = {
  id: 'copy-on-write',
  title: 'Copy-on-write',
  start: { Dockerfile: `FROM alpine:latest\nRUN head -c ${START_BYTES} /dev/zero > /data\n` },
  steps: [
    {
      text: [
        'Layers of an image never change. What a container writes goes to a layer of its own, on top of them: the writable layer.',
        'Start a container that only reads the 3 MB file /data. Its writable layer stays empty.',
      ],
      run: [`docker run --name reader ${IMAGE} wc -c /data`],
      check: async (world) => {
        const reader = await containerNamed(world, 'reader', IMAGE);
        return when(
          reader !== undefined && reader.upper.sizeBytes === 0,
          'There is no container “reader” of this image with an empty writable layer yet.',
        );
      },
      hint: 'Click the command.',
      solution: { run: [`docker run --name reader ${IMAGE} wc -c /data`] },
    },
    {
      text: [
        'Now append two bytes to that file in a container named `writer`. The lower layer cannot be written, so the whole file is first copied up: 3 MB, to change two bytes.',
        'The writes are shown as they happen, above the stack: “copied up /data”.',
      ],
      look: { label: 'The stack, with the writable layer', fragment: 'panel=layers' },
      run: [`docker run --name writer ${IMAGE} sh -c "echo x >> /data"`, 'docker diff writer'],
      check: async (world) => {
        const writer = await containerNamed(world, 'writer', IMAGE);
        return when(
          writer !== undefined && (await bytesCopiedUp(world, writer)) > START_BYTES,
          'No container “writer” of this image has copied up /data and appended to it yet.',
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
        const chmodder = await containerNamed(world, 'chmodder', IMAGE);
        return when(
          chmodder !== undefined && (await bytesCopiedUp(world, chmodder)) === START_BYTES,
          'No container “chmodder” of this image has copied up /data without changing its bytes yet.',
        );
      },
      hint: 'Click the command, then look at the size of the writable layer.',
      solution: { run: [`docker run --name chmodder ${IMAGE} chmod 600 /data`] },
    },
  ],
};

export default lesson;
