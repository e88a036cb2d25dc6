/** sed scripts: from text to commands (XCU sed, with GNU's additions as busybox has them). */
import type { Expression } from '../../regex/expression.ts';
import { ExpressionSyntaxError, regularExpressionOf } from '../regular-expression.ts';

export type SedAddress =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  /** Undefined: the last expression used. */
  | { readonly kind: 'match'; readonly expression: Expression | undefined }
  /** `first~step` */
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** `addr,+count` */
  | { readonly kind: 'count'; readonly count: number }
  /** `addr,~multiple` */
  | { readonly kind: 'multiple'; readonly multiple: number };

/** A piece of a replacement. */
export type ReplacementPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly group: number }
  | { readonly kind: 'case'; readonly change: 'U' | 'L' | 'u' | 'l' | 'E' };

export interface SedCommand {
  readonly start: SedAddress | undefined;
  readonly end: SedAddress | undefined;
  readonly negated: boolean;
  readonly action: SedAction;
}

export type SedAction =
  | {
      readonly kind: 'simple';
      readonly name: 'd' | 'D' | 'g' | 'G' | 'h' | 'H' | 'l' | 'n' | 'N' | 'p' | 'P' | 'x' | '=';
    }
  | { readonly kind: 'quit'; readonly silent: boolean; readonly status: number }
  | { readonly kind: 'text'; readonly name: 'a' | 'i' | 'c'; readonly text: string }
  | { readonly kind: 'branch'; readonly when: 'always' | 'changed' | 'unchanged'; readonly label: string }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'open'; readonly close: number }
  | { readonly kind: 'close' }
  | { readonly kind: 'file'; readonly name: 'r' | 'w'; readonly path: string }
  | { readonly kind: 'translate'; readonly map: ReadonlyMap<string, string> }
  | SedSubstitution;

export interface SedSubstitution {
  readonly kind: 'substitute';
  readonly expression: Expression | undefined;
  readonly replacement: readonly ReplacementPart[];
  readonly global: boolean;
  /** Replace from this match on. */
  readonly occurrence: number;
  readonly print: boolean;
  readonly writeTo: string | undefined;
}

/** Thrown for a script that does not parse; the message is busybox's. */
export class SedSyntaxError extends Error {
  override readonly name = 'SedSyntaxError';
  /** GNU's, which tells the character as well. */
  readonly gnuMessage: string;

  constructor(message: string, gnuMessage: string) {
    super(message);
    this.gnuMessage = gnuMessage;
  }
}

/** Parses a script. Throws {@link SedSyntaxError}. */
export function parseSedScript(text: string, options: SedParseOptions): SedCommand[] {
  return new Parser(text, options).parse();
}

export interface SedParseOptions {
  /** Extended regular expressions (`-E`). */
  readonly extended: boolean;
  /** Refuse what GNU sed refuses, and busybox lets pass: braces without partner, references to groups that are not there. */
  readonly strict: boolean;
}

class Parser {
  readonly #text: string;
  readonly #extended: boolean;
  readonly #strict: boolean;
  readonly #commands: SedCommand[] = [];
  readonly #open: number[] = [];
  #at = 0;

  constructor(text: string, { extended, strict }: SedParseOptions) {
    this.#text = text;
    this.#extended = extended;
    this.#strict = strict;
  }

