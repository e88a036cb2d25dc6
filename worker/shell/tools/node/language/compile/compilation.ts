/** What the compiler of a text knows. The compiler makes a {@link Code} of each node; scope.ts says where its variables are. */
import type { AnyNode } from 'acorn';
import type { Machine, SourceUnit, Steps, Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import type { Scope } from './scope.ts';

export interface Compilation {
  readonly realm: Realm;
  readonly machine: Machine;
  readonly unit: SourceUnit;
  readonly scopes: ReadonlyMap<AnyNode, Scope>;
  /** `import()` and `import.meta` of this text. */
  readonly imports: ImportHooks;
}

export interface ImportHooks {
  /** Gives a promise of the program. */
  readonly load: (specifier: string) => Steps;
  readonly meta: () => Value;
}

export function scopeOf(cx: Compilation, node: AnyNode): Scope {
  const scope = cx.scopes.get(node);
  if (scope === undefined) throw new Error(`${node.type} has no scope`);
  return scope;
}

/** Notes where the program is, for the stack of an error that this may throw. */
export function markSite(cx: Compilation, offset: number): void {
  const { frame } = cx.machine;
  if (frame !== undefined) frame.site = offset;
}
