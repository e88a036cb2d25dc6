import type { Check, Lesson } from '../lesson.ts';
import { ofImage, sees, when } from '../looks.ts';

/** Files that the lesson began with stay in the project, and a file says what of them stays out of the context. */
const ignoring =
  (check: Check): Check =>
  (world) => {
    const has = (path: RegExp): boolean => world.files.some((file) => path.test(file.path));
    if (!has(/^secret\.env$/) || !has(/^notes\/todo\.md$/))
      return 'Leave secret.env and notes/todo.md in the project: the context is what should not have them.';
    return has(/\.dockerignore$/) ? check(world) : 'There is no .dockerignore yet.';
  };

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
      check: ignoring(
        ofImage(async (image, world) =>
          when(
            !(await sees(world, image, '/src/secret.env')) && (await sees(world, image, '/src/app.sh')),
            'secret.env is still copied into the image, or app.sh no longer is.',
          ),
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
      check: ignoring(
        ofImage(async (image, world) =>
          when(
            !(await sees(world, image, '/src/notes/todo.md')) &&
              (await sees(world, image, '/src/notes/keep.md')) &&
              !(await sees(world, image, '/src/secret.env')),
            'Of notes, only keep.md should be in the image.',
          ),
        ),
      ),
      hint: 'Two more lines: notes/* and then !notes/keep.md',
      solution: { files: { '.dockerignore': '*.env\nnotes/*\n!notes/keep.md\n' } },
    },
  ],
};

export default lesson;
