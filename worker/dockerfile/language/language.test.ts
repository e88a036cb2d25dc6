import { describe, expect, it } from 'vitest';
import { diagnose, ignored, outline, tokens } from './index.ts';

const DOCKERFILE = `# syntax=docker/dockerfile:1
# the compiler
FROM golang:\${V:-1} AS compiler
ENV PATH=/a:$PATH \\
    # in between
    B="two words"
COPY --from=base --chown=1 a.txt "/b c/"
RUN echo "$HOME" 'x' && \\
    ls
RUN <<EOF
if [ -n "$A" ]; then # why
EOF
COPY <<-'TEXT' /x
	literal $X
	TEXT
CMD ["a", "b"]
HEALTHCHECK --interval=5s CMD curl
ONBUILD WORKDIR /w
EXPOSE 80
`;

/** Tokens as text, a line each: \`3 keyword FROM\`. */
function shown(text: string): string[] {
  const lines = text.split('\n');
  return tokens(text).map(({ line, startColumn, length, type }) => {
    const written = lines[line - 1]?.slice(startColumn - 1, startColumn - 1 + length) ?? '';
    expect(written.length, 'a token lies within its line').toBe(length);
    return `${line} ${type} ${written}`;
  });
}

describe('tokens', () => {
  const all = shown(DOCKERFILE);
  const onLine = (line: number): string[] =>
    all.filter((token) => token.startsWith(`${line} `)).map((token) => token.slice(`${line} `.length));

  it('tells parser directives from comments', () => {
    expect(onLine(1)).toEqual(['directive # syntax=docker/dockerfile:1']);
    expect(onLine(2)).toEqual(['comment # the compiler']);
    expect(onLine(5)).toEqual(['comment # in between']);
  });

  it('colours the base, AS and the name of a stage', () => {
    expect(onLine(3)).toEqual(['keyword FROM', 'string golang:', 'variable ${V:-1}', 'keyword AS', 'stage compiler']);
  });

  it('goes on over continuation lines', () => {
    expect(onLine(4)).toEqual(['keyword ENV', 'variable PATH', 'operator =', 'string /a:', 'variable $PATH']);
    expect(onLine(6)).toEqual(['variable B', 'operator =', 'string "two words"']);
  });

  it('colours flags, the stage they name, and paths', () => {
    expect(onLine(7)).toEqual([
      'keyword COPY',
      'flag --from',
      'operator =',
      'stage base',
      'flag --chown',
      'operator =',
      'string 1',
      'path a.txt',
      'path "/b c/"',
    ]);
  });

  it('colours shell text, in a line and in a heredoc', () => {
    expect(onLine(8)).toEqual([
      'keyword RUN',
      'command echo',
      'string "',
      'variable $HOME',
      'string "',
      "string 'x'",
      'operator &&',
    ]);
    expect(onLine(10)).toEqual(['keyword RUN', 'heredoc <<EOF']);
    expect(onLine(11)).toEqual([
      'control if',
      'command [',
      'string "',
      'variable $A',
      'string "',
      'operator ;',
      'control then',
      'comment # why',
    ]);
    expect(onLine(12)).toEqual(['heredoc EOF']);
  });

  it('tells programs, steering words, assignments and targets apart', () => {
    const of = (line: string): string[] =>
      shown(`FROM a\nRUN ${line}\n`).filter((token) => !/^1| (?:keyword|operator) /.test(token));
    expect(of('A=1 make -j2 > log; for f in *.c; do cc $f; done | tee out')).toEqual([
      '2 command make',
      '2 control for',
      '2 variable f',
      '2 control in',
      '2 control do',
      '2 command cc',
      '2 variable $f',
      '2 control done',
      '2 command tee',
    ]);
    expect(of('case "$(uname -m)" in x86_64) a=1 ;; *) exit 1 ;; esac')).toEqual([
      '2 control case',
      '2 string "$(uname -m)"',
      '2 control in',
      '2 command exit',
      '2 control esac',
    ]);
  });

  it('reads a script over its lines: strings, heredocs of its own, what COPY makes of it', () => {
    const script = 'echo "one\ntwo $X"\ncat <<IN > /x\nif data\nIN\nls';
    const tokensOf = (head: string): string[] =>
      shown(`FROM a\n${head}\n${script}\nEOF\n`).filter((token) => /^[3-9] /.test(token));
    expect(tokensOf('RUN <<EOF')).toEqual([
      '3 command echo',
      '3 string "one',
      '4 string two ',
      '4 variable $X',
      '4 string "',
      '5 command cat',
      '5 heredoc <<IN',
      '5 operator >',
      '6 heredoc if data',
      '7 heredoc IN',
      '8 command ls',
      '9 heredoc EOF',
    ]);
    expect(shown('FROM a\nCOPY <<EOF /x\n#!/bin/sh\nls\nEOF\n')).toContain('4 command ls');
    expect(shown('FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nls\nEOF\n')).toContain('4 heredoc ls');
  });

  it('leaves a quoted heredoc without variables', () => {
    expect(onLine(13)).toEqual(['keyword COPY', "heredoc <<-'TEXT'", 'path /x']);
    expect(onLine(14)).toEqual(['heredoc \tliteral $X']);
  });

  it('colours JSON, nested instructions, types and numbers', () => {
    expect(onLine(16)).toEqual(['keyword CMD', 'operator [', 'string "a"', 'operator ,', 'string "b"', 'operator ]']);
    expect(onLine(17).slice(-2)).toEqual(['keyword CMD', 'command curl']);
    expect(onLine(18)).toEqual(['keyword ONBUILD', 'keyword WORKDIR', 'path /w']);
    expect(onLine(19)).toEqual(['keyword EXPOSE', 'number 80']);
  });

  it('colours the text of a heredoc whose end is not written yet', () => {
    expect(shown('FROM a\nCOPY <<EOF /x\nFROM b').at(-1)).toBe('3 heredoc FROM b');
  });
});

