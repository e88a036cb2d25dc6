/**
 * The Dockerfile parser: BuildKit's (frontend/dockerfile/parser) in what it accepts, how it splits and what it complains about.
 * It differs in one thing: BuildKit stops at the first mistake, this one leaves the instruction out and goes on, so that an
 * editor has a tree of the rest. What a build must fail with is told apart from what is there to mark.
 */
import { EngineError } from '../base/errors.ts';
import { lines, type Diagnostic, type SourceRange } from '../base/source.ts';
import { splitArguments, type ArgumentSyntax, type SplitArguments } from './arguments.ts';
import type { DockerfileAst, HeredocFile, InstructionNode } from './ast.ts';
import { splitCommandLine } from './command-line.ts';
import { findDirective } from './directives/index.ts';
import { trimSpace, trimSpaceStart } from './go-space.ts';
import { heredocWordsOf, type HeredocWord } from './heredoc.ts';
import { KnownNodes } from './known-nodes.ts';
import { readLogicalLine, textOf, type LogicalLine } from './logical-lines.ts';
import { DirectiveReader, type ParserDirective } from './parser-directives.ts';
import { LINE_TOO_LONG, SourceLines, withoutLineEnd } from './source-lines.ts';

export interface ParseResult {
  readonly ast: DockerfileAst;
  /** Mistakes and warnings in the order of the file, each with its lines. */
  readonly diagnostics: readonly Diagnostic[];
  /** What a build of this file ends with: the first mistake in BuildKit's words and at BuildKit's place. */
  readonly failure?: EngineError;
}

/**
 * Parses a Dockerfile. Never throws. `before` is the tree of an earlier text: an instruction that stands in it as it stands here is
 * taken from there, the same object.
 */
export function parseDockerfile(text: string, before?: DockerfileAst): ParseResult {
  return new Parser(text, before).parse();
}

class Parser {
  readonly #empty: boolean;
  readonly #lines: SourceLines;
  readonly #reader = new DirectiveReader();
  readonly #instructions: InstructionNode[] = [];
  readonly #directives: ParserDirective[] = [];
  readonly #diagnostics: Diagnostic[] = [];
  #escape = '\\';
  #comments: string[] = [];
  #failure: EngineError | undefined;

  readonly #before: KnownNodes | undefined;

  constructor(text: string, before: DockerfileAst | undefined) {
    this.#empty = text === '';
    this.#lines = new SourceLines(text);
    this.#before = before === undefined ? undefined : new KnownNodes(before);
  }

