import type { Lesson } from '../lesson.ts';
import { dockerfileOf, imageNamed, ofImage, when } from '../looks.ts';

const IMAGE = 'lesson-tags-and-digests';

const lesson: Lesson = {
  id: 'tags-and-digests',
  title: 'Tags, digests, and latest',
  start: { Dockerfile: 'FROM alpine:latest\nRUN echo one > /release\n' },
  steps: [
    {
      text: [
        'A tag is a name that points to an image, like a bookmark: it can be moved. An image’s ID is the digest of its config, and never changes.',
        'Give this image a second name, `shop:1.0`. Nothing is copied: both names point to one ID.',
      ],
      run: [`docker tag ${IMAGE} shop:1.0`, 'docker images'],
      check: async (world) => {
        const [mine, tagged] = await Promise.all([imageNamed(world, IMAGE), imageNamed(world, 'shop:1.0')]);
        return when(
          tagged !== undefined && mine?.id === tagged.id,
          'There is no image shop:1.0 with the ID of this project’s image.',
        );
      },
      hint: 'Click the first command; the second shows both names with the same IMAGE ID.',
      solution: { run: [`docker tag ${IMAGE} shop:1.0`] },
    },
    {
      text: [
        'Now release again: write “two” in the RUN. The build moves the project’s own tag to the new image, while `shop:1.0` stays where it was.',
      ],
      check: async (world) => {
        const [mine, tagged] = await Promise.all([imageNamed(world, IMAGE), imageNamed(world, 'shop:1.0')]);
        return when(
          mine !== undefined && tagged !== undefined && mine.id !== tagged.id && /two/.test(dockerfileOf(world)),
          'Both names still point to the same image.',
        );
      },
      hint: 'RUN echo two > /release',
      solution: { files: { Dockerfile: 'FROM alpine:latest\nRUN echo two > /release\n' } },
    },
    {
      text: [
        '`latest` is a tag like any other: it is what is meant where none is given, not what is newest. A Dockerfile that says `FROM alpine:latest` builds on whatever that is today.',
        'Name a version instead: `FROM alpine:3.20`. To be sure of every byte, name the digest: `alpine:3.20@sha256:…`.',
      ],
      look: { label: 'Problems: the check that says the same', bottom: 'problems' },
      check: ofImage((_, world) =>
        when(
          /^FROM\s+alpine:3\.\d+/m.test(dockerfileOf(world)),
          'The first line should name a version of alpine, as alpine:3.20.',
        ),
      ),
      hint: 'FROM alpine:3.20',
      solution: { files: { Dockerfile: 'FROM alpine:3.20\nRUN echo two > /release\n' } },
    },
  ],
};

export default lesson;
