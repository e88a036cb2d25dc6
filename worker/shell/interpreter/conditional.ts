/** `[[ … ]]`: bash's conditional command, and in ash the words of `test`. */
import type { TestCommand, TestExpression, Word } from 'unbash';
import { testBinary, testUnary } from '../applets/test-expression.ts';
import { evaluateArithmetic } from './expansion/arithmetic.ts';
import { matchesPattern } from './expansion/patterns.ts';
import { expandToExpression, expandToPattern } from './expansion/words.ts';
import { ShellError } from './failures.ts';
import { regularExpressionOf } from '../applets/regular-expression.ts';
import type { Shell } from './shell.ts';
import { traceTest } from './tracing.ts';
import { settleIn, wordTextOf } from './substitution.ts';

/** Status of the command: 0 true, 1 false, 2 for an error. */
export async function evaluateConditional(shell: Shell, node: TestCommand): Promise<number> {
  return (await evaluate(shell, node.expression)) ? 0 : 1;
}

async function evaluate(shell: Shell, expression: TestExpression): Promise<boolean> {
  switch (expression.type) {
    case 'TestLogical':
      for (const operand of expression.operands) {
        if ((await evaluate(shell, operand)) !== (expression.operator === '&&')) return expression.operator === '||';
      }
      return expression.operator === '&&';
    case 'TestNot': {
      const value = await evaluate(shell, expression.operand);
      return expression.negations.length % 2 === 1 ? !value : value;
    }
    case 'TestGroup':
      return evaluate(shell, expression.expression);
    case 'TestUnary':
      return testOne(shell, expression.operator, await text(shell, expression.operand));
    case 'TestBinary':
      return evaluateBinary(shell, expression.operator, expression.left, expression.right);
  }
}

function text(shell: Shell, word: Word): string | Promise<string> {
  return wordTextOf(shell, word);
}

async function testOne(shell: Shell, operator: string, operand: string): Promise<boolean> {
  await traceTest(shell, operator, operand);
  return evaluateUnary(shell, operator, operand);
}

function evaluateUnary(shell: Shell, operator: string, operand: string): boolean {
  return testShellState(shell, operator, operand) ?? testUnary(operator, operand, shell.process) ?? false;
}

/** `-v NAME` and `-o OPTION`; undefined for another operator. */
export function testShellState(shell: Shell, operator: string, operand: string): boolean | undefined {
  if (operator === '-v') return isSet(shell, operand);
  return operator === '-o' ? [...shell.options].some((name) => name === operand) : undefined;
}

function isSet(shell: Shell, name: string): boolean {
  const match = /^(\w+)\[(.+)\]$/.exec(name);
  if (match?.[1] !== undefined && match[2] !== undefined) return shell.get(match[1], match[2]) !== undefined;
  return shell.parameter(name) !== undefined;
}

async function evaluateBinary(shell: Shell, operator: string, left: Word, right: Word): Promise<boolean> {
  const value = await text(shell, left);
  switch (operator) {
    case '=':
    case '==':
    case '!=': {
      const pattern = await settleIn(shell, expandToPattern(shell, right));
      await traceTest(shell, value, operator, pattern);
      const ignoreCase = shell.shoptions.has('nocasematch');
      return (
        matchesPattern(value, pattern, shell.dialect.features.extendedGlobs === true, ignoreCase) ===
        (operator !== '!=')
      );
    }
    case '=~':
      return traceMatch(shell, value, await settleIn(shell, expandToExpression(shell, right)));
    case '-eq':
    case '-ne':
    case '-lt':
    case '-le':
    case '-gt':
    case '-ge': {
      const other = await text(shell, right);
      await traceTest(shell, value, operator, other);
      const numbers = [value, other].map((one) => String(evaluateArithmetic(one, shell)));
      return testBinary(operator, numbers[0] ?? '', numbers[1] ?? '', shell.process) ?? false;
    }
    default: {
      const other = await text(shell, right);
      await traceTest(shell, value, operator, other);
      const result = testBinary(operator, value, other, shell.process, { missingIsOlder: true });
      if (result === undefined) throw new ShellError(`conditional binary operator expected`, 2);
      return result;
    }
  }
}

async function traceMatch(shell: Shell, value: string, pattern: string): Promise<boolean> {
  await traceTest(shell, value, '=~', pattern);
  return matchesExpression(shell, value, pattern);
}

/** `=~`: an extended regular expression; the groups go to BASH_REMATCH. */
async function matchesExpression(shell: Shell, value: string, pattern: string): Promise<boolean> {
  const ignoreCase = shell.shoptions.has('nocasematch');
  const match = await regularExpressionOf(pattern, { extended: true, ignoreCase }).search(value, shell.process);
  const groups = match === undefined ? [] : Array.from(match, (group, index) => [String(index), group ?? ''] as const);
  shell.variables.setElements('BASH_REMATCH', new Map(groups));
  return match !== undefined;
}
