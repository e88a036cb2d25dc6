/** Whatever is typed behind `--format` gives text or Go's message, never a crash or a page that hangs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../base/errors.ts';
import { untypedValue } from './go-json.ts';
import { parseTemplate } from './template.ts';
import { execute } from './walk.ts';

const DATA = untypedValue({ a: { b: [1, 'x', null, { c: true }] }, s: 'text', n: null, l: [] });

const WORDS = [
  ...['{{', '}}', '{{-', '-}}', '{{/*', '*/', '(', ')', '|', ',', ':=', '=', ' ', '\n', '$', '.', '"', '`', "'", '\\'],
  ...['if', 'else', 'end', 'range', 'with', 'define', 'template', 'block', 'break', 'continue', 'nil', 'true'],
  ...[
    '.a',
    '.a.b',
    '.s',
    '.n',
    '.l',
    '$x',
    '$y',
    '"t"',
    "'c'",
    '0',
    '-1',
    '1.5',
    '0x1p4',
    '99999999999999999999',
    '3i',
  ],
  ...[
    'index',
    'slice',
    'len',
    'printf',
    'print',
    'and',
    'or',
    'not',
    'eq',
    'lt',
    'call',
    'html',
    'json',
    'join',
    'split',
  ],
  ...['"%d"', '"%[9]*.*v"', '"%-08.3q"', 'ä', '\u{1f600}', '\u0000'],
];

const wordTemplates = fc.array(fc.constantFrom(...WORDS), { maxLength: 40 }).map((words) => words.join(''));
const actions = fc
  .array(fc.array(fc.constantFrom(...WORDS.slice(4)), { minLength: 1, maxLength: 6 }), { maxLength: 6 })
  .map((all) => all.map((words) => `{{${words.join(' ')}}}`).join('-'));

function outcome(text: string): 'written' | 'refused' {
  try {
    execute(parseTemplate(text), DATA);
    return 'written';
  } catch (error) {
    if (isEngineError(error, 'invalid-argument') && error.message.startsWith('template: :')) return 'refused';
    throw error;
  }
}

describe('any text as a template', () => {
  it('is written or refused', () => {
    fc.assert(
      fc.property(fc.oneof(wordTemplates, actions, fc.string({ unit: 'binary', maxLength: 60 })), (text) => {
        expect(['written', 'refused']).toContain(outcome(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('may open more than it can bear', () => {
    expect(outcome('{{('.padEnd(20_000, '('))).toBe('refused');
    expect(outcome('{{if 1}}'.repeat(20_000))).toBe('refused');
    expect(outcome(`{{print ${'1 '.repeat(20_000)}}}`)).toBe('written');
    expect(outcome('{{.s}}'.repeat(20_000))).toBe('written');
  });
});
