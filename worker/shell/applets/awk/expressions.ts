/**
 * Compiles expressions to closures. An operand is compiled for what its place wants (a value, a number, text, truth), so that
 * `$1 + 1` never makes a value of the field. All of it is synchronous; see lowering.ts.
 */
import type { ArithmeticOperator, ComparisonOperator, Expression, Target } from './ast.ts';
import { AwkError } from './ast.ts';
import { compileBuiltin } from './builtins.ts';
import type { FunctionTable } from './functions.ts';
import { mathematical } from './mathematics.ts';
import { specialSlot, type Scope } from './names.ts';
import type { Runtime } from './runtime.ts';
import { compareValues, isTrue, toNumber, type AwkArray, type Value } from './values.ts';

const NF = specialSlot('NF');

/** Something that can be assigned, with its index taken apart from reading and writing so that it is computed once. */
export interface CompiledTarget {
  readonly locate: () => string | number;
  readonly read: (at: string | number) => Value;
  readonly write: (at: string | number, value: Value) => void;
}

export class ExpressionCompiler {
  readonly runtime: Runtime;
  readonly scope: Scope;
  readonly functions: FunctionTable;

  constructor(runtime: Runtime, scope: Scope, functions: FunctionTable) {
    this.runtime = runtime;
    this.scope = scope;
    this.functions = functions;
  }

  value(expression: Expression): () => Value {
    const { runtime } = this;
    switch (expression.kind) {
      case 'number':
      case 'string': {
        const { value } = expression;
        return () => value;
      }
      case 'variable':
        return this.#variable(expression.name);
      case 'temporary': {
        const { slot } = expression;
        return () => runtime.frame.values[slot];
      }
      case 'field': {
        const index = this.#fieldIndex(expression);
        return () => runtime.record.value(index());
      }
      case 'element': {
        const array = this.array(expression.array);
        const key = this.key(expression.index);
        return () => elementOf(array(), key());
      }
      case 'assign':
        return this.#assign(expression);
      case 'conditional': {
        const [test, yes, no] = [this.truth(expression.test), this.value(expression.yes), this.value(expression.no)];
        return () => (test() ? yes() : no());
      }
      case 'group': {
        const [only] = expression.items;
        return expression.items.length === 1 && only !== undefined ? this.value(only) : this.key(expression.items);
      }
      case 'call':
        return this.functions.compileCall(this, expression);
      case 'builtin':
        return compileBuiltin(this, expression);
      case 'concatenation':
        return this.text(expression);
      case 'getline':
        throw new AwkError('Unexpected token');
      case 'increment':
      case 'unary':
      case 'arithmetic':
        return expression.kind === 'unary' && expression.operator === '!'
          ? this.#truthNumber(expression)
          : this.number(expression);
      default:
        return this.#truthNumber(expression);
    }
  }

