/** Every lesson can be solved, and only by doing it: each check fails before its solution and passes after it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProjectSync } from '../worker/cli/project-sync.ts';
import { openTerminal, PROJECT_PATH } from '../worker/cli/terminal.ts';
import { createUnstoppableJob } from '../worker/base/job.ts';
import { createEngine } from '../worker/engine/engine.ts';
import { nodeEngineParts } from '../worker/host/node/node-engine.ts';
import type { BuildResult, ContextFile } from '../worker/engine/model.ts';
import { EXAMPLES } from '../web/lessons/examples.ts';
import { LESSONS } from '../web/lessons/index.ts';
import { LESSON_IMAGES } from '../web/lessons/lesson-images.ts';
import { DONE, type Lesson, type LessonWorld, type Solution } from '../web/lessons/lesson.ts';

/** A learner's page, without the page: a project that is built after each change, and a terminal. */
class Learner {
  readonly #parts = nodeEngineParts();
  readonly #engine = createEngine(this.#parts);
  readonly #terminal = openTerminal({
    environment: { docker: this.#engine.docker, engine: this.#engine, clock: this.#parts.clock },
    random: this.#parts.random,
    io: { stdout: (data) => void this.#output.push(data), stderr: (data) => void this.#output.push(data) },
  });
  readonly #sync = new ProjectSync(this.#terminal.files, PROJECT_PATH);
  readonly #name: string;
  #output: Uint8Array[] = [];
  #files = new Map<string, ContextFile>();
  #result: BuildResult | undefined;

  /** `name` is the project's, and that of its image. */
  constructor(name: string) {
    this.#name = name;
  }

