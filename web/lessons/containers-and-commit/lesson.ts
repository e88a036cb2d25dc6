import type { Lesson } from '../lesson.ts';
import { containerNamed, fileText, imageNamed, when } from '../looks.ts';

const lesson: Lesson = {
  id: 'containers-and-commit',
  title: 'Containers and commit',
  start: { Dockerfile: 'FROM alpine:latest\nWORKDIR /desk\n' },
  steps: [
    {
      text: [
        'A container’s writable layer can be made into a layer of an image: `docker commit` does what a build does after each RUN.',
        'First make a container that has changed something.',
      ],
      run: [
        'docker run --name worker lesson-containers-and-commit sh -c "echo made by hand > note.txt"',
        'docker diff worker',
      ],
      check: async (world) =>
        when(
          ((await containerNamed(world, 'worker'))?.upper.added ?? 0) > 0,
          'There is no container “worker” that has added a file.',
        ),
      hint: 'Click the first command; docker diff then tells what it changed.',
      solution: { run: ['docker run --name worker lesson-containers-and-commit sh -c "echo made by hand > note.txt"'] },
    },
    {
      text: [
        'Commit it as the image `by-hand`. The image has one layer more than the one the container was made of, with one file in it.',
      ],
      run: ['docker commit -m "a note" worker by-hand', 'docker history by-hand'],
      check: async (world) => {
        const image = await imageNamed(world, 'by-hand');
        return when(
          image !== undefined && (await fileText(world, image, '/desk/note.txt')).includes('by hand'),
          'There is no image “by-hand” that has /desk/note.txt.',
        );
      },
      hint: 'docker commit CONTAINER NAME',
      solution: { run: ['docker commit -m "a note" worker by-hand'] },
    },
    {
      text: [
        'Nobody can tell from the image how the note came to be, or make it anew. That is what a Dockerfile is for.',
        'Write the same as a RUN in the Dockerfile, so that the built image has /desk/note.txt too.',
      ],
      check: async (world) =>
        when(
          world.built !== undefined && (await fileText(world, world.built, '/desk/note.txt')).includes('made'),
          'The built image has no /desk/note.txt yet.',
        ),
      hint: 'RUN echo made by a Dockerfile > note.txt',
      solution: {
        files: { Dockerfile: 'FROM alpine:latest\nWORKDIR /desk\nRUN echo made by a Dockerfile > note.txt\n' },
      },
    },
  ],
};

export default lesson;
