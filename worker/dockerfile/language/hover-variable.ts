/** What a variable stands for, in words. */
import { EngineError } from '../../base/errors.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { Variable } from '../analysis/dry-stage.ts';
import { expandWord } from '../shell-words.ts';
import { instructionAt, type Position } from './cursor.ts';
import { variablesAt } from './scope.ts';

/** Longer values are cut. */
const MAX_SHOWN = 400;

/** Where a variable comes from. */
export function originOf({ origin, range }: Variable): string {
  const line = range === undefined ? '' : `, line ${range.startLine}`;
  switch (origin) {
    case 'argument':
      return `ARG${line}`;
    case 'environment':
      return `ENV${line}`;
    case 'image':
      return 'set by the base image';
    case 'predefined':
      return 'predefined';
  }
}

/** Docs of `$NAME`, `${NAME...}` or a NAME that is being set, whose token begins at a column. */
export function hoverVariable(
  analysis: Analysis,
  written: string,
  at: Position,
  startColumn: number,
): string | undefined {
  const name = nameUnder(written, at.column - startColumn);
  if (name === undefined) return undefined;
  const instruction = instructionAt(analysis, at.line);
  const isSet = !written.startsWith('$');
  const variables = variablesAt(
    analysis,
    instruction,
    isSet ? (instruction?.node.range.endLine ?? at.line) + 1 : at.line,
  );
  const variable = isSet ? (instruction?.stage?.end.variables.get(name) ?? variables.get(name)) : variables.get(name);
  if (variable === undefined)
    return isShell(analysis, at.line) ? undefined : `\`${name}\` is not declared here: it is empty.`;
  const lines = [`**${name}** ${valueText(variable)} (${originOf(variable)})`];
  const whole = isSet || written === `$${name}` || written === `\${${name}}` ? undefined : expanded(written, variables);
  if (whole !== undefined) lines.push(`\`${written}\` is \`${shown(whole)}\``);
  return lines.join('\n\n');
}

function valueText({ value, fixed, origin }: Variable): string {
  if (value === undefined) return 'has no value unless the build is given one';
  const text = value === '' ? 'is empty' : `is \`${shown(value)}\``;
  return fixed || origin === 'image' ? text : `${text} unless the build is given another value`;
}

function shown(value: string): string {
  return value.length > MAX_SHOWN ? `${value.slice(0, MAX_SHOWN)}…` : value;
}

/** The name at an offset: `${A:-$B}` holds two. */
function nameUnder(written: string, offset: number): string | undefined {
  if (/^\w+$/.test(written)) return written;
  const names = [...written.matchAll(/\$\{?([A-Za-z_]\w*)/g)];
  return (names.findLast(({ index }) => index <= offset) ?? names[0])?.[1];
}

function expanded(written: string, variables: ReadonlyMap<string, Variable>): string | undefined {
  try {
    return expandWord(written, { lookup: (name) => variables.get(name)?.value }).text;
  } catch (error) {
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** Variables that the shell sets are not known here. */
function isShell(analysis: Analysis, line: number): boolean {
  const directive = instructionAt(analysis, line)?.instruction?.directive;
  return directive?.expands !== 'all';
}
