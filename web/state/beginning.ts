/** What a visit begins with, before the page's code is there. */
import type { Project } from '../../worker/api/types.ts';
import type { PlainField } from '../editor/plain-field.ts';
import type { LastView } from './last-view.ts';

export interface Beginning {
  /** Names the version of the page: the address of its first file, which is named by all that it brings. */
  readonly version: string;
  /** Absent where the browser lets the page store nothing. */
  readonly storage?: Storage | undefined;
  /** What a first visit shows, and builds already. */
  readonly first?: Project | undefined;
  /** Where the last visit left off. */
  readonly last?: LastView | undefined;
  /** Its text in the shell, which may have been edited there. */
  readonly field?: PlainField | undefined;
}
