import type { Lesson } from '../lesson.ts';
import { containerNamed, ofImage, when } from '../looks.ts';

const IMAGE = 'lesson-cmd-and-entrypoint';

const lesson: Lesson = {
  id: 'cmd-and-entrypoint',
  title: 'CMD and ENTRYPOINT',
  start: { Dockerfile: 'FROM alpine:latest\nCMD echo hello\n' },
  steps: [
    {
      text: [
        'CMD is what a container runs when `docker run` names nothing else. Written plainly, as here, it is handed to a shell: `/bin/sh -c "echo hello"`. The shell starts as process 1, which gets the signal when the container is stopped; it hands that place on only to the last command of its line, if it does at all.',
        'Written as a JSON list it is run as it stands, without a shell. Change it to `CMD ["echo", "hello"]`.',
      ],
      check: ofImage((image) => when(image.cmd[0] === 'echo', `The command is still ${JSON.stringify(image.cmd)}.`)),
      hint: 'With double quotes: a list in single quotes is no JSON, and would be handed to the shell.',
      solution: { files: { Dockerfile: 'FROM alpine:latest\nCMD ["echo", "hello"]\n' } },
    },
    {
      text: [
        'ENTRYPOINT is the program itself, and CMD then gives its default arguments. What stands behind the image in `docker run` takes the place of CMD, never of ENTRYPOINT.',
        'Make the image a program that greets: entrypoint `echo`, default argument `hello`.',
      ],
      check: ofImage((image) =>
        when(
          image.entrypoint.join() === 'echo' && image.cmd.join() === 'hello',
          'ENTRYPOINT should be ["echo"], and CMD ["hello"].',
        ),
      ),
      hint: 'Two lines: ENTRYPOINT ["echo"] and CMD ["hello"]',
      solution: { files: { Dockerfile: 'FROM alpine:latest\nENTRYPOINT ["echo"]\nCMD ["hello"]\n' } },
    },
    {
      text: [
        'Run it with an argument of your own, in a container named `greeter`. The shell’s `ls` is not run: it is echoed.',
      ],
      run: [`docker run --name greeter ${IMAGE} ls`, 'docker inspect -f "{{.Path}} {{.Args}}" greeter'],
      check: async (world) =>
        when(
          (await containerNamed(world, 'greeter', IMAGE))?.exitCode === 0,
          'There is no container “greeter” of this image that ended well.',
        ),
      hint: 'Click the first command, then the second to see what was run.',
      solution: { run: [`docker run --name greeter ${IMAGE} ls`] },
    },
  ],
};

export default lesson;
