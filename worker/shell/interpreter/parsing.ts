/**
 * Parsing with unbash. A shell reads and runs one complete line of commands after another, so what stands before a syntax
 * error still runs.
 */
import { parse, type Statement } from 'unbash';
import type { Features } from './dialects/dialect.ts';
import { findProblemInside } from './foreign-syntax.ts';
import { problemOf, type PlacedProblem } from './syntax-problems.ts';

/** A text as a shell meets it. */
export interface ParsedScript {
  /** Groups of statements that the shell reads together before it runs them: those on the same lines. */
  readonly groups: readonly (readonly Statement[])[];
  /** The first thing wrong, which the shell meets after the groups. */
  readonly error?: PlacedProblem;
}

/** Parses a text; what a shell with these features does not know is an error. */
export function parseScript(source: string, features: Features): ParsedScript {
  const script = parse(source);
  const [first] = script.errors ?? [];
  const inside = findProblemInside(script.commands, features);
  const groups = groupByLines(source, script.commands);
  if (first === undefined && inside === undefined) return { groups };
  const error =
    first === undefined || (inside !== undefined && inside.offset < first.pos)
      ? inside
      : {
          problem: problemOf(
            source,
            first,
            (script.errors ?? []).filter((one) => one.pos === first.pos),
          ),
          offset: first.pos,
        };
  const offset = error?.offset ?? 0;
  const before = groups.filter((group) => {
    const end = group.at(-1)?.end ?? 0;
    return end <= offset && source.slice(end, offset).includes('\n');
  });
  return { groups: before, ...(error === undefined ? {} : { error }) };
}

function groupByLines(source: string, statements: readonly Statement[]): Statement[][] {
  const groups: Statement[][] = [];
  let end = 0;
  for (const statement of statements) {
    const group = groups.at(-1);
    if (group !== undefined && !source.slice(end, statement.pos).includes('\n')) group.push(statement);
    else groups.push([statement]);
    end = statement.end;
  }
  return groups;
}
