/** Reading Makefiles: variables, conditionals, rules with recipes, pattern rules, and the functions small ones use. */

export interface Rule {
  readonly needs: readonly string[];
  readonly recipe: readonly RecipeLine[];
}

interface RecipeLine {
  readonly text: string;
  /** Where it stands, from 1. */
  readonly line: number;
}

/** `%.o: %.c`. */
interface PatternRule extends Rule {
  readonly target: string;
}

export interface Makefile {
  readonly name: string;
  readonly rules: ReadonlyMap<string, Rule>;
  readonly patterns: readonly PatternRule[];
  /** The target that is made when none is asked for. */
  readonly first: string | undefined;
  readonly phony: ReadonlySet<string>;
  readonly variables: Map<string, string>;
}

/** The names a wildcard matches. */
type Glob = (pattern: string) => readonly string[];

/** Thrown for what make stops at while it reads. */
export class MakefileError extends Error {
  override readonly name = 'MakefileError';
}

const MAX_EXPANSIONS = 50;

/** Reads a Makefile. `given` are the variables of the command line, which it may not change. */
export function parseMakefile(
  name: string,
  text: string,
  defaults: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string>,
  glob: Glob,
): Makefile {
  return new Reader(name, defaults, given, glob).read(text);
}

class Reader {
  readonly #name: string;
  readonly #variables: Map<string, string>;
  readonly #given: ReadonlyMap<string, string>;
  readonly #glob: Glob;
  readonly #rules = new Map<string, { needs: string[]; recipe: RecipeLine[] }>();
  readonly #patterns: (PatternRule & { readonly recipe: RecipeLine[] })[] = [];
  readonly #phony = new Set<string>();
  /** Conditionals that are open: whether their lines count. */
  readonly #conditions: boolean[] = [];
  #first: string | undefined;
  #recipes: RecipeLine[][] = [];

  constructor(name: string, defaults: ReadonlyMap<string, string>, given: ReadonlyMap<string, string>, glob: Glob) {
    this.#name = name;
    this.#variables = new Map([...defaults, ...given]);
    this.#given = given;
    this.#glob = glob;
  }

  read(text: string): Makefile {
    const lines = text.split('\n');
    for (let at = 0; at < lines.length; at++) {
      const line = at + 1;
      let whole = lines[at] ?? '';
      while (whole.endsWith('\\') && at + 1 < lines.length) {
        const next = lines[++at] ?? '';
        whole = whole.startsWith('\t') ? `${whole}\n${next.replace(/^\t/, '')}` : `${whole.slice(0, -1)}${next.trim()}`;
      }
      this.#line(whole, line);
    }
    const [rules, patterns, phony, variables] = [this.#rules, this.#patterns, this.#phony, this.#variables];
    return { name: this.#name, rules, patterns, first: this.#first, phony, variables };
  }

  #line(line: string, number: number): void {
    const counts = !this.#conditions.includes(false);
    if (line.startsWith('\t') && this.#recipes.length > 0) {
      if (counts) for (const recipe of this.#recipes) recipe.push({ text: line.slice(1), line: number });
      return;
    }
    const code = line.replace(/(?:^|[^\\])#.*/, '').trim();
    if (this.#conditional(code) || !counts || code === '') return;
    if (/^-?s?include\s/.test(code)) return;
    if (this.#assignment(code)) return;
    if (!this.#rule(code, number)) throw new MakefileError(`${this.#name}:${number}: *** missing separator.  Stop.`);
  }

  #conditional(code: string): boolean {
    const [, word, rest = ''] = /^(ifeq|ifneq|ifdef|ifndef|else|endif)\b\s*(.*)$/.exec(code) ?? [];
    if (word === undefined) return false;
    if (word === 'endif') this.#conditions.pop();
    else if (word === 'else') this.#conditions.push(this.#conditions.pop() !== true);
    else if (word.endsWith('def'))
      this.#conditions.push(((this.#variables.get(rest.trim()) ?? '') !== '') === (word === 'ifdef'));
    else {
      const [, a = '', b = ''] = /^\((.*),\s*(.*)\)$/.exec(rest) ?? /^["'](.*)["']\s+["'](.*)["']$/.exec(rest) ?? [];
      this.#conditions.push((this.#expand(a).trim() === this.#expand(b).trim()) === (word === 'ifeq'));
    }
    return true;
  }

  #assignment(code: string): boolean {
    const [, name, operator, value] = /^(?:(?:export|override)\s+)?([\w.]+)\s*(::?|[?+!])?=\s*(.*)$/.exec(code) ?? [];
    if (name === undefined || value === undefined) return /^(?:export|unexport|vpath)\b/.test(code);
    const before = this.#variables.get(name);
    if (this.#given.has(name) || (operator === '?' && before !== undefined)) return true;
    const now = operator?.startsWith(':') === true ? this.#expand(value) : value;
    this.#variables.set(name, operator === '+' && before !== undefined ? `${before} ${now}` : now);
    return true;
  }

  #rule(code: string, line: number): boolean {
    const [, before, after] = /^((?:\$\([^)]*\)|[^:])+?)\s*::?(?!=)\s*(.*)$/.exec(code) ?? [];
    if (before === undefined || after === undefined) return false;
    const [needs = '', inline] = after.split(/\s*;\s*(.*)/s);
    const targets = wordsOf(this.#expand(before));
    const needed = wordsOf(this.#expand(needs).replace(/\s\|\s/g, ' '));
    if (targets[0] === '.PHONY') for (const word of needed) this.#phony.add(word);
    this.#recipes = targets.map((target) => {
      const recipe: RecipeLine[] = inline === undefined ? [] : [{ text: inline, line }];
      if (target.includes('%')) {
        this.#patterns.push({ target, needs: needed, recipe });
        return recipe;
      }
      const known = this.#rules.get(target);
      const rule = { needs: [...(known?.needs ?? []), ...needed], recipe: [...(known?.recipe ?? []), ...recipe] };
      this.#rules.set(target, rule);
      return rule.recipe;
    });
    const [target] = targets;
    if (target?.startsWith('.') === false && !target.includes('%')) this.#first ??= target;
    return true;
  }

  #expand(text: string): string {
    return expand(text, this.#variables, this.#glob);
  }
}

export function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** Replaces `$(NAME)`, `${NAME}`, `$@` and calls of functions; `$$` is a dollar for the shell. */
export function expand(text: string, variables: ReadonlyMap<string, string>, glob: Glob, depth = 0): string {
  if (depth > MAX_EXPANSIONS) throw new MakefileError('*** Recursive variable references itself (eventually).  Stop.');
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign !== '$') {
      out += sign;
      continue;
    }
    const next = text.charAt(++at);
    if (next === '$') out += '$';
    else if (next === '(' || next === '{') {
      const end = closing(text, at);
      out += reference(text.slice(at + 1, end), variables, glob, depth + 1);
      at = end;
    } else out += expand(variables.get(next) ?? '', variables, glob, depth + 1);
  }
  return out;
}

function closing(text: string, open: number): number {
  const [opens, closes] = text[open] === '(' ? ['(', ')'] : ['{', '}'];
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === opens) depth++;
    if (text[at] === closes && --depth === 0) return at;
  }
  throw new MakefileError('*** unterminated variable reference.  Stop.');
}

