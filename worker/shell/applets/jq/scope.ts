/** The names a part of a program sees. */
import type { Definition, Node } from './ast.ts';
import type { Json } from './json.ts';

/** Names in reach, innermost first. */
export type Scope =
  | { readonly kind: 'root' }
  | { readonly kind: 'variable'; readonly name: string; readonly value: Json; readonly outer: Scope }
  | { readonly kind: 'function'; readonly definition: Definition; readonly outer: Scope }
  | {
      readonly kind: 'filter';
      readonly name: string;
      readonly body: Node;
      readonly scope: Scope;
      readonly outer: Scope;
    }
  | { readonly kind: 'label'; readonly name: string; readonly token: object; readonly outer: Scope };

export const ROOT: Scope = { kind: 'root' };

/** Leaves the label of its token. */
export class Break extends Error {
  override readonly name = 'Break';
  readonly token: object;

  constructor(token: object) {
    super('break');
    this.token = token;
  }
}

/** A name nothing has: a mistake of the program, which it cannot catch. */
export class UndefinedFunction extends Error {
  override readonly name = 'UndefinedFunction';
}

/** What a label is known by inside. */
export function findLabel(name: string, scope: Scope): object {
  for (let at = scope; at.kind !== 'root'; at = at.outer) if (at.kind === 'label' && at.name === name) return at.token;
  throw new UndefinedFunction(`$*label-${name}`);
}
