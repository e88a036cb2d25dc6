/**
 * Parser directives: `# syntax=…`, `# escape=…`, `# check=…` in the first lines of a Dockerfile (BuildKit's
 * `frontend/dockerfile/parser/directives.go`). The first line that is none ends them.
 */
import { trimSpaceStart } from './go-space.ts';
import { withoutLineEnd } from './source-lines.ts';

export interface ParserDirective {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  /** Counts from 1. */
  readonly line: number;
}

export const PARSER_DIRECTIVE_NAMES = ['syntax', 'escape', 'check'] as const;

// Go's `\s` is ASCII alone, and a Dockerfile may hold other blanks in a value.
const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/;

/** What a line is to the directives: one, the end of them, or one that may not be there. */
export type DirectiveLine =
  | { readonly kind: 'directive'; readonly directive: ParserDirective }
  | { readonly kind: 'none' }
  | { readonly kind: 'repeated'; readonly message: string };

/** Reads the directives at the head of a file, given its lines in order without their line ends. */
export class DirectiveReader {
  readonly #comment: string;
  readonly #seen = new Set<string>();
  #line: number;
  #done = false;

  /** `comment` is the mark before a directive; `line` the number of lines before the first that is given. */
  constructor(comment = '#', line = 0) {
    this.#comment = comment;
    this.#line = line;
  }

  /** True when no later line can be a directive. */
  get done(): boolean {
    return this.#done;
  }

  read(line: string): DirectiveLine {
    this.#line++;
    if (this.#done) return { kind: 'none' };
    const match = line.startsWith(this.#comment)
      ? DIRECTIVE.exec(trimSpaceStart(line.slice(this.#comment.length)))
      : null;
    const name = match?.[1]?.toLowerCase() ?? '';
    if (!PARSER_DIRECTIVE_NAMES.some((known) => known === name)) {
      this.#done = true;
      return { kind: 'none' };
    }
    if (this.#seen.has(name)) return { kind: 'repeated', message: `only one ${name} parser directive can be used` };
    this.#seen.add(name);
    return { kind: 'directive', directive: { name, value: match?.[2] ?? '', line: this.#line } };
  }
}

/**
 * The directive `name` of a file, whose first line may be `#!…`. `anyFormat` finds `syntax` also where the file is not a
 * Dockerfile, and a frontend that the line names reads it: behind `//`, or as a key of a JSON object.
 */
export function findParserDirective(name: string, text: string, anyFormat: boolean): ParserDirective | undefined {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const shebang = content.startsWith('#!');
  const newline = content.indexOf('\n');
  const rest = shebang ? (newline < 0 ? '' : content.slice(newline + 1)) : content;
  const linesBefore = shebang ? 1 : 0;
  const found = findBehind('#', name, rest, linesBefore);
  if (found !== undefined || !anyFormat) return found;
  return findBehind('//', name, rest, linesBefore) ?? findInJson(name, rest, linesBefore);
}

function findBehind(comment: string, name: string, text: string, linesBefore: number): ParserDirective | undefined {
  const reader = new DirectiveReader(comment, linesBefore);
  for (let offset = 0; offset < text.length && !reader.done;) {
    const newline = text.indexOf('\n', offset);
    const end = newline < 0 ? text.length : newline;
    const line = reader.read(withoutLineEnd(text.slice(offset, end)));
    if (line.kind === 'repeated') return undefined;
    if (line.kind === 'directive' && line.directive.name === name) return line.directive;
    offset = end + 1;
  }
  return undefined;
}

function findInJson(name: string, text: string, line: number): ParserDirective | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const entry = Object.entries(value).find(([key, entry]) => key === name && typeof entry === 'string');
    return entry === undefined ? undefined : { name, value: String(entry[1]), line };
  } catch {
    return undefined;
  }
}