  parse(): SedCommand[] {
    for (;;) {
      this.#skip(/[\s;]*/y);
      if (this.#at >= this.#text.length) break;
      if (this.#text[this.#at] === '#') this.#skip(/[^\n]*/y);
      else this.#command();
    }
    if (this.#open.length > 0 && this.#strict) throw this.#mistake('unmatched {', "unmatched `{'", 0);
    for (const opened of this.#open) this.#closeAt(opened);
    return this.#commands;
  }

  #mistake(message: string, gnuMessage: string, at = this.#at): SedSyntaxError {
    return new SedSyntaxError(message, `-e expression #1, char ${Math.min(at, this.#text.length)}: ${gnuMessage}`);
  }

  #skip(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #command(): void {
    const start = this.#address();
    let end: SedAddress | undefined;
    this.#skip(/[ \t]*/y);
    if (start !== undefined && this.#text[this.#at] === ',') {
      this.#at++;
      this.#skip(/[ \t]*/y);
      end = this.#endAddress();
    }
    this.#skip(/[ \t]*/y);
    const negated = this.#skip(/(?:!\s*)*/y) !== '';
    const name = this.#text[this.#at++];
    if (name === undefined) throw this.#mistake('missing command', 'missing command');
    const index = this.#commands.length;
    const action = this.#action(name);
    this.#commands.push({ start, end, negated, action });
    if (action.kind === 'open') this.#open.push(index);
  }

  #endAddress(): SedAddress {
    const relative = this.#skip(/[+~]\d+/y);
    if (relative.startsWith('+')) return { kind: 'count', count: Number(relative.slice(1)) };
    if (relative.startsWith('~')) return { kind: 'multiple', multiple: Number(relative.slice(1)) };
    const end = this.#address();
    if (end === undefined) throw this.#mistake('no address after comma', "unexpected `,'", this.#at + 1);
    return end;
  }

  #address(): SedAddress | undefined {
    const number = this.#skip(/\d+/y);
    if (number !== '') {
      // GNU's alone
      const step = this.#strict ? this.#skip(/~\d+/y) : '';
      return step === ''
        ? { kind: 'line', line: Number(number) }
        : { kind: 'step', first: Number(number), step: Number(step.slice(1)) };
    }
    if (this.#text[this.#at] === '$') {
      this.#at++;
      return { kind: 'last' };
    }
    if (this.#text[this.#at] !== '/' && this.#text[this.#at] !== '\\') return undefined;
    if (this.#text[this.#at] === '\\') this.#at++;
    const delimiter = this.#text[this.#at++] ?? '';
    const source = this.#delimited(delimiter, true, 'unterminated address regex');
    const flags = this.#skip(/[IM]*/y);
    return { kind: 'match', expression: this.#compile(source, flags) };
  }

  #compile(source: string, flags: string): Expression | undefined {
    if (source === '') return undefined;
    try {
      return regularExpressionOf(source, {
        extended: this.#extended,
        ignoreCase: /i/i.test(flags),
        multiline: /m/i.test(flags),
      });
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      throw this.#mistake(`bad regex '${source}': ${error.message}`, error.message);
    }
  }

  /** Text up to the next delimiter that is not quoted; `\n` becomes a newline, a quoted delimiter itself. */
  #delimited(delimiter: string, expression: boolean, unterminated: string): string {
    let out = '';
    for (let bracket = false; ;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw this.#mistake(`unmatched '${delimiter}'`, unterminated);
      if (character === delimiter && !bracket) return out;
      if (expression && character === '[' && !bracket) {
        bracket = true;
        const head = this.#skip(/\^?\]?/y);
        out += character + head;
        continue;
      }
      if (bracket) {
        const named = character === '[' ? this.#skip(/([:.=])[^\]]*?\1\]/y) : '';
        if (character === ']') bracket = false;
        out += character === '\\' ? this.#escapeInBracket() : character + named;
        continue;
      }
      if (character !== '\\') {
        out += character;
        continue;
      }
      const next = this.#text[this.#at++] ?? '';
      if (next === delimiter)
        out += expression && /[.*[\]^$+?(){}|]/.test(next) && delimiter !== '|' ? `\\${next}` : next;
      else if (next === 'n') out += '\n';
      else out += `\\${next}`;
    }
  }

  /** What a backslash within brackets stands for: a control character, or itself; of two each is itself. */
  #escapeInBracket(): string {
    const letter = this.#skip(/[ntr\\]/y);
    return letter === '' ? '\\' : ({ n: '\n', t: '\t', r: '\r' }[letter] ?? '\\\\');
  }