describe('diagnose', () => {
  const found = (text: string, paths: readonly string[] = []): string[] =>
    diagnose(text, { contextPaths: paths })
      .filter(({ rule }) => rule === undefined || rule === 'NoEmptyContinuation')
      .map(({ severity, range, message }) => `${range.startLine}-${range.endLine} ${severity} ${message}`);

  it('finds nothing wrong with a sound file', () => {
    expect(found('ARG V\nFROM alpine:$V\nRUN true\n')).toEqual([]);
  });

  it('finds every mistake, not the first alone', () => {
    expect(found('FROM a\nFORM b\nCOPY x\nENV A\nRUN --nosuch true\nRUN a \\\n\n b\n')).toEqual([
      '2-2 error unknown instruction: FORM (did you mean FROM?)',
      '3-3 error COPY requires at least two arguments, but only one was provided. Destination could not be determined',
      '4-4 error ENV must have two arguments',
      '5-5 error unknown flag: nosuch',
      '7-7 warning Empty continuation line',
    ]);
  });

  it('says what a build would complain of while it expands', () => {
    expect(found('FROM a\nENV P=http S=SIGNO\nEXPOSE $P\nSTOPSIGNAL ${S}\nLABEL x="y\n')).toEqual([
      '3-3 error Invalid containerPort: http',
      '4-4 error invalid signal: SIGNO',
      '5-5 error failed to process "\\"y": unexpected end of statement while looking for matching double-quote',
    ]);
  });

  it('does not complain of what depends on values it does not know', () => {
    expect(found('FROM a\nARG P\nSTOPSIGNAL $P\nLABEL a=${P:?needed}\nENV Q=$P\nSTOPSIGNAL $Q\n')).toEqual([]);
  });

  it('knows the working directory where a stage or the image says it', () => {
    const mount = 'RUN --mount=target=. make\n';
    expect(found(`FROM unknown\n${mount}FROM unknown AS b\nWORKDIR /src\nFROM b\n${mount}`)).toEqual([]);
    expect(found(`FROM scratch\n${mount}`)).toEqual(['2-2 error invalid mount target "/"']);
  });

  it('complains of an expansion that fails whatever the value is', () => {
    expect(found('FROM a\nARG P\nLABEL a=${P:@}\n')).toEqual([
      '3-3 error failed to process "${P:@}": unsupported modifier (:@) in substitution',
    ]);
  });

  it('misses sources that are not in the context', () => {
    const text = 'FROM a\nCOPY src/ ./a.txt nope.txt *.md $X /\nCOPY a.txt gone /\nCOPY --from=b nope /\n';
    expect(found(text, ['a.txt', 'src/main.go'])).toEqual(['3-3 warning "/gone" is not in the build context']);
  });

  it('needs a FROM, and something at all', () => {
    expect(found('RUN x\n')).toEqual(['1-1 error no build stage in current context']);
    expect(found('')).toEqual(['1-1 error the Dockerfile cannot be empty']);
    expect(found('# only this\n')).toEqual(['1-1 error file with no instructions']);
  });
});

describe('ignored', () => {
  it('says for each path whether it is left out, and which line said so', () => {
    expect(ignored('# c\n*.log\n!keep.log\n', ['a.log', 'keep.log', 'x'])).toEqual([
      { path: 'a.log', ignored: true, line: 2 },
      { path: 'keep.log', ignored: false, line: 3 },
      { path: 'x', ignored: false },
    ]);
  });

  it('leaves nothing out by a malformed file', () => {
    expect(ignored('[x', ['x'])).toEqual([{ path: 'x', ignored: false }]);
  });
});

describe('outline', () => {
  it('has the stages with their instructions', () => {
    const stages = outline('ARG A\nFROM x AS Base\nRUN a \\\n b\nFROM base\n');
    expect(stages.map(({ name, label, range }) => [name, label, range.startLine, range.endLine])).toEqual([
      ['', '', 1, 1],
      ['base', 'FROM x AS Base', 2, 4],
      ['', 'FROM base', 5, 5],
    ]);
    expect(stages[1]?.instructions.map(({ label }) => label)).toEqual(['FROM x AS Base', 'RUN a  b']);
  });
});
