import type { Lesson } from '../lesson.ts';
import { fileText, holders, ofImage, ownLayers, when } from '../looks.ts';

const START = 'FROM alpine:latest\nRUN echo "from the first RUN" > /etc/motd\n';

const lesson: Lesson = {
  id: 'union-mount',
  title: 'The union mount',
  start: { Dockerfile: START },
  steps: [
    {
      text: [
        'A container sees one file system, put together from all layers: of each path it sees what the topmost layer that has it says. That is a union mount (on Linux: overlayfs).',
        'Alpine brings a file /etc/motd, and this RUN wrote another. Both are in the image; the lower one is hidden. The x-ray at the right shows it: one column a layer, and the strong mark is what counts.',
        'Hide it once more: let a second RUN write “from the second RUN” into /etc/motd.',
      ],
      look: { label: '/etc/motd in the x-ray', fragment: 'panel=layers&path=/etc/motd' },
      check: ofImage(async (image, world) =>
        when(
          (await fileText(world, image, '/etc/motd')).includes('second') &&
            (await holders(world, image, '/etc/motd')) >= 3,
          'Three layers should hold /etc/motd, and the visible one should say “second”.',
        ),
      ),
      hint: 'Leave the first RUN as it is, and add: RUN echo "from the second RUN" > /etc/motd',
      solution: { files: { Dockerfile: `${START}RUN echo "from the second RUN" > /etc/motd\n` } },
    },
    {
      text: [
        'Directories are merged, files are not: `/etc` shows entries of all layers, but of one file you see one version whole, never a mixture.',
        'Add a file /etc/issue.d/own with a RUN that makes the directory too. In the x-ray your layer owns that path alone, while /etc itself is in several.',
      ],
      check: ofImage(async (image, world) =>
        when(
          (await holders(world, image, '/etc/issue.d/own')) === 1 && ownLayers(image).length >= 3,
          'There is no /etc/issue.d/own in a layer of its own yet.',
        ),
      ),
      hint: 'RUN mkdir /etc/issue.d && echo hello > /etc/issue.d/own',
      solution: {
        files: {
          Dockerfile: `${START}RUN echo "from the second RUN" > /etc/motd\nRUN mkdir /etc/issue.d && echo hello > /etc/issue.d/own\n`,
        },
      },
    },
  ],
};

export default lesson;
