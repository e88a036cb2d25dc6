/** Bad input to the Dockerfile room: never a crash or a hang, always a diagnostic with a line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEngineError } from '../../worker/base/errors.ts';
import type { Diagnostic } from '../../worker/base/source.ts';
import { diagnose, ignored, outline, tokens } from '../../worker/dockerfile/language/index.ts';
import { createPatternMatcher } from '../../worker/dockerfile/ignore/pattern-matcher.ts';
import { parseDockerfile } from '../../worker/dockerfile/parser.ts';
import { expandWord } from '../../worker/dockerfile/shell-words.ts';
import { loadDockerfile } from '../../worker/dockerfile/stages.ts';
import { corpus, fragment, mutated, SEEDS } from './dockerfile-corpus.ts';

const RUNS = 300;
fc.configureGlobal({ seed: 20_240_101 });

function expectPlaces(diagnostics: readonly Diagnostic[], text: string): void {
  // One more than there are lines, for a line that was too long to be counted.
  const last = text.split('\n').length + 1;
  const misplaced = diagnostics.filter(
    ({ range, message }) =>
      message === '' || range.startLine < 1 || range.endLine < range.startLine || range.endLine > last,
  );
  expect(misplaced).toEqual([]);
}

/** Everything the room does with a text. */
function exercise(text: string): void {
  const { ast, diagnostics, failure } = parseDockerfile(text);
  expectPlaces(diagnostics, text);
  expect(failure !== undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
  const ranges = ast.instructions.map(({ range }) => range);
  expect(ranges.filter(({ startLine }, i) => startLine <= (ranges[i - 1]?.endLine ?? 0))).toEqual([]);
  const found = diagnose(text, { contextPaths: ['a'], dockerignore: 'b' });
  expectPlaces(found, text);
  try {
    loadDockerfile(text);
  } catch (error) {
    if (!isEngineError(error)) throw error;
    expect(found.some(({ severity }) => severity === 'error')).toBe(true);
  }
  const all = tokens(text);
  const disordered = all.filter(({ line, startColumn, length }, i) => {
    const before = all[i - 1];
    return (
      length < 1 ||
      (before?.line === line ? startColumn < before.startColumn + before.length : line < (before?.line ?? 0))
    );
  });
  expect(disordered, 'tokens are in order and do not overlap').toEqual([]);
  outline(text);
}

describe('any text', () => {
  it('is parsed, checked and coloured', () => {
    fc.assert(
      fc.property(
        fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
        exercise,
      ),
      { numRuns: RUNS },
    );
  });

  it('is parsed, checked and coloured when it was a Dockerfile once', () => {
    fc.assert(fc.property(mutated(SEEDS), exercise), { numRuns: RUNS });
  });

  it.skipIf(corpus.length === 0)(
    'is parsed, checked and coloured when it was a real Dockerfile once (skipped where ../shared/vectors is missing)',
    () => {
      fc.assert(fc.property(mutated(corpus), exercise), { numRuns: RUNS });
    },
  );

  it('expands to something or says why not', () => {
    fc.assert(
      fc.property(fc.array(fragment, { maxLength: 20 }), fc.string(), (parts, value) => {
        try {
          expandWord(parts.join(''), { lookup: (name) => (name.length % 2 === 0 ? undefined : value) });
        } catch (error) {
          if (!isEngineError(error)) throw error;
        }
      }),
      { numRuns: RUNS * 3 },
    );
  });

  it('leaves out paths as .dockerignore, or is malformed', () => {
    const pattern = fc.array(
      fc.oneof(
        fc.constantFrom('*', '**', '?', '[', ']', '[a-', '!', '/', '\\', '.', '..', 'a', ' ', '\n', '#'),
        fc.string({ maxLength: 3 }),
      ),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(pattern, fc.array(fc.string(), { maxLength: 5 }), (parts, paths) => {
        const text = parts.join('');
        expect(ignored(text, paths)).toHaveLength(paths.length);
        try {
          createPatternMatcher([text]);
        } catch (error) {
          if (!isEngineError(error, 'invalid-argument')) throw error;
        }
      }),
      { numRuns: RUNS * 3 },
    );
  });
});

describe('properties', () => {
  const word = fc.stringMatching(/^[a-z]{1,6}$/);

  it('comments, blank lines and continuation lines change no arguments', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 2, maxLength: 6 }),
        fc.constantFrom(' \\\n', ' \\\n# c\n', ' \\\n\n  ', '  \\\t\n  '),
        (words, joint) => {
          const split = parseDockerfile(`FROM a\nCOPY ${words.join(joint)}\n`).ast.instructions[1];
          expect(split?.args).toEqual(words);
        },
      ),
    );
  });

  it('carriage returns at line ends change nothing but the text of heredocs', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SEEDS), (seed) => {
        const strip = (text: string): unknown =>
          parseDockerfile(text).ast.instructions.map(({ name, args, flags, range }) => ({ name, args, flags, range }));
        expect(strip(seed.replaceAll('\n', '\r\n'))).toEqual(strip(seed));
      }),
    );
  });

  it('what is single-quoted comes out as it went in', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.includes("'")),
        (text) => {
          expect(expandWord(`'${text}'`, { lookup: () => 'x' }).text).toBe(text);
        },
      ),
    );
  });
});

