/** find's expressions: from words to a tree of tests and actions. */
import { parseMode } from './modes.ts';

export type FindNode =
  | { readonly kind: 'and' | 'or' | 'comma'; readonly left: FindNode; readonly right: FindNode }
  | { readonly kind: 'not'; readonly operand: FindNode }
  | { readonly kind: 'name'; readonly pattern: string; readonly whole: boolean; readonly ignoreCase: boolean }
  | { readonly kind: 'regex'; readonly pattern: string; readonly ignoreCase: boolean }
  | { readonly kind: 'type'; readonly types: string }
  | { readonly kind: 'perm'; readonly match: 'exact' | 'all' | 'any'; readonly mode: number }
  | {
      readonly kind: 'number';
      readonly what: NumberTest;
      readonly compare: '+' | '-' | '=';
      readonly value: number;
      readonly unit: number;
    }
  | { readonly kind: 'newer'; readonly path: string }
  | { readonly kind: 'same'; readonly path: string }
  | { readonly kind: 'owner'; readonly what: 'user' | 'group'; readonly name: string }
  | {
      readonly kind: 'plain';
      readonly what:
        | 'empty'
        | 'executable'
        | 'readable'
        | 'writable'
        | 'true'
        | 'false'
        | 'nouser'
        | 'nogroup'
        | 'prune'
        | 'delete'
        | 'quit';
    }
  | { readonly kind: 'print'; readonly end: '\n' | '\0' }
  | { readonly kind: 'printf'; readonly format: string }
  | { readonly kind: 'ls' }
  | { readonly kind: 'exec'; readonly words: readonly string[]; readonly many: boolean; readonly inDirectory: boolean };

export type NumberTest = 'size' | 'links' | 'inum' | 'mmin' | 'mtime';

export interface FindCommand {
  readonly paths: readonly string[];
  readonly follow: 'never' | 'operands' | 'always';
  readonly minDepth: number;
  readonly maxDepth: number;
  /** A directory comes after what is in it. */
  readonly depthFirst: boolean;
  readonly oneFileSystem: boolean;
  readonly expression: FindNode;
}

/** Thrown for wrong words; the message is busybox's. */
export class FindSyntaxError extends Error {
  override readonly name = 'FindSyntaxError';
  /** That of GNU's find. */
  readonly gnuMessage: string;

  constructor(message: string, gnuMessage: string) {
    super(message);
    this.gnuMessage = gnuMessage;
  }
}

/** GNU's find quotes words of an expression this way. */
const quoted = (word: string): string => `\`${word}'`;

const PLAIN = [
  'empty',
  'executable',
  'readable',
  'writable',
  'true',
  'false',
  'nouser',
  'nogroup',
  'prune',
  'quit',
] as const;
/** Actions that make `-print` at the end superfluous. */
const ACTIONS = new Set(['print', 'printf', 'exec', 'ls']);

/** Parses find's words, as GNU's find takes them or busybox's. Throws {@link FindSyntaxError}. */
export function parseFind(words: readonly string[]): FindCommand {
  return new Parser(words).parse();
}

