/** Random shell scripts for comparison with real shells: POSIX syntax, builtins alone, and always to an end. */
import fc from 'fast-check';

const NAMES = ['a', 'b', 'c', 'x'] as const;
const name = fc.constantFrom(...NAMES);
const digit = fc.integer({ min: 0, max: 9 }).map(String);

/** Text without any special character. */
const plain = fc.constantFrom('foo', 'bar', 'a.c', 'x-y', 'Z', '1', '42', 'a,b', 'k=v', '/tmp/q', 'é');
/** Text for quotes: nothing in it may end them or be expanded. */
const quotedText = fc.constantFrom(
  '',
  ' ',
  'a b',
  '*',
  '?',
  '[x]',
  'a  b',
  ';',
  '&',
  '|',
  '#',
  '~',
  '\t',
  'a\nb',
  '<>',
  '()',
  '{a,b}',
  '!',
);

const operator = fc.constantFrom(':-', '-', ':+', '+', ':=', '=');
const trim = fc.constantFrom('#', '##', '%', '%%');
const pattern = fc.constantFrom('a*', '*a', '?', '*', 'foo', '*o', '[ab]*', '*[!a]', '*.*', 'b', '*" "*', "'*'");

/** An arithmetic expression without assignments. */
const arithmetic: fc.Arbitrary<string> = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    digit,
    name.map((one) => `(${one}_n)`),
    fc
      .tuple(
        tie('expression'),
        fc.constantFrom('+', '-', '*', '<', '<=', '==', '!=', '&', '|', '^', '<<', '>'),
        tie('expression'),
      )
      .map((parts) => `(${parts.join('')})`),
    fc.tuple(fc.constantFrom('-', '!', '~', '+'), tie('expression')).map(([sign, operand]) => `${sign}(${operand})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map(([test, yes, no]) => `((${test})?(${yes}):(${no}))`),
  ),
})).expression;

const expansion = fc.oneof(
  name.map((one) => `$${one}`),
  name.map((one) => `\${${one}}`),
  name.map((one) => `\${#${one}}`),
  fc.constantFrom('$#', '$1', '$2', '$*', '$@', '$?'),
  fc
    .tuple(
      name,
      operator,
      fc.oneof(
        plain,
        name.map((one) => `$${one}`),
        quotedText.filter((text) => !/[\n'#]/.test(text)).map((text) => `"${text}"`),
      ),
    )
    .map(([one, how, text]) => `\${${one}${how}${text}}`),
  fc.tuple(name, trim, pattern).map(([one, how, text]) => `\${${one}${how}${text}}`),
  arithmetic.map((text) => `$((${text}))`),
);

const testExpression = fc.oneof(
  fc.tuple(name, fc.constantFrom('=', '!='), plain).map(([one, how, text]) => `[ "$${one}" ${how} ${text} ]`),
  fc.tuple(fc.constantFrom('-n', '-z'), name).map(([how, one]) => `[ ${how} "$${one}" ]`),
  fc.tuple(digit, fc.constantFrom('-eq', '-ne', '-lt', '-ge'), digit).map((words) => `[ ${words.join(' ')} ]`),
  fc.constantFrom('true', 'false', ':', '[ -e f1 ]', '[ -d d1 ]', '! true', '! false'),
);

/** Words and commands hold each other; so the grammar is one knot. */
const { command: anyCommand } = fc.letrec<{ word: string; command: string }>((tie) => ({
  word: fc.oneof(
    { depthSize: 'small' },
    plain,
    quotedText.map((text) => `'${text}'`),
    quotedText.map((text) => `"${text}"`),
    expansion,
    expansion.map((text) => `"${text}"`),
    fc.tuple(plain, expansion).map(([text, value]) => `${text}${value}`),
    fc.tuple(expansion, quotedText).map(([value, text]) => `"${value}${text}"`),
    fc.constantFrom('f*', '*', '?1', '[fd]*', 'nomatch*', '\\*', '"*"'),
    tie('command')
      .filter((text) => !text.includes('`'))
      .map((text) => `$( ${text}\n)`),
    tie('command')
      .filter((text) => !text.includes('`'))
      .map((text) => `"$( ${text}\n)"`),
  ),
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(tie('word'), { minLength: 1, maxLength: 3 }).map((words) => `show ${words.join(' ')}`),
    fc.tuple(name, tie('word')).map(([one, word]) => `${one}=${word}`),
    fc.tuple(name, arithmetic).map(([one, text]) => `${one}_n=$((${text}))`),
    testExpression,
    fc
      .tuple(tie('word'), fc.constantFrom('f1', 'f2', 'd1/f'), fc.constantFrom('>', '>>'))
      .map(([word, file, how]) => `show ${word} ${how} ${file}`),
    fc
      .tuple(testExpression, tie('command'), tie('command'))
      .map(([test, yes, no]) => `if ${test}; then ${yes}\nelse ${no}\nfi`),
    fc
      .tuple(name, fc.array(tie('word'), { maxLength: 3 }), tie('command'))
      .map(([one, words, body]) => `for ${one} in ${words.join(' ')}; do ${body}\ndone`),
    fc
      .tuple(tie('word'), pattern, tie('command'), tie('command'))
      .map(([word, text, yes, no]) => `case ${word} in ${text}) ${yes}\n;; *) ${no}\n;; esac`),
    tie('command').map((text) => `( ${text}\n)`),
    tie('command').map((text) => `{ ${text}\n}`),
    fc
      .tuple(tie('command'), fc.constantFrom('&&', '||', ';'), tie('command'))
      .map(([left, how, right]) => `${left}\n${how === ';' ? '' : `true ${how} `}${right}`),
    tie('command').map((text) => `{ ${text}\n} | { read a b; show "$a" "$b"; }`),
    tie('command').map((text) => `i=0; while [ $i -lt 2 ]; do i=$((i+1)); ${text}\ndone`),
    fc.tuple(tie('word'), tie('command')).map(([word, text]) => `f() { local c; c=$1; ${text}\n}; f ${word}`),
    fc.tuple(tie('word'), tie('word')).map(([first, second]) => `set -- ${first} ${second}`),
    fc.tuple(expansion, plain).map(([value, text]) => `cat <<E\n${text} ${value}\n  "quoted" 'too' \\$x\nE`),
    fc.constantFrom(
      'mkdir -p d1',
      'shift 2>/dev/null',
      'IFS=,',
      'unset IFS',
      'unset a b',
      'set -f',
      'set +f',
      'return 2>/dev/null || :',
      'break',
      'eval "show ev$a"',
    ),
    fc.tuple(tie('command'), digit).map(([text, status]) => `( ${text}\nexit ${status} ); show $?`),
  ),
}));

const PREAMBLE = `show() { printf '<%s>' "$#" "$@"; echo; }
a=foo b='a b' c= x='*'; a_n=3 b_n=-2 c_n=0 x_n=7; set -- one 'two three'`;

/** A script of some commands, with `set -e` in one of three. */
export const scripts: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', 'set -e\n'), fc.array(anyCommand, { minLength: 1, maxLength: 6 }))
  .map(([options, commands]) => `${PREAMBLE}\n${options}${commands.join('\n')}\necho end $?\n`);
