/** What modules get to work with: the program's realm, its loop, and the process it runs in. */
import type { AppletContext } from '../../../../applets/context.ts';
import type { Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import type { EventLoop } from './event-loop.ts';
import type { ProgramOutput } from './output.ts';

export interface NodeHost {
  readonly realm: Realm;
  readonly context: AppletContext;
  readonly loop: EventLoop;
  readonly output: ProgramOutput;
  /** `v22.17.0`. */
  readonly version: string;
  /** `process` of the program. */
  readonly process: Obj;
  /** A module of Node's own by its name without `node:`; a value or SUSPENDED. */
  readonly requireBuiltin: (name: string) => Value;
}

/** Thrown where the program ends itself. */
export class ExitRequest extends Error {
  override readonly name = 'ExitRequest';
  readonly code: number;

  constructor(code: number) {
    super('exit');
    this.code = code;
  }
}