  #truthNumber(expression: Expression): () => number {
    const truth = this.truth(expression);
    return () => (truth() ? 1 : 0);
  }

  number(expression: Expression): () => number {
    const { runtime } = this;
    switch (expression.kind) {
      case 'number': {
        const { value } = expression;
        return () => value;
      }
      case 'field': {
        const index = this.#fieldIndex(expression);
        return () => runtime.record.number(index());
      }
      case 'increment':
        return this.#increment(expression);
      case 'unary': {
        if (expression.operator === '!') return this.#truthNumber(expression);
        const operand = this.number(expression.operand);
        return expression.operator === '-' ? () => -operand() : operand;
      }
      case 'arithmetic': {
        const [left, right] = [this.number(expression.left), this.number(expression.right)];
        const compute = operation(expression.operator, expression.line, runtime.mathematics);
        return () => compute(left(), right());
      }
      default: {
        const value = this.value(expression);
        return () => toNumber(value());
      }
    }
  }

  text(expression: Expression): () => string {
    const { runtime } = this;
    switch (expression.kind) {
      case 'string': {
        const { value } = expression;
        return () => value;
      }
      case 'field': {
        const index = this.#fieldIndex(expression);
        return () => runtime.record.field(index());
      }
      case 'concatenation': {
        const [left, right] = [this.text(expression.left), this.text(expression.right)];
        return () => left() + right();
      }
      case 'group':
        if (expression.items.length > 1) return this.key(expression.items);
        break;
      default:
    }
    const value = this.value(expression);
    return () => runtime.toText(value());
  }

  /** Text as `print` shows it. */
  output(expression: Expression): () => string {
    const { runtime } = this;
    if (['string', 'field', 'concatenation'].includes(expression.kind)) return this.text(expression);
    const value = this.value(expression);
    return () => runtime.toOutput(value());
  }

  truth(expression: Expression): () => boolean {
    const { runtime } = this;
    switch (expression.kind) {
      case 'regex': {
        const { source } = expression;
        return () => runtime.regexes.matches(runtime.record.text, source);
      }
      case 'match': {
        const [text, pattern] = [this.text(expression.text), this.pattern(expression.pattern)];
        const { negated } = expression;
        return () => runtime.regexes.matches(text(), pattern()) !== negated;
      }
      case 'comparison':
        return this.#comparison(expression);
      case 'logical': {
        const [left, right] = [this.truth(expression.left), this.truth(expression.right)];
        return expression.operator === '&&' ? () => left() && right() : () => left() || right();
      }
      case 'unary': {
        if (expression.operator !== '!') break;
        const operand = this.truth(expression.operand);
        return () => !operand();
      }
      case 'membership': {
        const [array, key] = [this.array(expression.array), this.key(expression.index)];
        return () => array().has(key());
      }
      case 'group': {
        const [only] = expression.items;
        if (expression.items.length === 1 && only !== undefined) return this.truth(only);
        break;
      }
      default:
    }
    const value = this.value(expression);
    return () => isTrue(value());
  }

  /** The source of a regular expression: as written, or the text of any other expression. */
  pattern(expression: Expression): () => string {
    if (expression.kind === 'group' && expression.items.length === 1 && expression.items[0] !== undefined)
      return this.pattern(expression.items[0]);
    if (expression.kind !== 'regex') return this.text(expression);
    const { source } = expression;
    return () => source;
  }

  /** An index: several are joined by SUBSEP. */
  key(index: readonly Expression[]): () => string {
    const { runtime } = this;
    const [first, ...others] = index.map((part) => this.text(part));
    if (first === undefined) return () => '';
    if (others.length === 0) return first;
    return () => {
      let key = first();
      for (const part of others) key += runtime.toText(runtime.get('SUBSEP')) + part();
      return key;
    };
  }

  array(name: string): () => AwkArray {
    const { runtime } = this;
    const { scope, slot } = this.scope.array(name);
    return scope === 'local' ? () => runtime.localArray(slot) : () => runtime.globalArray(slot);
  }

  target(target: Target): CompiledTarget {
    const { runtime } = this;
    switch (target.kind) {
      case 'variable': {
        const { scope, slot } = this.scope.variable(target.name);
        const read = this.#variable(target.name);
        const write =
          scope === 'local'
            ? (_: string | number, value: Value): void => {
                runtime.frame.values[slot] = value;
              }
            : (_: string | number, value: Value): void => runtime.setVariable(slot, value);
        return { locate: () => '', read, write };
      }
      case 'element': {
        const [array, key] = [this.array(target.array), this.key(target.index)];
        return {
          locate: key,
          read: (at) => array().get(String(at)),
          write: (at, value) => array().set(String(at), value),
        };
      }
      case 'field': {
        const index = this.#fieldIndex(target);
        return {
          locate: index,
          read: (at) => runtime.record.value(Number(at)),
          write: (at, value) => {
            if (at === 0) runtime.setRecord(runtime.toText(value));
            else runtime.record.setField(Number(at), value);
          },
        };
      }
    }
  }

  #fieldIndex({ index, line }: Target & { kind: 'field' }): () => number {
    const number = this.number(index);
    return () => {
      const at = Math.trunc(number());
      if (at < 0) throw new AwkError('Access to negative field', line);
      return at;
    };
  }

  #variable(name: string): () => Value {
    const { runtime } = this;
    const { scope, slot } = this.scope.variable(name);
    if (scope === 'local') return () => runtime.frame.values[slot];
    if (slot === NF) return () => runtime.record.fieldCount;
    return () => runtime.variables[slot];
  }

  #assign({ target, operator, value, line }: Expression & { kind: 'assign' }): () => Value {
    const { locate, read, write } = this.target(target);
    if (operator === '') {
      const newValue = this.value(value);
      return () => {
        const at = locate();
        const assigned = newValue();
        write(at, assigned);
        return assigned;
      };
    }
    const operand = this.number(value);
    const compute = operation(operator, line, this.runtime.mathematics);
    return () => {
      const at = locate();
      const right = operand();
      const result = compute(toNumber(read(at)), right);
      write(at, result);
      return result;
    };
  }

  #increment({ target, step, prefix }: Expression & { kind: 'increment' }): () => number {
    const { locate, read, write } = this.target(target);
    return () => {
      const at = locate();
      const before = toNumber(read(at));
      write(at, before + step);
      return prefix ? before + step : before;
    };
  }

  #comparison({ operator, left, right }: Expression & { kind: 'comparison' }): () => boolean {
    const { runtime } = this;
    const [leftValue, rightValue] = [this.value(left), this.value(right)];
    const text = (value: Value): string => runtime.toText(value);
    const decide = DECISIONS[operator];
    return () => {
      const a = leftValue();
      const b = rightValue();
      return decide(compareValues(a, b, text));
    };
  }
}

const DECISIONS: Readonly<Record<ComparisonOperator, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** An element; reading one that is not there makes it. */
function elementOf(array: AwkArray, key: string): Value {
  const value = array.get(key);
  if (value === undefined && !array.has(key)) array.set(key, undefined);
  return value;
}

function operation(
  operator: ArithmeticOperator,
  line: number,
  mathematics: boolean,
): (left: number, right: number) => number {
  const divisor = (right: number): number => {
    if (right === 0) throw new AwkError('Division by zero', line);
    return right;
  };
  switch (operator) {
    case '+':
      return (left, right) => left + right;
    case '-':
      return (left, right) => left - right;
    case '*':
      return (left, right) => left * right;
    case '^':
      return mathematical(mathematics, line, (left: number, right: number) => left ** right);
    case '/':
      return (left, right) => left / divisor(right);
    case '%':
      return (left, right) => left % divisor(right);
  }
}
