/**
 * Makes a program ready to be compiled. Most of awk computes; a little of it waits (`getline`, `system`, `close`, calls of functions
 * that print or loop). Expressions are compiled to plain synchronous code, so everything that may wait is moved out of
 * them: into a `keep` statement ahead, whose value the expression then takes from a temporary. What would be evaluated before it
 * is kept too, so that the order stays.
 *
 * Patterns become conditions around their action; ranges keep their state in a temporary of the main program.
 */
import type { Expression, FunctionDefinition, Program, Rule, Statement } from './ast.ts';
import { childrenOf, walk, withChildren } from './traversal.ts';

const WAITING_BUILTINS = new Set(['system', 'close', 'fflush']);
const WAITING_STATEMENTS = new Set(['print', 'printf', 'loop', 'each', 'next', 'nextfile', 'exit']);

export interface LoweredFunction {
  readonly definition: FunctionDefinition;
  readonly body: Statement;
  /** Temporaries a call needs besides its parameters. */
  readonly temporaries: number;
  /** A call may wait, so it stands in `keep` statements alone. */
  readonly waits: boolean;
}

export interface LoweredProgram {
  readonly begin: Statement;
  readonly main: Statement;
  readonly end: Statement;
  /** There are rules for records, or at the end: the input is read. */
  readonly readsInput: boolean;
  readonly temporaries: number;
  readonly functions: ReadonlyMap<string, LoweredFunction>;
}

export function lowerProgram(program: Program): LoweredProgram {
  const waiting = waitingFunctions(program);
  const functions = new Map<string, LoweredFunction>();
  for (const [name, definition] of program.functions) {
    const lowering = new Lowering(waiting, definition.parameters.length);
    const body = lowering.statement(definition.body);
    functions.set(name, { definition, body, temporaries: lowering.temporaries, waits: waiting.has(name) });
  }
  const lowering = new Lowering(waiting, 0);
  const rulesOf = (...kinds: readonly Rule['pattern']['kind'][]): Statement => ({
    kind: 'block',
    statements: program.rules.filter(({ pattern }) => kinds.includes(pattern.kind)).map((rule) => lowering.rule(rule)),
  });
  const [begin, main, end] = [rulesOf('begin'), rulesOf('always', 'test', 'range'), rulesOf('end')];
  const readsInput = program.rules.some(({ pattern }) => pattern.kind !== 'begin');
  return { begin, main, end, readsInput, temporaries: lowering.temporaries, functions };
}

/** The functions a call of which may wait or leave: they print, loop, recurse, or call such a function. */
function waitingFunctions({ functions }: Program): ReadonlySet<string> {
  const waiting = new Set<string>();
  const calls = new Map<string, Set<string>>();
  for (const [name, { body }] of functions) {
    const called = new Set<string>();
    walk(
      body,
      (expression) => {
        if (expression.kind === 'call') called.add(expression.name);
        if (expression.kind === 'getline' || (expression.kind === 'builtin' && WAITING_BUILTINS.has(expression.name)))
          waiting.add(name);
      },
      (statement) => {
        if (WAITING_STATEMENTS.has(statement.kind)) waiting.add(name);
      },
    );
    calls.set(name, called);
  }
  const reaches = (from: string, to: string, seen: Set<string>): boolean =>
    [...(calls.get(from) ?? [])].some((next) => {
      if (next === to) return true;
      if (seen.has(next)) return false;
      seen.add(next);
      return reaches(next, to, seen);
    });
  for (const name of functions.keys()) if (reaches(name, name, new Set())) waiting.add(name);
  const direct = [...waiting];
  for (const name of functions.keys()) if (direct.some((other) => reaches(name, other, new Set()))) waiting.add(name);
  return waiting;
}

class Lowering {
  readonly #waiting: ReadonlySet<string>;
  readonly #firstSlot: number;
  temporaries = 0;

  /** Temporaries are numbered from `firstSlot` on. */
  constructor(waiting: ReadonlySet<string>, firstSlot: number) {
    this.#waiting = waiting;
    this.#firstSlot = firstSlot;
  }

  rule({ pattern, body = { kind: 'print', values: [], line: 0 } }: Rule): Statement {
    const action = this.statement(body);
    if (pattern.kind === 'test') return this.#lifted(pattern.test, (test) => ({ kind: 'if', test, yes: action }));
    if (pattern.kind !== 'range') return action;
    const slot = this.#newSlot();
    const inside: Expression = { kind: 'temporary', slot };
    const enter: Statement = { kind: 'keep', slot, value: { kind: 'number', value: 1 } };
    const leave: Statement = { kind: 'keep', slot, value: { kind: 'number', value: 0 } };
    const first = this.#lifted(pattern.first, (test) => ({ kind: 'if', test, yes: enter }));
    const last = this.#lifted(pattern.last, (test) => ({ kind: 'if', test, yes: leave }));
    return block([
      { kind: 'if', test: { kind: 'unary', operator: '!', operand: inside }, yes: first },
      { kind: 'if', test: inside, yes: block([last, action]) },
    ]);
  }