  async write(texts: Readonly<Record<string, string>>): Promise<void> {
    const written = Object.entries(texts).map(([path, content]): ContextFile => ({
      path,
      kind: 'file',
      content,
      mode: 0o644,
      mtimeMs: 0,
    }));
    for (const file of written) this.#files.set(file.path, file);
    this.#sync.apply({ written, removed: [] });
    const job = createUnstoppableJob('lesson', this.#parts.clock);
    const tags = [`${this.#name}:latest`];
    this.#result = await this.#engine.build([...this.#files.values()], { tags }, job, () => undefined);
  }

  async solve({ files, run = [] }: Solution): Promise<void> {
    if (files !== undefined) await this.write(files);
    for (const line of run) {
      this.#output = [];
      const { status } = await this.#terminal.runLine(line);
      expect(status, `${line}\n${await new Blob(this.#output as Uint8Array<ArrayBuffer>[]).text()}`).toBe(0);
    }
  }

  get world(): LessonWorld {
    const built = this.#result?.ok === true ? this.#result.image : undefined;
    return { engine: this.#engine, files: [...this.#files.values()], built, steps: this.#result?.steps ?? [] };
  }

  /** Why the project does not build; empty where it does. */
  get failure(): string {
    return this.#result?.ok === false ? JSON.stringify(this.#result.error) : '';
  }

  close(): Promise<void> {
    return this.#terminal.close();
  }
}

it('lessons are listed once, under the names of their folders', async () => {
  expect(new Set(LESSONS.map(({ id }) => id)).size).toBe(LESSONS.length);
  for (const { id, title, steps, load } of LESSONS) {
    const { default: lesson } = await load();
    expect(lesson).toMatchObject({ id, title });
    expect(lesson.steps).toHaveLength(steps);
  }
});

it('what lessons build on and run is kept with the page', async () => {
  const texts: string[] = [];
  for (const { load } of LESSONS) {
    const { start, steps } = (await load()).default;
    const solutions = steps.map(({ solution }) => solution);
    for (const files of [start, ...solutions.map((each) => each.files ?? {})]) texts.push(files['Dockerfile'] ?? '');
    texts.push(...solutions.flatMap(({ run = [] }) => run));
  }
  const used = texts.join('\n').matchAll(/^FROM (\S+)| (registry:\d)$/gm);
  const names = new Set([...used].map(([, base, ran]) => base ?? ran ?? '').filter((name) => name !== 'scratch'));
  expect(LESSON_IMAGES).toEqual(expect.arrayContaining([...names].map((name) => `docker.io/library/${name}`)));
  expect(names.size).toBe(LESSON_IMAGES.length);
});

/** What looks like a step done, and is not: the lesson, the step counted from 1, and what is done up to there. */
const PRETENCES: readonly (readonly [id: string, place: number, done: Solution])[] = [
  ['what-an-image-is', 3, { run: ['docker run --name first busybox true'] }],
  ['copy-on-write', 1, { run: ['docker run --name reader alpine true'] }],
  ['copy-on-write', 2, { run: ['docker run --name writer lesson-copy-on-write sh -c "cat /data > /copy"'] }],
  ['copy-on-write', 3, { run: ['docker run --name chmodder lesson-copy-on-write sh -c "echo x >> /data"'] }],
  ['whiteouts', 2, { files: { Dockerfile: 'FROM alpine:latest\n' } }],
  ['dockerignore', 1, { files: { Dockerfile: 'FROM alpine:latest\nCOPY app.sh /src/\n' } }],
  ['cmd-and-entrypoint', 3, { run: ['docker run --name greeter alpine true'] }],
  ['flattening', 1, { run: ['docker pull -q alpine', 'docker tag alpine flat'] }],
];

/** Other ways than the solution's, which are as right. */
const OTHER_WAYS: readonly (readonly [id: string, place: number, done: Solution])[] = [
  ['what-an-image-is', 3, { run: ['docker create --name first lesson-what-an-image-is:latest'] }],
  ['copy-on-write', 2, { run: ['docker run --name writer lesson-copy-on-write sh -c "date >> /data"'] }],
  ['copy-on-write', 3, { run: ['docker run --name chmodder lesson-copy-on-write chown 5 /data'] }],
  ['whiteouts', 2, { files: { Dockerfile: 'FROM alpine:latest\nRUN touch /cache; rm /cache\n' } }],
  [
    'cache-and-order',
    2,
    {
      files: {
        Dockerfile:
          'FROM alpine:latest\nWORKDIR /app\nCOPY ./packages.txt ./\nRUN sort packages.txt > installed.txt\nCOPY page.html ./\n',
      },
    },
  ],
];

describe.each([
  ['takes no pretence for it', PRETENCES, false],
  ['takes another way as well', OTHER_WAYS, true],
] as const)('a check %s', (_, attempts, isDone) => {
  it.each(attempts)('%s, step %i: %j', async (id, place, done) => {
    const lesson = (await LESSONS.find((each) => each.id === id)!.load()).default;
    const learner = new Learner(`lesson-${id}`);
    await learner.write(lesson.start);
    await learner.solve(done);
    const verdict = await lesson.steps[place - 1]!.check(learner.world);
    expect(verdict === DONE, String(verdict)).toBe(isDone);
    await learner.close();
  });
});

describe.each(LESSONS)('$title', ({ load }) => {
  let lesson: Lesson;
  let learner: Learner;
  beforeAll(async () => {
    lesson = (await load()).default;
    learner = new Learner(`lesson-${lesson.id}`);
    await learner.write(lesson.start);
  }, 120_000);
  afterAll(() => learner.close());

  it('each step is open before it is solved, and done after', async () => {
    expect(learner.world.built, 'what a lesson starts with builds').toBeDefined();
    for (const [place, step] of lesson.steps.entries()) {
      expect(await step.check(learner.world), `step ${place + 1} before`).not.toBe(DONE);
      await learner.solve(step.solution);
      expect(await step.check(learner.world), `step ${place + 1} after`).toBe(DONE);
    }
  }, 120_000);
});

it.each(EXAMPLES)(
  'the example “$title” builds, and its commands work',
  async ({ id, files, commands = [], worse }) => {
    const learner = new Learner(id);
    await learner.write(files);
    expect(learner.failure).toBe('');
    await learner.solve({ run: [...(worse === undefined ? [] : [`docker build -q -f ${worse} .`]), ...commands] });
    await learner.close();
  },
  120_000,
);