describe('large input is done in bounded time', () => {
  const block = SEEDS.join('').replaceAll('# escape=`\n', '');
  const fiveMegabytes = block.repeat(Math.ceil(5_000_000 / block.length));

  it('a Dockerfile of 5 MB', { timeout: 120_000 }, () => {
    expect(parseDockerfile(fiveMegabytes).ast.instructions.length).toBeGreaterThan(100_000);
    const part = fiveMegabytes.slice(0, 300_000);
    expectPlaces(diagnose(part, { contextPaths: [] }), part);
    expect(tokens(part).length).toBeGreaterThan(30_000);
  });

  it.each([
    ['one line', 'FROM a\nRUN ' + 'x'.repeat(5_000_000)],
    ['one instruction of many lines', 'FROM a\nRUN ' + 'x \\\n'.repeat(200_000)],
    ['comments alone', '# c\n'.repeat(200_000)],
    ['blank lines alone', '\n'.repeat(500_000)],
    ['heredocs that never end', 'FROM a\n' + 'RUN <<E\n'.repeat(100_000)],
    ['stages', Array.from({ length: 10_000 }, (_, i) => `FROM a AS s${i}\n`).join('')],
    ['quotes', 'FROM a\n' + `LABEL x=${'"\'\\'.repeat(20_000)}\n`.repeat(10)],
    ['open braces', 'FROM a\n' + `LABEL x=${'${a:-'.repeat(12_000)}\n`.repeat(10)],
    ['patterns of stars', 'FROM a\nENV A=' + 'a'.repeat(60_000) + `\nLABEL x=\${A%%${'*a'.repeat(20)}b}\n`],
    ['nested ONBUILD', 'FROM a\n' + 'ONBUILD '.repeat(8_000) + '\n'],
    ['variables that double', 'FROM a\nENV A=aaaa\n' + 'ENV A=$A$A\n'.repeat(60)],
    ['brackets', 'FROM a\nCMD ' + '['.repeat(60_000) + '\n'],
    ['flags', 'FROM a\nRUN ' + '--mount=type=cache,target=/x '.repeat(2_000) + 'x\n'],
  ])('%s', { timeout: 120_000 }, (_, text) => {
    const found = diagnose(text, { contextPaths: [] });
    expect(found.length).toBeLessThan(200_000);
    tokens(text);
  });

  it('a .dockerignore of 1,000 lines over 20,000 paths', { timeout: 120_000 }, () => {
    const text = Array.from({ length: 1_000 }, (_, i) => (i % 3 === 0 ? `!**/keep${i}*` : `dir${i}/**/*.o`)).join('\n');
    const paths = Array.from({ length: 20_000 }, (_, i) => `dir${i % 50}/sub${i % 7}/file${i}.o`);
    expect(ignored(text, paths)).toHaveLength(20_000);
  });
});
