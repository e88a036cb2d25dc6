import { textOf } from '../../state/project-files.ts';
import type { Lesson, LessonWorld } from '../lesson.ts';
import { ofImage, sees, when } from '../looks.ts';

const START = [
  'FROM alpine:latest',
  'WORKDIR /app',
  'COPY . .',
  'RUN sort packages.txt > installed.txt',
  'CMD ["cat", "page.html"]',
  '',
].join('\n');
const ORDERED = [
  'FROM alpine:latest',
  'WORKDIR /app',
  'COPY packages.txt .',
  'RUN sort packages.txt > installed.txt',
  'COPY . .',
  'CMD ["cat", "page.html"]',
  '',
].join('\n');

const GREETING = '<h1>Hello</h1>\n';

const BUILT_BEFORE =
  'A page.html with this text was built before, so its steps come from the cache. Write something new into it.';

const isCopy = (instruction: string): boolean => instruction.startsWith('COPY ');
const sorting = ({ steps }: LessonWorld) => steps.find(({ instruction }) => instruction.startsWith('RUN sort'));
const page = ({ files }: LessonWorld): string => textOf(files, 'page.html') ?? '';

const lesson: Lesson = {
  id: 'cache-and-order',
  title: 'The cache, and why order matters',
  start: { Dockerfile: START, 'packages.txt': 'nginx\ncurl\ngit\n', 'page.html': GREETING },
  steps: [
    {
      text: [
        'A step is taken from the cache when nothing that goes into it has changed: the instruction, the files it copies, and the step before it. When one is rebuilt, so are all that follow.',
        'Think of the `sort` as the slow step: the packages being installed. Change the text of page.html and watch what runs again.',
      ],
      look: { label: 'page.html', file: 'page.html' },
      check: ofImage((_, world) => {
        if (page(world) !== GREETING && sorting(world)?.cache?.hit === true) return BUILT_BEFORE;
        return when(
          page(world) !== GREETING && sorting(world) !== undefined,
          'Change page.html, and see the RUN being run again because of it.',
        );
      }),
      hint: 'Open page.html in the editor and write another greeting.',
      solution: { files: { 'page.html': '<h1>Good morning</h1>\n' } },
    },
    {
      text: [
        'The RUN needs packages.txt only, but `COPY . .` above it copies everything. So any change rebuilds it.',
        'Order from what changes seldom to what changes often: copy packages.txt alone first, then RUN, then copy the rest.',
      ],
      look: { label: 'The cache panel', fragment: 'panel=cache' },
      check: ofImage(async (image, world) => {
        const run = world.steps.findIndex(({ instruction }) => instruction.startsWith('RUN sort'));
        const above = world.steps
          .slice(0, Math.max(run, 0))
          .map(({ instruction }) => instruction)
          .filter(isCopy);
        const inOrder =
          above.length > 0 && above.every((each) => each.includes('packages.txt') && !each.includes('page'));
        return when(
          inOrder && (await sees(world, image, '/app/page.html')),
          'The steps should be: COPY packages.txt, RUN sort, and then a COPY of the rest.',
        );
      }),
      hint: 'COPY packages.txt . above the RUN, and COPY . . below it.',
      solution: { files: { Dockerfile: ORDERED } },
    },
    {
      text: ['Now change page.html once more. This time the RUN comes from the cache.'],
      look: { label: 'page.html', file: 'page.html' },
      check: ofImage((_, world) => {
        const copied = world.steps.findLast(({ instruction }) => isCopy(instruction));
        if (copied?.cache?.hit === true) return BUILT_BEFORE;
        return when(
          sorting(world)?.cache?.hit === true && copied?.cache?.hit === false,
          'Change page.html: the last COPY should run again, and the RUN should not.',
        );
      }),
      hint: 'Write anything else into page.html.',
      solution: { files: { 'page.html': '<h1>Good evening</h1>\n' } },
    },
  ],
};

export default lesson;
