import type { Lesson } from '../lesson.ts';
import { containerNamed, fileText, ofImage, when } from '../looks.ts';

const IMAGE = 'lesson-what-an-image-is';

const lesson: Lesson = {
  id: 'what-an-image-is',
  title: 'What an image is',
  start: { Dockerfile: 'FROM alpine:latest\n' },
  steps: [
    {
      text: [
        'An image is two things: a stack of layers, which together are a file system, and a config, which says how a container of it starts.',
        'This Dockerfile has one line, `FROM alpine:latest`: the image is Alpine’s, unchanged. On the right you see its one layer, and beside it the files a container would see.',
        'Give the image a file of its own. Add the line `RUN echo "my own image" > /etc/motd` and watch a second layer appear on the first.',
      ],
      look: { label: 'The stack of layers', fragment: 'panel=layers' },
      check: ofImage(async (image, world) =>
        when(
          (await fileText(world, image, '/etc/motd')).includes('my own'),
          'In the built image /etc/motd does not say “my own” yet.',
        ),
      ),
      hint: 'Put the cursor below FROM and type: RUN echo "my own image" > /etc/motd',
      solution: { files: { Dockerfile: 'FROM alpine:latest\nRUN echo "my own image" > /etc/motd\n' } },
    },
    {
      text: [
        'The config is the other half. `docker image inspect` shows it: environment, command, working directory, and the digests of the layers.',
        'Set what a container runs when it is told nothing else: add `CMD ["cat", "/etc/motd"]`. No layer is added. CMD changes the config alone.',
      ],
      look: { label: 'History: each instruction and its bytes', fragment: 'panel=history' },
      check: ofImage((image) =>
        when(image.cmd.join(' ').includes('/etc/motd'), 'The image’s command does not print /etc/motd yet.'),
      ),
      hint: 'The last line of the Dockerfile: CMD ["cat", "/etc/motd"]',
      solution: {
        files: { Dockerfile: 'FROM alpine:latest\nRUN echo "my own image" > /etc/motd\nCMD ["cat", "/etc/motd"]\n' },
      },
    },
    {
      text: [
        'An image does not run. A container does: a process, started as the config says, with the layers as its files and one more layer on top that it may write to.',
        'The image is tagged after this project. Run it in the terminal, as a container named `first`.',
      ],
      look: { label: 'The stack, with the layer a container writes to', fragment: 'panel=layers' },
      run: [`docker run --name first ${IMAGE}`],
      check: async (world) =>
        when(
          (await containerNamed(world, 'first', IMAGE)) !== undefined,
          'There is no container “first” of this image yet.',
        ),
      hint: 'Click the command, or type it in the terminal below.',
      solution: { run: [`docker run --name first ${IMAGE}`] },
    },
  ],
};

export default lesson;
