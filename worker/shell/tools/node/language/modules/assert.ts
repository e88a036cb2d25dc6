/** `assert`. */
import type { BuiltinModule } from './module.ts';

export const assertModule: BuiltinModule = {
  source: `
const { inspect, isDeepStrictEqual } = require('util');
class AssertionError extends Error {
  constructor({ message, actual, expected, operator }) {
    super(message);
    this.generatedMessage = true;
    this.code = 'ERR_ASSERTION';
    this.actual = actual;
    this.expected = expected;
    this.operator = operator;
  }
}
Object.defineProperty(AssertionError.prototype, 'name', { value: 'AssertionError', writable: true, configurable: true });
const fail = (message, fallback, actual, expected, operator) => {
  if (message instanceof Error) throw message;
  const error = new AssertionError({ message: message ?? fallback, actual, expected, operator });
  error.generatedMessage = message === undefined;
  Object.defineProperty(error, 'stack', { value: error.stack.replace(/^[^\\n]*?Error/, 'AssertionError [ERR_ASSERTION]'), enumerable: false });
  throw error;
};
const isPrimitive = (value) => (typeof value !== 'object' && typeof value !== 'function') || value === null;
const difference = (head, actual, expected) => {
  const [left, right] = [inspect(actual).split('\\n'), inspect(expected).split('\\n')];
  if (left.length === 1 && right.length === 1 && isPrimitive(actual) && isPrimitive(expected) && left[0] !== right[0]) return head + '\\n\\n' + left[0] + ' !== ' + right[0] + '\\n';
  return head + '\\n+ actual - expected\\n\\n' + left.filter((line) => !right.includes(line)).map((line) => '+ ' + line).concat(right.filter((line) => !left.includes(line)).map((line) => '- ' + line)).join('\\n');
};
const ok = (value, message) => {
  if (!value) fail(message, 'The expression evaluated to a falsy value:\\n\\n  assert(' + inspect(value) + ')\\n', value, true, '==');
};
const matches = (error, expected) => {
  if (expected === undefined || typeof expected === 'string') return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === 'function') return expected.prototype !== undefined && error instanceof expected ? true : expected.prototype === undefined || !(expected.prototype instanceof Error || expected === Error) ? expected(error) === true : false;
  return Object.keys(expected).every((key) => expected[key] instanceof RegExp && typeof error[key] === 'string' ? expected[key].test(error[key]) : isDeepStrictEqual(error[key], expected[key]));
};
const assert = (value, message) => ok(value, message);
Object.assign(assert, {
  ok,
  AssertionError,
  equal: (actual, expected, message) => { if (!(actual == expected || (actual !== actual && expected !== expected))) fail(message, inspect(actual) + ' == ' + inspect(expected), actual, expected, '=='); },
  notEqual: (actual, expected, message) => { if (actual == expected) fail(message, inspect(actual) + ' != ' + inspect(expected), actual, expected, '!='); },
  strictEqual: (actual, expected, message) => { if (!Object.is(actual, expected)) fail(message, difference('Expected values to be strictly equal:', actual, expected), actual, expected, 'strictEqual'); },
  notStrictEqual: (actual, expected, message) => { if (Object.is(actual, expected)) fail(message, 'Expected "actual" to be strictly unequal to: ' + inspect(expected), actual, expected, 'notStrictEqual'); },
  deepStrictEqual: (actual, expected, message) => { if (!isDeepStrictEqual(actual, expected)) fail(message, difference('Expected values to be strictly deep-equal:', actual, expected), actual, expected, 'deepStrictEqual'); },
  deepEqual: (actual, expected, message) => { if (!isDeepStrictEqual(actual, expected)) fail(message, difference('Expected values to be loosely deep-equal:', actual, expected), actual, expected, 'deepEqual'); },
  notDeepStrictEqual: (actual, expected, message) => { if (isDeepStrictEqual(actual, expected)) fail(message, 'Expected "actual" not to be strictly deep-equal to: ' + inspect(expected), actual, expected, 'notDeepStrictEqual'); },
  notDeepEqual: (actual, expected, message) => { if (isDeepStrictEqual(actual, expected)) fail(message, 'Expected "actual" not to be loosely deep-equal to: ' + inspect(expected), actual, expected, 'notDeepEqual'); },
  match: (text, pattern, message) => { if (!pattern.test(text)) fail(message, 'The input did not match the regular expression ' + inspect(pattern) + '. Input:\\n\\n' + inspect(text) + '\\n', text, pattern, 'match'); },
  doesNotMatch: (text, pattern, message) => { if (pattern.test(text)) fail(message, 'The input was expected to not match the regular expression ' + inspect(pattern), text, pattern, 'doesNotMatch'); },
  fail: (message) => fail(message, 'Failed', undefined, undefined, 'fail'),
  ifError: (value) => { if (value !== null && value !== undefined) throw value; },
  throws: (run, expected, message) => {
    try { run(); } catch (error) {
      if (matches(error, expected)) return;
      throw error;
    }
    fail(typeof expected === 'string' ? expected : message, 'Missing expected exception' + (typeof expected === 'function' && expected.name ? ' (' + expected.name + ').' : '.'), undefined, expected, 'throws');
  },
  doesNotThrow: (run) => { run(); },
  rejects: async (run, expected, message) => {
    try { await (typeof run === 'function' ? run() : run); } catch (error) {
      if (matches(error, expected)) return;
      throw error;
    }
    fail(message, 'Missing expected rejection.', undefined, expected, 'rejects');
  },
  doesNotReject: async (run) => { await (typeof run === 'function' ? run() : run); },
});
assert.strict = assert;
module.exports = assert;
`,
};
