/** `test` and `[`. */
import { evaluateTest, TestSyntaxError, type TestRules } from '../../applets/test-expression.ts';
import { testShellState } from '../conditional.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

export const test: Builtin = {
  names: ['test', '['],
  run(shell, args, name) {
    let words = args;
    if (name === '[') {
      if (args.at(-1) !== ']') return complain(shell, new TestSyntaxError('missing-bracket', ''), name, args);
      words = args.slice(0, -1);
    }
    try {
      return evaluateTest(words, shell.process, rulesOf(shell)) ? 0 : 1;
    } catch (error) {
      if (!(error instanceof TestSyntaxError)) throw error;
      return complain(shell, error, name, words);
    }
  },
};

function rulesOf(shell: Shell): TestRules {
  if (shell.dialect.name !== 'bash') return { missingIsOlder: false };
  return { missingIsOlder: true, ofShell: (operator, operand) => testShellState(shell, operator, operand) };
}

async function complain(
  shell: Shell,
  { kind, text }: TestSyntaxError,
  name: string,
  words: readonly string[],
): Promise<number> {
  const [first = ''] = words;
  switch (shell.dialect.name) {
    case 'ash': {
      const messages = {
        'missing-bracket': 'missing ]',
        number: `${text}: bad number`,
        operator: `${text}: unknown operand`,
        argument: 'argument expected',
        parenthesis: 'closing paren expected',
        many: `${text}: unknown operand`,
      };
      await shell.write(2, `sh: ${messages[kind]}\n`);
      break;
    }
    case 'dash': {
      const messages = {
        'missing-bracket': 'missing ]',
        number: `Illegal number: ${text}`,
        operator: `${first}: unexpected operator`,
        argument: `${text}: argument expected`,
        parenthesis: 'closing paren expected',
        many: `${first}: unexpected operator`,
      };
      await shell.complain(messages[kind], name);
      break;
    }
    case 'bash': {
      const messages = {
        'missing-bracket': "missing `]'",
        number: `${text}: integer expression expected`,
        operator: words.length === 2 ? `${first}: unary operator expected` : `${text}: binary operator expected`,
        argument: 'argument expected',
        parenthesis: "`)' expected",
        many: 'too many arguments',
      };
      await shell.complain(messages[kind], name);
    }
  }
  return 2;
}
