/** From a text to something that runs: parsing, scopes, code. */
import { parse, type Program } from 'acorn';
import type { Compilation, ImportHooks } from './compilation.ts';
import { compileExpression } from './expressions.ts';
import { withValue } from './sequencing.ts';
import { Frame, SUSPENDED, type Code, type Env, type SourceUnit, type Steps, type Value } from '../machine.ts';
import type { Realm } from '../realm.ts';
import { analyseScopes, THIS, type Scope } from './scope.ts';
import { compileBody, hoistFunctions } from './statements.ts';
import { environmentTemplate } from './variables.ts';
import { scopeOf } from './compilation.ts';

/** Thrown for a text that is no program. */
export class ParseProblem extends Error {
  override readonly name = 'ParseProblem';
  readonly unit: SourceUnit;
  readonly offset: number;
  /** Of what is wrong, in characters; none at the end of the text. */
  readonly length: number;

  constructor(message: string, unit: SourceUnit, offset: number, length: number) {
    super(message);
    this.unit = unit;
    this.offset = offset;
    this.length = length;
  }
}

export type SourceType = 'script' | 'module';

/** Throws {@link ParseProblem}. */
export function parseProgram(unit: SourceUnit, sourceType: SourceType): Program {
  try {
    return parse(unit.text, {
      ecmaVersion: 'latest',
      sourceType,
      allowReturnOutsideFunction: sourceType === 'script',
      allowAwaitOutsideFunction: sourceType === 'module',
      allowHashBang: true,
    });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
    const awaiting = /\bawait\s+$/.exec(unit.text.slice(0, offset));
    if (awaiting !== null) throw new ParseProblem(AWAIT, unit, awaiting.index, 'await'.length);
    const word = wordAt(unit.text, offset);
    throw new ParseProblem(asNodeWords(error.message, word), unit, offset, word.length);
  }
}

const AWAIT = 'await is only valid in async functions and the top level bodies of modules';

/** The word or sign at an offset; none at the end. */
function wordAt(text: string, offset: number): string {
  return /^(?:[\w$]+|=>|\.\.\.|[=!]==?|\S)/.exec(text.slice(offset))?.[0] ?? '';
}

/** The parser's messages as V8 words them. */
function asNodeWords(message: string, word: string): string {
  const said = message.replace(/ \(\d+:\d+\)$/, '');
  if (said !== 'Unexpected token') return said;
  if (word === '') return 'Unexpected end of input';
  if (/^\d/.test(word)) return 'Unexpected number';
  if (/^['"]/.test(word)) return 'Unexpected string';
  if (word === '`') return 'Unexpected template string';
  return /^[A-Za-z_$]/.test(word) && !KEYWORDS.has(word)
    ? `Unexpected identifier '${word}'`
    : `Unexpected token '${word}'`;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  'break', 'case', 'catch', 'class', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else', 'export', 'extends', 'finally',
  'for', 'function', 'if', 'import', 'in', 'instanceof', 'new', 'return', 'super', 'switch', 'this', 'throw', 'try', 'typeof', 'var',
  'void', 'while', 'with',
]); // prettier-ignore

/** The statements, giving the value of the last one where that is an expression (`node -p`). */
function compileWithLastValue(cx: Compilation, program: Program, scope: Scope): Code {
  const last = program.body.at(-1);
  if (last?.type !== 'ExpressionStatement') return compileBody(cx, program.body, scope);
  const before = compileBody(cx, program.body.slice(0, -1), scope);
  const value = compileExpression(cx, last.expression, scope);
  return withValue(cx.machine, before, (_ended, env) => value(env));
}

/** A script as a function of these names; gives what it returns. */
export function* runScript(
  realm: Realm,
  unit: SourceUnit,
  imports: ImportHooks,
  names: ReadonlyMap<string, Value>,
  self: Value,
  gives: 'returned' | 'last' = 'returned',
): Steps {
  const { machine } = realm;
  const program = parseProgram(unit, 'script');
  const scopes = analyseScopes(program, [...names.keys()]);
  const cx: Compilation = { realm, machine, unit, scopes, imports };
  const scope = scopeOf(cx, program);
  const env: Env = environmentTemplate(scope);
  const hoist = hoistFunctions(cx, program.body, scope);
  const body = gives === 'last' ? compileWithLastValue(cx, program, scope) : compileBody(cx, program.body, scope);
  for (const [name, value] of [[THIS, self] as const, ...names]) env[scope.bindings.get(name)?.slot ?? 0] = value;
  const frame = new Frame({ label: 'Object.<anonymous>', unit }, machine.frame);
  function* enter(): Steps {
    hoist(env);
    const value = body(env);
    return value === SUSPENDED ? yield machine.take() : value;
  }
  machine.suspend(enter(), frame);
  return yield machine.take();
}
