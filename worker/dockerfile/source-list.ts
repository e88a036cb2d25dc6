/** The sources and the destination of COPY and ADD, heredocs among them. */
import { EngineError } from '../base/errors.ts';
import type { InstructionNode } from './ast.ts';
import { heredocText, heredocWord } from './heredoc.ts';

/** A file given by its text. */
export interface InlineFile {
  readonly name: string;
  /** With the tabs of `<<-` taken away. */
  readonly content: string;
  /** Variables in it are expanded. */
  readonly expand: boolean;
}

export interface SourceList {
  readonly paths: readonly string[];
  readonly files: readonly InlineFile[];
  readonly destination: string;
}

/** Throws `dockerfile` if there is no source, or no destination. BuildKit asks this before it looks at the flags. */
export function requireDestination(directive: string, args: readonly string[]): void {
  if (args.length >= 2) return;
  throw new EngineError(
    'dockerfile',
    `${directive} requires at least two arguments, but only one was provided. Destination could not be determined`,
  );
}

/** Reads the arguments. Throws `dockerfile` if a heredoc stands where the destination should. */
export function readSourceList(directive: string, { args, heredocs }: InstructionNode): SourceList {
  const destination = args.at(-1) ?? '';
  if (heredocWord(destination) !== undefined) {
    throw new EngineError('dockerfile', `${directive} cannot accept a heredoc as a destination`);
  }
  const texts = new Map(heredocs.map((heredoc) => [heredoc.name, heredoc]));
  const paths: string[] = [];
  const files: InlineFile[] = [];
  for (const source of args.slice(0, -1)) {
    const word = heredocWord(source);
    if (word === undefined) paths.push(source);
    else {
      const content = texts.get(word.name)?.content ?? '';
      files.push({ name: word.name, content: heredocText({ ...word, content }), expand: word.expand });
    }
  }
  return { paths, files, destination };
}
