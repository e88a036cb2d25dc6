/** The lesson that is open: its step, and whether what it asks for is so. Looks at the real state, again after each change. */
import type { EngineClient } from '../../worker/api/types.ts';
import { LESSONS } from '../lessons/index.ts';
import {
  DONE,
  type Lesson,
  type LessonStep,
  type LessonWorld,
  type Solution,
  type Verdict,
} from '../lessons/lesson.ts';
import type { BuildState } from './build.svelte.ts';
import type { Notices } from './notices.svelte.ts';
import { filesOfTexts } from './project-files.ts';
import type { ProjectState } from './project.svelte.ts';
import type { Settings } from './settings.svelte.ts';
import type { TypedLines } from './typed-lines.svelte.ts';

/** What a lesson works with. */
interface Parts {
  readonly engine: EngineClient;
  readonly settings: Settings;
  readonly notices: Notices;
  readonly project: ProjectState;
  readonly build: BuildState;
  readonly typed: TypedLines;
}

export class Lessons {
  #lesson = $state.raw<Lesson | undefined>();
  #place = $state(0);
  #verdict = $state<Verdict | undefined>();
  /** The project it was opened with: in another one there is nothing for it to look at, or to start over. */
  #projectID = $state('');
  #asked = 0;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The lesson of the project on screen; it steps back while another project is open. */
  get lesson(): Lesson | undefined {
    return this.#projectID === this.#parts.project.id ? this.#lesson : undefined;
  }
  /** Which step is on, counted from 0. */
  get place(): number {
    return this.#place;
  }
  get step(): LessonStep | undefined {
    return this.lesson?.steps[this.#place];
  }
  /** Of the step that is on; undefined until it was looked at. */
  get verdict(): Verdict | undefined {
    return this.#verdict;
  }
  get isLast(): boolean {
    return this.#place + 1 === this.lesson?.steps.length;
  }

  /** Steps of a lesson that were done in this browser. */
  doneSteps(id: string): number {
    return this.#parts.settings.values.lessonSteps[id] ?? 0;
  }

  /** Opens a lesson where it was left, with its project. */
  async open(id: string): Promise<void> {
    const listing = LESSONS.find((each) => each.id === id);
    if (listing === undefined) return;
    try {
      const { default: lesson } = await listing.load();
      await this.#openProject(lesson);
      const done = this.doneSteps(id);
      this.#goTo(lesson, done < lesson.steps.length ? done : 0);
    } catch (error) {
      this.#parts.notices.fail('The lesson could not be opened', error);
    }
  }

  /** Closes it. Its project stays open. */
  leave(): void {
    this.#lesson = undefined;
    this.#parts.settings.set({ lesson: '' });
  }

  /** The page closes: a lesson that stepped back for another project is not what the next visit begins with. */
  leaveOther(): void {
    if (this.lesson === undefined) this.leave();
  }

  goTo(place: number): void {
    if (this.lesson !== undefined) this.#goTo(this.lesson, place);
  }

  /** Brings the files back to what the lesson started with. */
  startOver(): void {
    const { lesson } = this;
    if (lesson === undefined) return;
    const { project, settings } = this.#parts;
    settings.set({ lessonSteps: { ...settings.values.lessonSteps, [lesson.id]: 0 } });
    project.replaceFiles(filesOfTexts(lesson.start), 'Started the lesson over');
    this.#goTo(lesson, 0);
  }

  /** Does the step as the lesson would. */
  show({ files, run }: Solution): void {
    const { project, typed, settings } = this.#parts;
    if (files !== undefined) project.addFiles(filesOfTexts(files));
    if (run === undefined) return;
    settings.set({ bottomPanel: 'docker', phoneView: 'run' });
    typed.say(run);
  }

  /** Looks whether the step is done now. */
  async look(): Promise<void> {
    const { lesson, step, place } = this;
    if (step === undefined || lesson === undefined || this.#isBuilding()) return;
    const asked = ++this.#asked;
    const verdict = await this.#ask(step);
    if (asked !== this.#asked) return;
    this.#verdict = verdict;
    if (verdict === DONE && this.doneSteps(lesson.id) < place + 1) {
      const { settings } = this.#parts;
      settings.set({ lessonSteps: { ...settings.values.lessonSteps, [lesson.id]: place + 1 } });
    }
  }

  async #ask(step: LessonStep): Promise<Verdict> {
    try {
      return await step.check(this.#world());
    } catch (error) {
      return `It could not be looked at: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  /** What was built is not what is on screen yet: of another lesson's image nothing is to be learned. */
  #isBuilding(): boolean {
    const { settings, build, project } = this.#parts;
    return settings.values.live && (build.phase === 'running' || build.startedText !== project.dockerfile);
  }

  #world(): LessonWorld {
    const { engine, project, build } = this.#parts;
    const built = build.phase === 'done' ? build.image : undefined;
    return { engine, files: project.files, built, steps: build.steps };
  }

  #goTo(lesson: Lesson, place: number): void {
    this.#lesson = lesson;
    this.#projectID = this.#parts.project.id;
    this.#place = Math.min(Math.max(place, 0), lesson.steps.length - 1);
    this.#verdict = undefined;
    this.#parts.settings.set({ lesson: lesson.id, phoneView: 'lesson' });
  }

  /** The lesson's own project: its image is tagged `lesson-<id>`, as the commands of its steps say. */
  async #openProject(lesson: Lesson): Promise<void> {
    const { project, engine } = this.#parts;
    const name = `lesson-${lesson.id}`;
    if (project.name === name) return;
    await project.flush();
    const stored = (await engine.projects()).find((each) => each.name === name);
    if (stored === undefined) project.create(name, filesOfTexts(lesson.start));
    else await project.openById(stored.id);
  }
}
