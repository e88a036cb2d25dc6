/**
 * What one of Node's modules is here: values made by the host, and a source in JavaScript where that says it best (what calls
 * functions of the program a lot). The source sees `binding`, which is what `create` made, and `require` for other modules of Node.
 */
import type { Obj } from '../callable.ts';
import type { NodeHost } from '../runtime/host.ts';

export interface BuiltinModule {
  readonly create?: (host: NodeHost) => Obj;
  /** Sets `module.exports`; without one, what `create` made is the module. */
  readonly source?: string;
  /** What of it is pretended, for the mark of the step. */
  readonly simulated?: string;
}
