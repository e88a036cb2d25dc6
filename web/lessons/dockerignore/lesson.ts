import type { Lesson } from '../lesson.ts';
import { ofImage, sees, when } from '../looks.ts';

const lesson: Lesson = {
  id: 'dockerignore',
  title: '.dockerignore',
  start: {
    Dockerfile: 'FROM alpine:latest\nCOPY . /src\n',
    'app.sh': 'echo hello\n',
    'secret.env': 'TOKEN=do-not-ship-me\n',
    'notes/todo.md': '- write the docs\n',
    'notes/keep.md': '- needed in the image\n',
  },
  steps: [
    {
      text: [
        'What a build can copy is its context: all files beside the Dockerfile. `COPY . /src` takes all of it, the token in secret.env as well.',
        'A file named `.dockerignore` says what stays out. Make one with the line `*.env`. The list at the left strikes out what is not sent.',
      ],
      check: ofImage(async (image, world) =>
        when(
          !(await sees(world, image, '/src/secret.env')) && (await sees(world, image, '/src/app.sh')),
          'secret.env is still copied into the image, or app.sh no longer is.',
        ),
      ),
      hint: 'The + above the list of files makes a new file. Name it .dockerignore and write *.env into it.',
      solution: { files: { '.dockerignore': '*.env\n' } },
    },
    {
      text: [
        'Patterns are matched against paths from the root of the context; `**/` stands for any folders, and a later line that begins with `!` takes files back in. The last line that matches decides.',
        'Leave out everything in notes, but for notes/keep.md.',
      ],
      check: ofImage(async (image, world) =>
        when(
          !(await sees(world, image, '/src/notes/todo.md')) &&
            (await sees(world, image, '/src/notes/keep.md')) &&
            !(await sees(world, image, '/src/secret.env')),
          'Of notes, only keep.md should be in the image.',
        ),
      ),
      hint: 'Two more lines: notes/* and then !notes/keep.md',
      solution: { files: { '.dockerignore': '*.env\nnotes/*\n!notes/keep.md\n' } },
    },
  ],
};

export default lesson;
