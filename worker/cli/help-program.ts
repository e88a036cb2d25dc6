/** `help`: what a person can do in the terminal. */
import type { Applet } from '../shell/applets/applet.ts';

const TEXT = `This is a shell on a machine of its own, with Docker. Its folder ~/project is the project in the editor.

  docker images                          the images there are
  docker build -t web .                  builds the project
  docker run --rm busybox echo hello     runs a program in a new container
  docker run -it busybox sh              gives the terminal to a container
  docker ps -a                           all containers
  docker history web                     the layers of an image
  docker --help                          all commands; docker COMMAND --help tells more

Pipes, redirections and variables work as in bash. Tab completes, the up arrow brings lines back, Ctrl-R searches them,
Ctrl-C ends what runs, Ctrl-D ends its input, Ctrl-Shift-C copies, Shift-Tab leaves the terminal.
`;

export const helpProgram: Applet = {
  names: ['help'],
  summary: 'Tell what the terminal can do',
  usage: '',
  async run({ out }) {
    await out.write(TEXT);
    return 0;
  },
};
