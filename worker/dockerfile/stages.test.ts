import { describe, expect, it } from 'vitest';
import { isEngineError } from '../base/errors.ts';
import { lines } from '../base/source.ts';
import { loadDockerfile, readOnbuildTrigger } from './stages.ts';

describe('loadDockerfile', () => {
  const failure = (text: string): [string, number | undefined, number | undefined] => {
    try {
      loadDockerfile(text);
    } catch (error) {
      if (!isEngineError(error, 'dockerfile')) throw error;
      return [error.message, error.source?.startLine, error.source?.endLine];
    }
    throw new Error('nothing was thrown');
  };

  // Asked of Docker 26.1, which marks these lines.
  it.each([
    ['', 'the Dockerfile cannot be empty', undefined],
    ['# a\n\n# b\n', 'file with no instructions', 3],
    ['# escape=x\nFROM a\n', "invalid escape token 'x' does not match ` or \\", undefined],
    ['# escape=`\n# escape=`\nFROM a\n', 'only one escape parser directive can be used', 1],
    [
      'FROM a\nFROM b AS 9x\n',
      'dockerfile parse error on line 2: invalid name for build stage: "9x", name can\'t start with a number or contain symbols',
      2,
    ],
    ['FROM a b\n', 'dockerfile parse error on line 1: FROM requires either one or three arguments', 1],
    ['RUN x\n', 'no build stage in current context', 1],
    ['FROM a\ncopi x /y\n', 'dockerfile parse error on line 2: unknown instruction: copi (did you mean copy?)', 2],
    ['FROM a\nForm x\n', 'dockerfile parse error on line 2: unknown instruction: Form (did you mean from?)', 2],
    ['FROM a\nUNKN x\n', 'dockerfile parse error on line 2: unknown instruction: UNKN', 2],
    ['FROM a\nENV X\nCOPY x\n', 'ENV must have two arguments', 2],
    ['FROM a\nSHELL x\n', 'dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form', 2],
    [
      'FROM a\nHEALTHCHECK --retries=1.5 CMD x\n',
      'dockerfile parse error on line 2: strconv.ParseInt: parsing "1.5": invalid syntax',
      2,
    ],
    [
      'FROM a\nHEALTHCHECK --timeout=3x CMD x\n',
      'dockerfile parse error on line 2: time: unknown unit "x" in duration "3x"',
      2,
    ],
    ['FROM a\nRUN --network=foo x\n', 'dockerfile parse error on line 2: invalid network mode "foo"', 2],
    ['FROM a\nRUN --mount= x\n', 'dockerfile parse error on line 2: failed to parse csv mounts: EOF', 2],
    [
      'FROM a\nRUN --mount=from=$X,target=/x x\n',
      "dockerfile parse error on line 2: 'from' doesn't support variable expansion, define alias stage instead",
      2,
    ],
    ['FROM a\nCOPY --from=x --from=y a /b\n', 'dockerfile parse error on line 2: duplicate flag specified: from', 2],
    [
      'FROM a\nCOPY --link=yes a /b\n',
      'dockerfile parse error on line 2: expecting boolean value for flag link, not: yes',
      2,
    ],
  ])('%j fails as Docker fails', (text, message, line) => {
    expect(failure(text)).toEqual([message, line, line]);
  });

  it('marks all lines of an instruction', () => {
    expect(failure('FROM a\nRUN --x \\\n\n b\n')).toEqual(['dockerfile parse error on line 2: unknown flag: x', 2, 4]);
    expect(failure('FROM a\nRUN <<EOF\nb\n')).toEqual(['unterminated heredoc', 2, 3]);
  });

  it('reads no line longer than BuildKit does', () => {
    const fits = `FROM a\nLABEL x=${'y'.repeat(65_535 - 8)}\n`;
    expect(loadDockerfile(fits).stages).toHaveLength(1);
    expect(failure(fits.replace('x=', 'xx='))).toEqual([
      'dockerfile line greater than max allowed size of 65535',
      1,
      1,
    ]);
  });

  it('has the global arguments, and stages with their instructions', () => {
    const { globalArgs, stages, escape } = loadDockerfile(
      'ARG A=1 B\nFROM --platform=linux/arm64 x AS Build\nRUN y\nCOPY --from=z /a /b\nFROM build\n',
    );
    expect(globalArgs.map(({ name, value }) => [name, value])).toEqual([
      ['A', '1'],
      ['B', undefined],
    ]);
    expect(escape).toBe('\\');
    expect(stages.map(({ index, name, baseName, platform }) => [index, name, baseName, platform])).toEqual([
      [0, 'build', 'x', 'linux/arm64'],
      [1, '', 'build', ''],
    ]);
    expect(stages[0]?.instructions.map(({ code, sources, isStep }) => [code, sources, isStep])).toEqual([
      ['RUN y', [], true],
      ['COPY --from=z /a /b', ['z'], true],
    ]);
  });
});

describe('readOnbuildTrigger', () => {
  it('reads the instruction as one that stands where the FROM does', () => {
    const { code, range } = readOnbuildTrigger('RUN <<EOF\necho a\nEOF', lines(7));
    expect([code, range]).toEqual(['RUN <<EOF', lines(7)]);
  });

  it.each([
    ['RUN a\nRUN b', 'onbuild trigger should be a single expression'],
    ['', 'the Dockerfile cannot be empty'],
    ['NOSUCH x', 'unknown instruction: NOSUCH'],
  ])('fails at the FROM for %j', (trigger, message) => {
    const read = (): unknown => readOnbuildTrigger(trigger, lines(7));
    expect(read).toThrow(expect.objectContaining({ message, source: lines(7) }));
  });
});