function reference(inner: string, variables: ReadonlyMap<string, string>, glob: Glob, depth: number): string {
  const value = (text: string): string => expand(text, variables, glob, depth);
  const [, name = '', rest = ''] = /^([a-z-]+)\s+(.*)$/s.exec(inner) ?? [];
  const call = FUNCTIONS[name];
  if (call !== undefined) return call(argumentsOf(rest).map(value), glob);
  const [, listed, from = '', to = ''] = /^([\w.]+):([^=]*)=(.*)$/s.exec(inner) ?? [];
  if (listed === undefined) return value(variables.get(value(inner)) ?? '');
  const [pattern, replacement] = from.includes('%') ? [from, to] : [`%${from}`, `%${to}`];
  return substituted(value(pattern), value(replacement), value(variables.get(listed) ?? ''));
}

/** Parts of a call at commas outside of brackets. */
function argumentsOf(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const sign of text) {
    if ('({'.includes(sign)) depth++;
    if (')}'.includes(sign)) depth--;
    if (sign === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + sign);
  }
  return parts;
}

type MakeFunction = (args: readonly string[], glob: Glob) => string;

const each =
  (change: (word: string) => string): MakeFunction =>
  ([text = '']) =>
    wordsOf(text).map(change).join(' ');

const FUNCTIONS: Readonly<Record<string, MakeFunction>> = {
  wildcard: ([text = ''], glob) => wordsOf(text).flatMap(glob).join(' '),
  patsubst: ([from = '', to = '', text = '']) => substituted(from.trim(), to.trim(), text),
  subst: ([from = '', to = '', text = '']) => text.replaceAll(from, () => to),
  strip: each((word) => word),
  sort: ([text = '']) => [...new Set(wordsOf(text))].sort().join(' '),
  notdir: each((word) => word.slice(word.lastIndexOf('/') + 1)),
  dir: each((word) => word.slice(0, word.lastIndexOf('/') + 1) || './'),
  basename: each((word) => word.replace(/\.[^./]*$/, '')),
  suffix: each((word) => /\.[^./]*$/.exec(word)?.[0] ?? ''),
  addprefix: ([prefix = '', text = '']) => wordsOf(text).map((word) => prefix + word).join(' '),
  addsuffix: ([suffix = '', text = '']) => wordsOf(text).map((word) => word + suffix).join(' '),
  filter: ([patterns = '', text = '']) => filtered(patterns, text, true),
  'filter-out': ([patterns = '', text = '']) => filtered(patterns, text, false),
  firstword: ([text = '']) => wordsOf(text)[0] ?? '',
  lastword: ([text = '']) => wordsOf(text).at(-1) ?? '',
  words: ([text = '']) => String(wordsOf(text).length),
  word: ([number = '1', text = '']) => wordsOf(text)[Number(number) - 1] ?? '',
  if: ([test = '', yes = '', no = '']) => (test.trim() === '' ? no : yes),
}; // prettier-ignore

function substituted(from: string, to: string, text: string): string {
  return wordsOf(text)
    .map((word) => {
      const stem = stemOf(word, from);
      return stem === undefined ? word : to.replace('%', () => stem);
    })
    .join(' ');
}

function filtered(patterns: string, text: string, keeps: boolean): string {
  const matches = (word: string): boolean => wordsOf(patterns).some((pattern) => stemOf(word, pattern) !== undefined);
  return wordsOf(text)
    .filter((word) => matches(word) === keeps)
    .join(' ');
}

/** What `%` stands for where a word matches a pattern. */
export function stemOf(word: string, pattern: string): string | undefined {
  const [before = '', after] = pattern.split(/%(.*)/s);
  if (after === undefined) return word === pattern ? '' : undefined;
  const fits = word.length >= before.length + after.length && word.startsWith(before) && word.endsWith(after);
  return fits ? word.slice(before.length, word.length - after.length) : undefined;
}