  #action(name: string): SedAction {
    switch (name) {
      case '{':
        return { kind: 'open', close: -1 };
      case '}': {
        const opened = this.#open.pop();
        if (opened === undefined && this.#strict) throw this.#mistake('unexpected }', "unexpected `}'");
        if (opened !== undefined) this.#closeAt(opened);
        this.#endOfCommand();
        return { kind: 'close' };
      }
      case ':':
        return { kind: 'label', label: this.#skip(/[ \t]*[^\s;]+/y).trim() };
      case 'b':
      case 't':
      case 'T': {
        const label = this.#skip(/[ \t]*[^\s;}]*/y).trim();
        this.#endOfCommand();
        return { kind: 'branch', when: name === 'b' ? 'always' : name === 't' ? 'changed' : 'unchanged', label };
      }
      case 'a':
      case 'i':
      case 'c':
        return { kind: 'text', name, text: this.#textArgument() };
      case 'r':
      case 'w':
        return { kind: 'file', name, path: this.#skip(/[ \t]*[^\n]*/y).trim() };
      case 's':
        return this.#substitution();
      case 'y':
        return this.#translation();
      case 'q':
      case 'Q': {
        const status = Number(this.#skip(/[ \t]*\d*/y));
        this.#endOfCommand();
        return { kind: 'quit', silent: name === 'Q', status };
      }
    }
    const simple = (['d', 'D', 'g', 'G', 'h', 'H', 'l', 'n', 'N', 'p', 'P', 'x', '='] as const).find(
      (one) => one === name,
    );
    if (simple === undefined) throw this.#mistake(`unsupported command ${name}`, `unknown command: \`${name}'`);
    if (simple === 'l') this.#skip(/[ \t]*\d*/y);
    this.#endOfCommand();
    return { kind: 'simple', name: simple };
  }

  /** Tells an opening brace where its block ends: at the command that comes next. */
  #closeAt(opened: number): void {
    const command = this.#commands[opened];
    if (command !== undefined)
      this.#commands[opened] = { ...command, action: { kind: 'open', close: this.#commands.length } };
  }

  #endOfCommand(): void {
    this.#skip(/[ \t]*/y);
    const next = this.#text[this.#at];
    if (next === undefined || next === '\n' || next === ';' || next === '}' || next === '#') return;
    throw this.#mistake(`unsupported command ${next}`, 'extra characters after command', this.#at + 1);
  }

  /** The text of a, i, c: on the same line, or behind a backslash and a newline; a backslash goes on to the next line. */
  #textArgument(): string {
    this.#skip(/[ \t]*(?:\\[ \t]*\n[ \t]*)?/y);
    let out = '';
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined || character === '\n') break;
      this.#at++;
      if (character !== '\\') {
        out += character;
        continue;
      }
      const next = this.#text[this.#at++] ?? '';
      out += next === 't' ? '\t' : next;
    }
    // nothing behind a backslash at the end of the script is no line
    return out === '' && this.#strict && this.#at >= this.#text.length ? '' : `${out}\n`;
  }

  #substitution(): SedAction {
    const delimiter = this.#text[this.#at++];
    if (delimiter === undefined || delimiter === '\n' || delimiter === '\\')
      throw this.#mistake('bad format in substitution expression', "unterminated `s' command");
    const source = this.#delimited(delimiter, true, "unterminated `s' command");
    const replacement = parseReplacement(this.#replacement(delimiter));
    const flags = this.#skip(/[giIpmMe\d]*/y);
    const writeTo =
      this.#text[this.#at] === 'w'
        ? this.#skip(/w[ \t]*[^\n]*/y)
            .slice(1)
            .trim()
        : undefined;
    if (writeTo === undefined && /[a-zA-Z]/.test(this.#text[this.#at] ?? ''))
      throw this.#mistake('bad option in substitution expression', "unknown option to `s'", this.#at + 1);
    this.#endOfCommand();
    const expression = this.#compile(source, flags.replace('m', 'M'));
    this.#checkReferences(expression, replacement);
    return {
      kind: 'substitute',
      expression,
      replacement,
      global: flags.includes('g'),
      // busybox takes every match when both a number and `g` are given.
      occurrence: flags.includes('g') && !this.#strict ? 1 : Number(/\d+/.exec(flags)?.[0] ?? '1'),
      print: flags.includes('p'),
      writeTo,
    };
  }

  #checkReferences(expression: Expression | undefined, replacement: readonly ReplacementPart[]): void {
    if (!this.#strict || expression === undefined) return;
    for (const part of replacement) {
      if (part.kind === 'group' && part.group > expression.groupCount)
        throw this.#mistake(
          `invalid reference \\${part.group} on 's' command's RHS`,
          `invalid reference \\${part.group} on \`s' command's RHS`,
        );
    }
  }

  /** The raw replacement: backslashes stay, but for those before the delimiter. */
  #replacement(delimiter: string): string {
    const unterminated = "unterminated `s' command";
    let out = '';
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === undefined) throw this.#mistake(`unmatched '${delimiter}'`, unterminated);
      if (character === delimiter) return out;
      if (character !== '\\') {
        out += character;
        continue;
      }
      const next = this.#text[this.#at++] ?? '';
      out += next === delimiter && next !== '&' ? next : `\\${next}`;
    }
  }

  #translation(): SedAction {
    const delimiter = this.#text[this.#at++] ?? '';
    const unescape = (text: string): string[] => Array.from(text.replace(/\\\\/g, '\\'));
    const from = unescape(this.#delimited(delimiter, false, "unterminated `y' command"));
    const to = unescape(this.#delimited(delimiter, false, "unterminated `y' command"));
    if (from.length !== to.length && this.#strict)
      throw this.#mistake(
        'strings for y command are different lengths',
        "strings for `y' command are different lengths",
      );
    this.#endOfCommand();
    return { kind: 'translate', map: new Map(from.map((character, index) => [character, to[index] ?? ''])) };
  }
}

function parseReplacement(text: string): ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  const add = (piece: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') parts[parts.length - 1] = { kind: 'text', text: last.text + piece };
    else parts.push({ kind: 'text', text: piece });
  };
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '&') {
      parts.push({ kind: 'group', group: 0 });
      continue;
    }
    if (character !== '\\') {
      add(character);
      continue;
    }
    const next = text[++at] ?? '';
    if (/\d/.test(next)) parts.push({ kind: 'group', group: Number(next) });
    else if (next === 'n') add('\n');
    else if (next === 't') add('\t');
    else if (next === 'r') add('\r');
    else if (next === 'U' || next === 'L' || next === 'u' || next === 'l' || next === 'E')
      parts.push({ kind: 'case', change: next });
    else add(next);
  }
  return parts;
}
