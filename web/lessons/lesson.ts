/** What a lesson is: one value in a folder of its own (`web/lessons/<id>/lesson.ts`), and a line in index.ts. */
import type { EngineQueries, ImageDetail, StepSummary } from '../../worker/api/types.ts';
import type { ProjectFiles } from '../state/project-files.ts';

export interface Lesson {
  readonly id: string;
  readonly title: string;
  /** Text of each file of the project it starts with, by path. */
  readonly start: Readonly<Record<string, string>>;
  readonly steps: readonly LessonStep[];
}

export interface LessonStep {
  /** Paragraphs; what stands between backticks is code. */
  readonly text: readonly string[];
  /** Where to look: it is opened when asked for. */
  readonly look?: Place;
  /** Lines for the terminal, run when clicked. */
  readonly run?: readonly string[];
  /** What must be so for the step to be done. */
  readonly check: Check;
  readonly hint: string;
  /** One way to do it. */
  readonly solution: Solution;
}

/** A place of the page: `fragment` as share/place.ts writes it, a tab below, a file of the project. */
export interface Place {
  readonly label: string;
  readonly fragment?: string;
  readonly bottom?: 'docker' | 'log' | 'problems';
  readonly file?: string;
}

export interface Solution {
  readonly files?: Readonly<Record<string, string>>;
  readonly run?: readonly string[];
}

/** Looks at the real state. Done, or what is still missing in words for the learner. */
export type Check = (world: LessonWorld) => Promise<Verdict> | Verdict;
export type Verdict = typeof DONE | string;
export const DONE = true;

/** What a check may look at. */
export interface LessonWorld {
  readonly engine: Pick<EngineQueries, 'images' | 'image' | 'trace' | 'readFile' | 'containers' | 'askSite'>;
  readonly files: ProjectFiles;
  /** The image of the project as it is now; undefined while it does not build. */
  readonly built: ImageDetail | undefined;
  /** The steps of its last build. */
  readonly steps: readonly StepSummary[];
}
