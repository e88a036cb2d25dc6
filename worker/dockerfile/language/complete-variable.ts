/** Completion behind `$`. */
import type { Analysis } from '../analysis/analyse.ts';
import type { Choices } from './complete.ts';
import type { Cursor } from './cursor.ts';
import { instructionAt } from './cursor.ts';
import { originOf } from './hover-variable.ts';
import { variablesAt } from './scope.ts';

/** Variables in force, the nearest first; undefined where the cursor is not behind a `$`. */
export function completeVariable(analysis: Analysis, cursor: Cursor, line: number): Choices | undefined {
  const match = /(?:^|[^\\])\$(\{?)(\w*)$/.exec(cursor.before);
  if (match === null) return undefined;
  const [, brace = '', name = ''] = match;
  const variables = [...variablesAt(analysis, instructionAt(analysis, line), line).values()];
  const closes = brace !== '' && !(cursor.kind === 'instruction' && cursor.after.startsWith('}'));
  const choices = variables.reverse().map((variable) => ({
    label: variable.name,
    kind: 'variable' as const,
    insert: variable.name + (closes ? '}' : ''),
    detail: variable.value === undefined || variable.value === '' ? originOf(variable) : variable.value,
  }));
  return { replaced: name.length, choices };
}