  statement(statement: Statement): Statement {
    switch (statement.kind) {
      case 'block':
        return block(statement.statements.map((inner) => this.statement(inner)));
      case 'if': {
        const yes = this.statement(statement.yes);
        const no = statement.no && this.statement(statement.no);
        return this.#lifted(statement.test, (test) => ({ kind: 'if', test, yes, ...(no && { no }) }));
      }
      case 'loop': {
        const before: Statement[] = [];
        const test = statement.test && this.#lift(statement.test, before);
        const step = statement.step && this.statement(statement.step);
        const body = this.statement(statement.body);
        return { ...statement, before, body, ...(test && { test }), ...(step && { step }) };
      }
      case 'each':
        return { ...statement, body: this.statement(statement.body) };
      case 'expression':
        return this.#lifted(statement.value, (value) => ({ kind: 'expression', value }));
      case 'exit':
      case 'return': {
        const { kind, value } = statement;
        return value === undefined ? statement : this.#lifted(value, (lifted) => ({ kind, value: lifted }));
      }
      case 'print':
      case 'printf':
        return this.#print(statement);
      case 'delete': {
        const before: Statement[] = [];
        const index = statement.index && this.#liftAll(statement.index, before);
        return block([...before, { ...statement, ...(index && { index }) }]);
      }
      default:
        return statement;
    }
  }

  #print(statement: Statement & { kind: 'print' | 'printf' }): Statement {
    const before: Statement[] = [];
    const { kind, values, redirection, line } = statement;
    if (redirection === undefined) {
      const lifted = this.#liftAll(values, before);
      return block([{ kind, values: lifted, line }], before);
    }
    const all = this.#liftAll([...values, redirection.to], before);
    const to = all.at(-1) ?? redirection.to;
    return block([{ kind, values: all.slice(0, -1), line, redirection: { mode: redirection.mode, to } }], before);
  }

  #lifted(expression: Expression, use: (lifted: Expression) => Statement): Statement {
    const before: Statement[] = [];
    const lifted = this.#lift(expression, before);
    return block([use(lifted)], before);
  }

  #mayWait(expression: Expression): boolean {
    return this.#waits(expression) || childrenOf(expression).some((child) => this.#mayWait(child));
  }

  /** This very operation may wait. */
  #waits(expression: Expression): boolean {
    if (expression.kind === 'call') return this.#waiting.has(expression.name);
    return expression.kind === 'getline' || (expression.kind === 'builtin' && WAITING_BUILTINS.has(expression.name));
  }

  /** The expression without anything that waits; that is appended to `before`. */
  #lift(expression: Expression, before: Statement[]): Expression {
    if (!this.#mayWait(expression)) return expression;
    if (expression.kind === 'logical') return this.#liftLogical(expression, before);
    if (expression.kind === 'conditional') return this.#liftConditional(expression, before);
    const lifted = withChildren(expression, this.#liftAll(childrenOf(expression), before));
    return this.#waits(expression) ? this.#keep(lifted, before) : lifted;
  }

  #liftAll(expressions: readonly Expression[], before: Statement[]): Expression[] {
    const last = expressions.findLastIndex((expression) => this.#mayWait(expression));
    return expressions.map((expression, i) => {
      const lifted = this.#lift(expression, before);
      const constant = ['number', 'string', 'regex', 'temporary'].includes(lifted.kind);
      return i < last && !constant && !isWholeArray(lifted) ? this.#keep(lifted, before) : lifted;
    });
  }

  #liftLogical(expression: Expression & { kind: 'logical' }, before: Statement[]): Expression {
    const slot = this.#newSlot();
    const result: Expression = { kind: 'temporary', slot };
    const not = (operand: Expression): Expression => ({ kind: 'unary', operator: '!', operand });
    before.push({ kind: 'keep', slot, value: not(not(this.#lift(expression.left, before))) });
    const inner: Statement[] = [];
    const right = this.#lift(expression.right, inner);
    inner.push({ kind: 'keep', slot, value: not(not(right)) });
    before.push({ kind: 'if', test: expression.operator === '&&' ? result : not(result), yes: block(inner) });
    return result;
  }

  #liftConditional(expression: Expression & { kind: 'conditional' }, before: Statement[]): Expression {
    const slot = this.#newSlot();
    const branch = (value: Expression): Statement =>
      this.#lifted(value, (lifted) => ({ kind: 'keep', slot, value: lifted }));
    const test = this.#lift(expression.test, before);
    before.push({ kind: 'if', test, yes: branch(expression.yes), no: branch(expression.no) });
    return { kind: 'temporary', slot };
  }

  #keep(value: Expression, before: Statement[]): Expression {
    const slot = this.#newSlot();
    before.push({ kind: 'keep', slot, value });
    return { kind: 'temporary', slot };
  }

  #newSlot(): number {
    return this.#firstSlot + this.temporaries++;
  }
}

/** A bare name may stand for an array, which is passed as it is and cannot be kept. */
function isWholeArray(expression: Expression): boolean {
  return expression.kind === 'variable';
}

function block(statements: readonly Statement[], before: readonly Statement[] = []): Statement {
  const all = [...before, ...statements];
  const [only] = all;
  return all.length === 1 && only !== undefined ? only : { kind: 'block', statements: all };
}
