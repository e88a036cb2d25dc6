/**
 * The expressions of JavaScript (ECMA-262, 22.2.1) as a tree. Everything that is matched in a container, whatever syntax it
 * was written in, is translated to them first; the tree is for what JavaScript's own matcher would take too long for.
 */
import { CharacterSet } from './characters.ts';

export type ExpressionNode =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly items: readonly ExpressionNode[] }
  | { readonly kind: 'choice'; readonly options: readonly ExpressionNode[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: ExpressionNode }
  | RepeatNode
  | { readonly kind: 'reference'; readonly group: number }
  | LookNode;

export interface RepeatNode {
  readonly kind: 'repeat';
  readonly body: ExpressionNode;
  readonly least: number;
  /** May be infinite. */
  readonly most: number;
  readonly lazy: boolean;
  /** The groups inside: from the first up to, without, the last. */
  readonly groups: readonly [from: number, to: number];
}

export interface LookNode {
  readonly kind: 'look';
  readonly behind: boolean;
  readonly negative: boolean;
  readonly body: ExpressionNode;
}

export type Assertion = 'start' | 'end' | 'line-start' | 'line-end' | 'word' | 'not-word';

/** An expression that JavaScript takes and this parser does not: nothing translates to one. */
export class UnknownSyntaxError extends Error {
  override readonly name = 'UnknownSyntaxError';
}

export interface ParsedExpression {
  readonly root: ExpressionNode;
  /** Group 0, the whole match, counts. */
  readonly groupCount: number;
  readonly names: ReadonlyMap<string, number>;
}

/** Parses what `new RegExp(source, flags)` takes. Throws {@link UnknownSyntaxError}. */
export function parseExpression(source: string, flags: string): ParsedExpression {
  return new Parser(source, flags).parse();
}

class Parser {
  readonly #source: string;
  readonly #flags: string;
  readonly #names: Map<string, number>;
  #at = 0;
  #groups = 1;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags.replace(/[^ismu]/g, '');
    this.#names = groupNames(source);
  }

  parse(): ParsedExpression {
    const root = this.#choice();
    if (this.#at < this.#source.length) throw new UnknownSyntaxError(`unexpected ${this.#source.slice(this.#at)}`);
    return { root, groupCount: this.#groups, names: this.#names };
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #choice(): ExpressionNode {
    const options = [this.#sequence()];
    while (this.#take(/\|/y) !== undefined) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only !== undefined ? only : { kind: 'choice', options };
  }

  #sequence(): ExpressionNode {
    const items: ExpressionNode[] = [];
    while (this.#at < this.#source.length && !/[|)]/.test(this.#source[this.#at] ?? '')) items.push(this.#term());
    const [only] = items;
    return items.length === 1 && only !== undefined ? only : { kind: 'sequence', items };
  }

  #term(): ExpressionNode {
    const from = this.#groups;
    const body = this.#atom();
    const written = this.#take(/(?:[*+?]|\{\d+(?:,\d*)?\})\??/y);
    if (written === undefined) return body;
    const [, least = '', comma, most = ''] = /^\{(\d+)(,?)(\d*)\}/.exec(written) ?? [];
    const interval = least !== '';
    return {
      kind: 'repeat',
      body,
      least: interval ? Number(least) : written.startsWith('+') ? 1 : 0,
      most: written.startsWith('?')
        ? 1
        : !interval
          ? Infinity
          : comma === ''
            ? Number(least)
            : Number(most || Infinity),
      lazy: written.length > 1 && written.endsWith('?'),
      groups: [from, this.#groups],
    };
  }

  #atom(): ExpressionNode {
    const look = this.#take(/\(\?<?[=!]/y);
    if (look !== undefined) {
      const body = this.#closed();
      return { kind: 'look', behind: look.includes('<'), negative: look.endsWith('!'), body };
    }
    if (this.#take(/\(\?:/y) !== undefined) return this.#closed();
    if (this.#take(/\((?:\?<[^>]*>)?(?!\?)/y) !== undefined) {
      const index = this.#groups++;
      return { kind: 'group', index, body: this.#closed() };
    }
    if (this.#take(/\^/y) !== undefined) return this.#assertion(this.#flags.includes('m') ? 'line-start' : 'start');
    if (this.#take(/\$/y) !== undefined) return this.#assertion(this.#flags.includes('m') ? 'line-end' : 'end');
    if (this.#take(/\\b/y) !== undefined) return this.#assertion('word');
    if (this.#take(/\\B/y) !== undefined) return this.#assertion('not-word');
    const reference = this.#take(/\\(?:[1-9]\d*|k<[^>]*>)/y);
    if (reference !== undefined) {
      const group = reference[1] === 'k' ? this.#names.get(reference.slice(3, -1)) : Number(reference.slice(1));
      return { kind: 'reference', group: group ?? 0 };
    }
    return { kind: 'set', set: new CharacterSet(this.#setSource(), this.#flags) };
  }

  #assertion(assertion: Assertion): ExpressionNode {
    return { kind: 'assertion', assertion };
  }

  #closed(): ExpressionNode {
    const body = this.#choice();
    if (this.#take(/\)/y) === undefined) throw new UnknownSyntaxError('missing )');
    return body;
  }

  /** What matches one character: a class, an escape, the character itself. */
  #setSource(): string {
    const found =
      this.#take(/\[(?:\\.|[^\]\\])*\]/suy) ??
      this.#take(/\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z]|[pP]\{[^}]*\}|.)/suy) ??
      this.#take(/[^()|*+?]/suy);
    if (found === undefined) throw new UnknownSyntaxError(`unexpected ${this.#source.slice(this.#at)}`);
    return found;
  }
}

/** The names groups have: a reference may come before its group. */
function groupNames(source: string): Map<string, number> {
  const names = new Map<string, number>();
  let index = 0;
  for (const [whole, name] of source.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?<([^=!>][^>]*)>|(?!\?))/gsu)) {
    if (!whole.startsWith('(')) continue;
    index++;
    if (name !== undefined) names.set(name, index);
  }
  return names;
}
