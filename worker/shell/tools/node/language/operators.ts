/** Operators on values. The host's own do what the language says; only the errors of `in` and `instanceof` are worded here. */
import type { AssignmentOperator, BinaryOperator } from 'acorn';
import { isFunction, isObject } from './callable.ts';
import type { Value } from './machine.ts';
import { propertyKey } from './properties.ts';
import type { Realm } from './realm.ts';

/** Values as operators of the host take them: it checks for itself. */
type Operand = number;

export function binaryOperation(realm: Realm, operator: BinaryOperator): (left: Value, right: Value) => Value {
  switch (operator) {
    case '+':
      return (left, right) => (left as Operand) + (right as Operand);
    case '-':
      return (left, right) => (left as Operand) - (right as Operand);
    case '*':
      return (left, right) => (left as Operand) * (right as Operand);
    case '/':
      return (left, right) => (left as Operand) / (right as Operand);
    case '%':
      return (left, right) => (left as Operand) % (right as Operand);
    case '**':
      return (left, right) => (left as Operand) ** (right as Operand);
    case '|':
      return (left, right) => (left as Operand) | (right as Operand);
    case '&':
      return (left, right) => (left as Operand) & (right as Operand);
    case '^':
      return (left, right) => (left as Operand) ^ (right as Operand);
    case '<<':
      return (left, right) => (left as Operand) << (right as Operand);
    case '>>':
      return (left, right) => (left as Operand) >> (right as Operand);
    case '>>>':
      return (left, right) => (left as Operand) >>> (right as Operand);
    case '===':
      return (left, right) => left === right;
    case '!==':
      return (left, right) => left !== right;
    case '==':
      // eslint-disable-next-line eqeqeq -- the program's own operator
      return (left, right) => left == right;
    case '!=':
      // eslint-disable-next-line eqeqeq -- the program's own operator
      return (left, right) => left != right;
    case '<':
      return (left, right) => (left as Operand) < (right as Operand);
    case '>':
      return (left, right) => (left as Operand) > (right as Operand);
    case '<=':
      return (left, right) => (left as Operand) <= (right as Operand);
    case '>=':
      return (left, right) => (left as Operand) >= (right as Operand);
    case 'in':
      return (left, right) => {
        if (isObject(right)) return propertyKey(left) in right;
        const sought = typeof left === 'symbol' ? left.toString() : String(left);
        return realm.fail('TypeError', `Cannot use 'in' operator to search for '${sought}' in ${String(right)}`);
      };
    case 'instanceof':
      return (left, right) => {
        if (!isFunction(right)) {
          const what = isObject(right) ? 'callable' : 'an object';
          return realm.fail('TypeError', `Right-hand side of 'instanceof' is not ${what}`);
        }
        return left instanceof right;
      };
  }
}

/** The operation of `+=` and its kin; undefined for `=` and for those that may not assign. */
export function assignedOperation(
  realm: Realm,
  operator: AssignmentOperator,
): ((left: Value, right: Value) => Value) | undefined {
  if (operator === '=' || operator === '&&=' || operator === '||=' || operator === '??=') return undefined;
  return binaryOperation(realm, operator.slice(0, -1) as BinaryOperator);
}

export function unaryOperation(operator: '-' | '+' | '!' | '~' | 'typeof' | 'void'): (value: Value) => Value {
  switch (operator) {
    case '-':
      return (value) => -(value as Operand);
    case '+':
      // a BigInt has no number: the host throws
      return (value) => (value as Operand) * 1;
    case '!':
      return (value) => !value;
    case '~':
      return (value) => ~(value as Operand);
    case 'typeof':
      return (value) => typeof value;
    case 'void':
      return () => undefined;
  }
}

/** The text of a value, as templates and `String` make it. */
export function textOf(value: Value): string {
  // as a template of the host does it: by the value's own methods
  return typeof value === 'string' ? value : ''.concat(value as string);
}