  parse(): ParseResult {
    for (let line = this.#lines.next(); line !== undefined; line = this.#lines.next()) this.#startLine(line);
    const last = this.#lines.line;
    if (this.#empty) this.#fail('the Dockerfile cannot be empty', lines(1), {});
    else if (this.#instructions.length === 0 && this.#failure === undefined) {
      this.#fail('file with no instructions', lines(Math.max(last, 1)), placeOfLine(last));
    }
    if (this.#lines.tooLong) this.#fail(LINE_TOO_LONG, lines(last + 1), placeOfLine(last));
    const [first] = this.#instructions;
    return {
      ast: {
        instructions: this.#instructions,
        escape: this.#escape,
        directives: this.#directives.map(({ name, value, line }) => ({ name, value, range: lines(line) })),
        range: lines(first?.range.startLine ?? 1, this.#instructions.at(-1)?.range.endLine ?? 1),
      },
      diagnostics: this.#diagnostics,
      ...(this.#failure === undefined ? {} : { failure: this.#failure }),
    };
  }

  /** A line outside of any instruction: blank, a comment, a parser directive, or an instruction's first. */
  #startLine(raw: string): void {
    const line = trimSpaceStart(withoutLineEnd(raw));
    const isDirective = this.#readDirective(line);
    if (line.startsWith('#')) {
      if (!isDirective) this.#addComment(raw);
      return;
    }
    if (line === '') {
      this.#comments = [];
      return;
    }
    const start = this.#lines.line;
    this.#addInstruction(readLogicalLine(raw, this.#lines, this.#escape), start);
    this.#comments = [];
  }

  /** Takes note of a parser directive; true if the line is one. */
  #readDirective(line: string): boolean {
    const read = this.#reader.read(line);
    const number = this.#lines.line;
    // BuildKit has not counted the line yet when it reports it.
    const place = placeOfLine(number - 1);
    if (read.kind === 'repeated') this.#fail(read.message, lines(number), place);
    if (read.kind !== 'directive') return false;
    const { name, value } = read.directive;
    if (name === 'escape') {
      if (value !== '\\' && value !== '`') {
        this.#fail(`invalid escape token '${value}' does not match \` or \\`, lines(number), place);
        return false;
      }
      this.#escape = value;
    }
    this.#directives.push(read.directive);
    return true;
  }

  /** Comments right above an instruction describe it: an empty one, or an empty line, ends them. */
  #addComment(raw: string): void {
    const comment = trimSpace(raw.slice(1));
    if (comment === '') this.#comments = [];
    else this.#comments.push(comment);
  }

  #addInstruction(logical: LogicalLine, start: number): void {
    const text = textOf(logical);
    if (logical.hasEmptyContinuation) {
      this.#diagnostics.push({
        severity: 'warning',
        rule: 'NoEmptyContinuation',
        message: `Empty continuation line found in: ${text}`,
        detail: 'Empty continuation lines will become errors in a future release',
        range: lines(this.#lines.line),
      });
    }
    const range = lines(start, this.#lines.line);
    const known = this.#before?.find(text, this.#escape, range, this.#comments);
    if (known !== undefined) {
      this.#instructions.push(known);
      return;
    }
    try {
      const node = parseInstruction(text, this.#escape, range, this.#comments);
      const heredocs = takesHeredocs(node) ? this.#readHeredocs(heredocWordsOf(text)) : [];
      this.#instructions.push(
        heredocs.length === 0 ? node : withHeredocs(node, heredocs, lines(start, this.#lines.line)),
      );
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#fail(error.message, lines(start, this.#lines.line));
    }
  }

  #readHeredocs(words: readonly HeredocWord[]): readonly HeredocFile[] {
    return words.map((word) => {
      const content: string[] = [];
      for (let raw = this.#lines.next(); raw !== undefined; raw = this.#lines.next()) {
        const line = withoutLineEnd(raw);
        if ((word.chomp ? line.replace(/^\t+/, '') : line) === word.name) return { ...word, content: content.join('') };
        content.push(raw);
      }
      throw new EngineError('dockerfile', 'unterminated heredoc');
    });
  }

  /** Notes a mistake; `place` is where BuildKit reports it. */
  #fail(message: string, range: SourceRange, place: Place = { source: range }): void {
    this.#diagnostics.push({ severity: 'error', message, range });
    this.#failure ??= new EngineError('dockerfile', message, place);
  }
}

interface Place {
  readonly source?: SourceRange;
}

/** The place a line number names; 0 names none. */
function placeOfLine(line: number): Place {
  return line < 1 ? {} : { source: lines(line) };
}

/** How deep ONBUILDs are read in one another; none but the first has a meaning. */
const MAX_NESTING = 8;

/** Parses one joined line. Throws `dockerfile` where its arguments are not of the directive's form. */
function parseInstruction(
  original: string,
  escape: string,
  range: SourceRange,
  comments: readonly string[],
  nesting = 0,
): InstructionNode {
  const { keyword, flags, rest } = splitCommandLine(original, escape);
  const name = keyword.toLowerCase();
  const syntax = findDirective(name)?.argumentSyntax;
  const heredocs: readonly HeredocFile[] = [];
  if (syntax === 'instruction' && rest !== '' && nesting < MAX_NESTING) {
    const child = parseInstruction(rest, escape, range, [], nesting + 1);
    return { name, keyword, flags, args: [], child, json: false, original, heredocs, comments, range };
  }
  const { args, json } = argumentsOf(syntax, rest, name, escape);
  return { name, keyword, flags, args, json, original, heredocs, comments, range };
}

function argumentsOf(syntax: ArgumentSyntax | undefined, rest: string, name: string, escape: string): SplitArguments {
  // BuildKit drops the arguments of what it does not know, but for one empty string.
  if (syntax === undefined) return { args: [''], json: false };
  if (syntax === 'instruction') return { args: [], json: false };
  return splitArguments(syntax, rest, name, escape);
}

/** Heredocs belong to some directives in their line form, and to the instruction inside an ONBUILD. */
function takesHeredocs(node: InstructionNode): boolean {
  const inner = node.child ?? node;
  return findDirective(inner.name)?.heredocs === true && !inner.json;
}

function withHeredocs(node: InstructionNode, heredocs: readonly HeredocFile[], range: SourceRange): InstructionNode {
  const child = node.child === undefined ? {} : { child: { ...node.child, range } };
  return { ...node, heredocs, range, ...child };
}