class Parser {
  readonly #words: readonly string[];
  #at = 0;
  #follow: FindCommand['follow'] = 'never';
  #minDepth = 0;
  #maxDepth = Infinity;
  #depthFirst = false;
  #oneFileSystem = false;
  #hasAction = false;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  parse(): FindCommand {
    while (['-H', '-L', '-P'].includes(this.#words[this.#at] ?? '')) {
      this.#follow = { '-H': 'operands', '-L': 'always', '-P': 'never' }[
        this.#words[this.#at++] as '-H' | '-L' | '-P'
      ] as FindCommand['follow'];
    }
    const paths: string[] = [];
    while (this.#at < this.#words.length && !/^(?:-.|[!(),]$)/.test(this.#words[this.#at] ?? ''))
      paths.push(this.#words[this.#at++] ?? '');
    const written = this.#at < this.#words.length ? this.#comma() : ({ kind: 'plain', what: 'true' } as const);
    if (this.#at < this.#words.length)
      throw new FindSyntaxError(`unrecognized: ${this.#words[this.#at] ?? ''}`, "you have too many ')'");
    const expression: FindNode = this.#hasAction
      ? written
      : { kind: 'and', left: written, right: { kind: 'print', end: '\n' } };
    return {
      paths: paths.length === 0 ? ['.'] : paths,
      follow: this.#follow,
      minDepth: this.#minDepth,
      maxDepth: this.#maxDepth,
      depthFirst: this.#depthFirst,
      oneFileSystem: this.#oneFileSystem,
      expression,
    };
  }

  #comma(): FindNode {
    let left = this.#or();
    while (this.#accept(',')) left = { kind: 'comma', left, right: this.#or() };
    return left;
  }

  #or(): FindNode {
    let left = this.#and();
    while (this.#accept('-o') || this.#accept('-or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): FindNode {
    let left = this.#not();
    for (;;) {
      const next = this.#words[this.#at];
      if (next === undefined || next === ')' || next === ',' || next === '-o' || next === '-or') return left;
      if (!this.#accept('-a')) this.#accept('-and');
      left = { kind: 'and', left, right: this.#not() };
    }
  }

  #not(): FindNode {
    if (this.#accept('!') || this.#accept('-not')) return { kind: 'not', operand: this.#not() };
    if (!this.#accept('(')) return this.#primary();
    const inner = this.#comma();
    if (!this.#accept(')'))
      throw new FindSyntaxError(
        'unpaired ( or )',
        "invalid expression; I was expecting to find a ')' somewhere but did not see one.",
      );
    return inner;
  }

  #accept(word: string): boolean {
    if (this.#words[this.#at] !== word) return false;
    this.#at++;
    return true;
  }

  #primary(): FindNode {
    const word = this.#words[this.#at++];
    if (word?.startsWith('-') !== true)
      throw new FindSyntaxError(`unrecognized: ${word ?? ''}`, `paths must precede expression: ${quoted(word ?? '')}`);
    const name = word.slice(1);
    const plain = PLAIN.find((one) => one === name);
    if (plain !== undefined) {
      // whoever stops find says himself what is printed
      this.#hasAction ||= plain === 'quit';
      return { kind: 'plain', what: plain };
    }
    const node = this.#option(name) ?? this.#test(name, word) ?? this.#action(name, word);
    if (node === undefined) throw new FindSyntaxError(`unrecognized: ${word}`, `unknown predicate ${quoted(word)}`);
    this.#hasAction ||= ACTIONS.has(node.kind) || (node.kind === 'plain' && node.what === 'delete');
    return node;
  }

  #argument(word: string): string {
    const value = this.#words[this.#at++];
    if (value === undefined)
      throw new FindSyntaxError(`${word} requires an argument`, `missing argument to ${quoted(word)}`);
    return value;
  }

  #depth(word: string): number {
    const text = this.#argument(word);
    if (/^\d+$/.test(text)) return Number(text);
    throw new FindSyntaxError(
      `invalid number '${text}'`,
      `Expected a positive decimal integer argument to ${word}, but got '${text}'`,
    );
  }

  /** Options stand among the tests, are true, and hold for all. */
  #option(name: string): FindNode | undefined {
    switch (name) {
      case 'maxdepth':
        this.#maxDepth = this.#depth('-maxdepth');
        break;
      case 'mindepth':
        this.#minDepth = this.#depth('-mindepth');
        break;
      case 'depth':
      case 'd':
        this.#depthFirst = true;
        break;
      case 'xdev':
      case 'mount':
        this.#oneFileSystem = true;
        break;
      case 'follow':
        this.#follow = 'always';
        break;
      case 'noleaf':
      case 'ignore_readdir_race':
        break;
      default:
        return undefined;
    }
    return { kind: 'plain', what: 'true' };
  }

  #test(name: string, word: string): FindNode | undefined {
    switch (name) {
      case 'name':
      case 'iname':
        return { kind: 'name', pattern: this.#argument(word), whole: false, ignoreCase: name === 'iname' };
      case 'path':
      case 'ipath':
      case 'wholename':
        return { kind: 'name', pattern: this.#argument(word), whole: true, ignoreCase: name === 'ipath' };
      case 'regex':
      case 'iregex':
        return { kind: 'regex', pattern: this.#argument(word), ignoreCase: name === 'iregex' };
      case 'type':
        return this.#type(this.#argument(word));
      case 'perm':
        return parsePermission(this.#argument(word));
      case 'newer':
        return { kind: 'newer', path: this.#argument(word) };
      case 'samefile':
        return { kind: 'same', path: this.#argument(word) };
      case 'user':
      case 'group':
        return { kind: 'owner', what: name, name: this.#argument(word) };
      case 'uid':
      case 'gid':
        return { kind: 'owner', what: name === 'uid' ? 'user' : 'group', name: this.#argument(word) };
      case 'size':
        return parseSize(this.#argument(word));
      case 'links':
      case 'inum':
      case 'mmin':
      case 'mtime':
        return parseNumber(name, this.#argument(word), word);
      case 'amin':
      case 'cmin':
        return parseNumber('mmin', this.#argument(word), word);
      case 'atime':
      case 'ctime':
        return parseNumber('mtime', this.#argument(word), word);
      default:
        return undefined;
    }
  }

  #type(types: string): FindNode {
    if (!/^[fdlbcsp](?:,[fdlbcsp])*$/.test(types))
      throw new FindSyntaxError(
        `invalid argument '${types}' to '-type'`,
        `Unknown argument to -type: ${types.slice(0, 1)}`,
      );
    return { kind: 'type', types };
  }

  #action(name: string, word: string): FindNode | undefined {
    switch (name) {
      case 'print':
        return { kind: 'print', end: '\n' };
      case 'print0':
        return { kind: 'print', end: '\0' };
      case 'printf':
        return { kind: 'printf', format: this.#argument(word) };
      case 'ls':
        return { kind: 'ls' };
      case 'delete':
        this.#depthFirst = true;
        return { kind: 'plain', what: 'delete' };
      case 'exec':
      case 'execdir':
      case 'ok':
        return this.#exec(word);
      default:
        return undefined;
    }
  }

  #exec(word: string): FindNode {
    const words: string[] = [];
    for (;;) {
      const next = this.#words[this.#at++];
      if (next === undefined)
        throw new FindSyntaxError(`${word} requires an argument`, `missing argument to ${quoted(word)}`);
      const many = next === '+' && words.at(-1) === '{}';
      if (next === ';' || many) {
        if (words.length === 0)
          throw new FindSyntaxError(`${word} requires an argument`, `missing argument to ${quoted(word)}`);
        return { kind: 'exec', words: many ? words.slice(0, -1) : words, many, inDirectory: word === '-execdir' };
      }
      words.push(next);
    }
  }
}

function parsePermission(text: string): FindNode {
  const sign = /^[-+/](?=[0-7augo])/.exec(text)?.[0] ?? '';
  const mode = parseMode(text.slice(sign.length), 0, false, 0);
  if (mode === undefined) throw new FindSyntaxError(`invalid mode '${text}'`, `invalid mode ${quoted(text)}`);
  return { kind: 'perm', match: sign === '-' ? 'all' : sign === '' ? 'exact' : 'any', mode };
}

const SIZE_UNITS: Readonly<Record<string, number>> = {
  '': 512,
  b: 512,
  c: 1,
  w: 2,
  k: 1024,
  M: 1024 ** 2,
  G: 1024 ** 3,
};

function parseSize(text: string): FindNode {
  const match = /^([-+]?)(\d+)([bcwkMG]?)$/.exec(text);
  if (match === null)
    throw new FindSyntaxError(`invalid number '${text}'`, `invalid -size type ${quoted(text.slice(-1))}`);
  return {
    kind: 'number',
    what: 'size',
    compare: signOf(match[1]),
    value: Number(match[2]),
    unit: SIZE_UNITS[match[3] ?? ''] ?? 512,
  };
}

function parseNumber(what: NumberTest, text: string, word: string): FindNode {
  const match = /^([-+]?)(\d+)$/.exec(text);
  if (match === null)
    throw new FindSyntaxError(`invalid number '${text}'`, `invalid argument ${quoted(text)} to ${quoted(word)}`);
  return { kind: 'number', what, compare: signOf(match[1]), value: Number(match[2]), unit: 1 };
}

function signOf(text: string | undefined): '+' | '-' | '=' {
  return text === '+' || text === '-' ? text : '=';
}
