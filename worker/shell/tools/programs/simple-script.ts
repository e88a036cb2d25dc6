/**
 * Scripts of the size of a hello world, in Python or JavaScript, run without `eval`, which the page forbids: assignments, printing,
 * arithmetic, strings and what is put into them. The first statement beyond that ends the run and is told.
 */
import { evaluateExpression, ScriptProblem, shown, type Dialect, type ScriptValue } from './simple-expression.ts';

export interface ScriptResult {
  readonly stdout: string;
  readonly stderr: string;
  /** What it ended itself with. */
  readonly exitCode: number;
  /** The statement that is more than is simulated; undefined when all of it ran. */
  readonly beyond: { readonly line: number; readonly text: string } | undefined;
}

/** Takes a statement that the language of small scripts does not have. True where it was one of its own. */
export type FurtherStatement = (text: string, variables: ReadonlyMap<string, ScriptValue>) => boolean;

export interface ScriptOptions {
  /** Names that are known before the first statement. */
  readonly variables?: ReadonlyMap<string, ScriptValue>;
  readonly further?: FurtherStatement;
}

export function runSimpleScript(source: string, dialect: Dialect, options: ScriptOptions = {}): ScriptResult {
  const variables = new Map<string, ScriptValue>(options.variables);
  const out = { stdout: '', stderr: '' };
  for (const { line, text } of statementsOf(source, dialect)) {
    const [, status] = EXIT[dialect].exec(text) ?? [];
    if (status !== undefined) return { ...out, exitCode: Number(status) & 0xff, beyond: undefined };
    try {
      if (options.further?.(text, variables) !== true) runStatement(text, dialect, variables, out);
    } catch (error) {
      if (!(error instanceof ScriptProblem)) throw error;
      return { ...out, exitCode: 0, beyond: { line, text } };
    }
  }
  return { ...out, exitCode: 0, beyond: undefined };
}

interface Statement {
  readonly line: number;
  readonly text: string;
}

/** Lines, or in JavaScript what semicolons part as well; those that go on inside brackets or templates are one. */
function statementsOf(source: string, dialect: Dialect): Statement[] {
  const statements: Statement[] = [];
  let text = '';
  let depth = 0;
  let quote = '';
  let line = 1;
  let start = 1;
  const end = (): void => {
    if (text.trim() !== '') statements.push({ line: start, text: dialect === 'python' ? text.trimEnd() : text.trim() });
    text = '';
  };
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] ?? '';
    const isComment = dialect === 'python' ? sign === '#' : source.startsWith('//', at);
    if (quote === '' && isComment) {
      const next = source.indexOf('\n', at);
      at = (next === -1 ? source.length : next) - 1;
      continue;
    }
    if (text.trim() === '') start = line;
    if (sign === '\n') line++;
    if (quote !== '') {
      if (sign === '\\') text += sign + (source[++at] ?? '');
      else {
        text += sign;
        if (sign === quote) quote = '';
      }
      continue;
    }
    if (sign === "'" || sign === '"' || (sign === '`' && dialect === 'javascript')) quote = sign;
    if ('([{'.includes(sign)) depth++;
    if (')]}'.includes(sign)) depth--;
    if (depth === 0 && (sign === '\n' || sign === ';')) {
      end();
      // blanks behind a semicolon are no indentation
      if (sign === ';') while (source[at + 1] === ' ') at++;
    } else text += sign;
  }
  end();
  return statements;
}

const HARMLESS = {
  // imports bring names that fail when they are used
  python: /^(?:import\s+[\w., ]+|from\s+[\w.]+\s+import\s+[\w*, ]+|pass)$/,
  javascript: /^(?:'use strict'|"use strict")$/,
} as const;
const EXIT = { python: /^(?:sys\.)?exit\((\d*)\)$/, javascript: /^process\.exit\((\d*)\)$/ } as const;
const PRINT = { python: /^print\s*\((.*)\)$/s, javascript: /^console\.(log|info|error|warn)\s*\((.*)\)$/s } as const;
const ASSIGNMENT = {
  python: /^([A-Za-z_]\w*)\s*=(?!=)\s*(.+)$/s,
  javascript: /^(?:(?:const|let|var)\s+)?([A-Za-z_$][\w$]*)\s*=(?!=)\s*(.+)$/s,
} as const;

function runStatement(
  text: string,
  dialect: Dialect,
  variables: Map<string, ScriptValue>,
  out: { stdout: string; stderr: string },
): void {
  if (HARMLESS[dialect].test(text)) return;
  const printed = PRINT[dialect].exec(text);
  if (printed !== null) {
    const values = evaluateExpression(`(${printed.at(-1) ?? ''})`, dialect, variables, true);
    const line = `${values.map((value) => shown(value, dialect)).join(' ')}\n`;
    if (dialect === 'javascript' && /^(?:error|warn)$/.test(printed[1] ?? '')) out.stderr += line;
    else out.stdout += line;
    return;
  }
  const [, name, expression] = ASSIGNMENT[dialect].exec(text) ?? [];
  if (name === undefined || expression === undefined) throw new ScriptProblem();
  const [value] = evaluateExpression(expression, dialect, variables, false);
  if (value === undefined) throw new ScriptProblem();
  variables.set(name, value);
}
