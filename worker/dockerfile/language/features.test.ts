import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../base/source.ts';
import type { KnownImages } from '../analysis/known-images.ts';
import { parseDockerfile } from '../parser.ts';
import { complete, definitions, folds, format, hover, references, rename, renameable, signature } from './index.ts';
import type { Position } from './cursor.ts';

const IMAGES: KnownImages = {
  repositories: [
    { name: 'alpine', tags: ['latest', '3.20'] },
    { name: 'debian', tags: ['bookworm'] },
  ],
  configs: {
    'alpine:3.20': {
      environment: ['PATH=/bin'],
      platform: { os: 'linux', architecture: 'amd64' },
      user: '',
      workingDir: '/',
    },
  },
};
const CONTEXT = { contextPaths: ['main.go', 'src/a.c', 'src/lib/b.c', 'README.md'], images: IMAGES };

/** A text with `|` where the cursor is. */
function marked(text: string): { text: string; at: Position } {
  const before = text.slice(0, text.indexOf('|'));
  const lines = before.split('\n');
  return { text: text.replace('|', ''), at: { line: lines.length, column: (lines.at(-1) ?? '').length + 1 } };
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  return [...edits]
    .sort((a, b) => offset(b.range.startLine, b.range.startColumn) - offset(a.range.startLine, a.range.startColumn))
    .reduce(
      (current, { range, text: put }) =>
        current.slice(0, offset(range.startLine, range.startColumn)) +
        put +
        current.slice(offset(range.endLine, range.endColumn)),
      text,
    );
}

/** The text after a completion is taken. */
function taken(markedText: string, label: string): string | undefined {
  const { text, at } = marked(markedText);
  const choice = complete(text, at, CONTEXT).find((each) => each.label === label);
  return choice === undefined ? undefined : applied(text, [{ range: choice.range, text: choice.insert }]);
}

function labels(markedText: string): string[] {
  const { text, at } = marked(markedText);
  return complete(text, at, CONTEXT).map(({ label }) => label);
}

describe('completion', () => {
  it('offers FROM and ARG first, and every directive in a stage', () => {
    expect(labels('|')).toEqual(['ARG', 'FROM']);
    expect(labels('FROM a\nEN|')).toContain('ENTRYPOINT');
    expect(labels('FROM a\nEN|')).toHaveLength(18);
    expect(labels('FROM a\nONBUILD |')).not.toContain('FROM');
  });

  it('writes keywords in the case of the file', () => {
    expect(taken('from a\nrun x\nen|', 'env')).toBe('from a\nrun x\nenv ');
    expect(taken('FROM a\nen|', 'ENV')).toBe('FROM a\nENV ');
  });

  it('offers stages above, images and their tags in FROM', () => {
    expect(labels('FROM alpine AS base\nFROM alpine AS tools\nFROM |')).toEqual([
      'tools',
      'base',
      'alpine',
      'debian',
      'scratch',
    ]);
    expect(taken('FROM alpine:|', 'alpine:3.20')).toBe('FROM alpine:3.20');
    expect(labels('FROM alpine |')).toEqual(['AS']);
  });

  it('offers the flags that are left, and their values', () => {
    expect(labels('FROM a AS b\nFROM c\nCOPY --from=b --|')).toEqual([
      '--chown=user[:group]',
      '--chmod=mode',
      '--link',
      '--exclude=pattern',
      '--parents',
    ]);
    expect(labels('FROM a AS b\nFROM c\nCOPY --from=|')).toEqual(['b', 'alpine', 'debian']);
    expect(labels('FROM a\nRUN --network=|')).toEqual(['default', 'none', 'host']);
    expect(taken('FROM a\nRUN --mo|', '--mount=type=type,option=value,...')).toBe('FROM a\nRUN --mount=');
  });

  it('offers the options of a mount by its type', () => {
    expect(labels('FROM a\nRUN --mount=type=|')).toEqual(['bind', 'cache', 'tmpfs', 'secret', 'ssh']);
    expect(labels('FROM a\nRUN --mount=type=tmpfs,target=/x,|')).toEqual(['size=']);
    expect(labels('FROM a\nRUN --mount=type=cache,sharing=|')).toEqual(['shared', 'private', 'locked']);
    expect(taken('FROM a\nRUN --mount=type=cache,ta|', 'target=')).toBe('FROM a\nRUN --mount=type=cache,target=');
  });

  it('offers variables in force behind $, the nearest first, also in a heredoc', () => {
    expect(labels('ARG G\nFROM alpine:3.20\nARG A=1\nENV B=2\nCOPY $| /')).toEqual(['B', 'A', 'PATH']);
    expect(taken('FROM a\nARG VERSION=1\nCOPY ${VE| /', 'VERSION')).toBe('FROM a\nARG VERSION=1\nCOPY ${VERSION} /');
    expect(labels('FROM a\nENV B=2\nRUN <<EOF\necho $|\nEOF\n')).toContain('B');
    expect(labels('ARG TAG\nFROM alpine:$|')).toContain('TAG');
  });

  it('offers what the context holds, a folder at a time', () => {
    expect(labels('FROM a\nCOPY |')).toEqual(['main.go', 'src/', 'README.md']);
    expect(labels('FROM a\nCOPY main.go src/|')).toEqual(['src/a.c', 'src/lib/']);
    expect(taken('FROM a\nCOPY ["./s|', './src/')).toBe('FROM a\nCOPY ["./src/');
    expect(labels('FROM a AS b\nFROM c\nCOPY --from=b |')).toEqual([]);
  });

  it('offers what a directive takes', () => {
    expect(labels('FROM a\nHEALTHCHECK --interval=5s |')).toEqual(['CMD', 'NONE']);
    expect(labels('FROM a\nSTOPSIGNAL SIG|')).toContain('SIGINT');
    expect(labels('ARG MINE\nFROM a\nARG |')).toEqual(expect.arrayContaining(['MINE', 'TARGETARCH']));
    expect(taken('FROM a\nLABEL org|', 'org.opencontainers.image.source')).toBe(
      'FROM a\nLABEL org.opencontainers.image.source=""',
    );
  });

  it('offers parser directives and the checks to skip in comments', () => {
    expect(labels('# |')).toEqual(['syntax', 'escape', 'check']);
    expect(taken('# check=skip=JSON|', 'JSONArgsRecommended')).toBe('# check=skip=JSONArgsRecommended');
    expect(labels('FROM a\n# check=skip=A,|\nRUN x')).toContain('PackageCacheInLayer');
    expect(labels('FROM a\n# some words |\n')).toEqual([]);
  });

  it('goes on over continued lines, and keeps out of heredocs', () => {
    expect(labels('FROM a\nCOPY \\\n  # c\n  --|')).toContain('--link');
    expect(labels('FROM a\nRUN <<EOF\nCO|\nEOF\n')).toEqual([]);
  });
});

describe('hover', () => {
  const docs = (markedText: string): string => {
    const { text, at } = marked(markedText);
    return hover(text, at, { ...CONTEXT, contextBytes: [1200, 30, 4, 5], dockerignore: 'README.md' })?.docs ?? '';
  };

  it('tells of directives and flags', () => {
    expect(docs('FR|OM a\n')).toContain('Begins a build stage');
    expect(docs('FROM a\nCOPY --li|nk x /\n')).toContain('does not depend on what is below');
  });

  it('tells what a variable stands for, and who set it', () => {
    expect(docs('FROM a\nARG V=1\nENV W=$V.2\nCOPY $W| /\n')).toBe(
      '**W** is `1.2` unless the build is given another value (ENV, line 3)',
    );
    expect(docs('FROM alpine:3.20\nENV A=x\nWORKDIR /${A:-|y}\n')).toBe(
      '**A** is `x` (ENV, line 2)\n\n`${A:-y}` is `x`',
    );
    expect(docs('FROM alpine:3.20\nCOPY $NO|THING /\n')).toBe('`NOTHING` is not declared here: it is empty.');
    expect(docs('ARG T|AG=3\nFROM a:$TAG\n')).toContain('is `3` unless');
    expect(docs('FROM a\nRUN echo $HO|ME\n')).toBe('');
  });

  it('tells which files a source takes, and how large they are', () => {
    const source = '2 files of the build context, 34 B\n\n- `src/a.c` 30 B\n- `src/lib/b.c` 4 B';
    expect(docs('FROM a\nCOPY s|rc /x/\n')).toBe(source);
    expect(docs('FROM a\nCOPY ["s|rc", "/x/"]\n')).toBe(source);
    expect(docs('FROM a\nCOPY --chown=1 *.|go /x/\n')).toBe(
      '1 file of the build context, 1.2 kB\n\n- `main.go` 1.2 kB',
    );
    expect(docs('FROM a\nCOPY |. /x/\n')).toContain('`.dockerignore` keeps 1 file out.');
    expect(docs('FROM a\nCOPY no|ne /x/\n')).toBe('`none` matches no file of the build context.');
    expect(docs('FROM a\nCOPY src /x|/\n')).toBe('');
    expect(docs('FROM a AS b\nFROM a\nCOPY --from=b s|rc /x\n')).toBe('');
  });

  it('tells of stages and images', () => {
    expect(docs('FROM alpine AS base\nRUN x\nFROM b\nCOPY --from=ba|se x /\n')).toBe(
      'Stage 0 **base** on `alpine`, line 1: 1 instructions.',
    );
    expect(docs('ARG V=3.20\nFROM alp|ine:${V}\n')).toContain('Image **alpine:3.20** for `linux/amd64`');
    expect(docs('FROM scr|atch\n')).toContain('The empty image');
  });

  it('tells of checks that a comment skips', () => {
    expect(docs('FROM a\n# check=skip=Late|stTag\nRUN x\n')).toContain('should be named with the tag of a version');
  });
});

describe('names', () => {
  const at = (markedText: string) => marked(markedText);

  it('a stage is found where it begins, by name and by number', () => {
    const first = at('FROM a AS base\nFROM b\nCOPY --from=ba|se x /\n');
    expect(definitions(first.text, first.at)).toEqual([{ startLine: 1, endLine: 1, startColumn: 11, endColumn: 15 }]);
    const number = at('FROM a\nFROM b\nCOPY --from=0| x /\n');
    expect(definitions(number.text, number.at)).toEqual([{ startLine: 1, endLine: 1, startColumn: 1, endColumn: 7 }]);
  });

  it('a stage is renamed wherever it is named, and nowhere else', () => {
    const { text, at: place } = at(
      'FROM base AS ba|se\nFROM Base AS x\nRUN --mount=type=bind,from=base,target=/y echo base\nCOPY --from=base base /\n',
    );
    expect(applied(text, rename(text, place, 'tools'))).toBe(
      'FROM base AS tools\nFROM tools AS x\nRUN --mount=type=bind,from=tools,target=/y echo base\nCOPY --from=tools base /\n',
    );
  });

  it('a stage is renamed where an instruction is not finished, and in a mount', () => {
    const { text, at: place } = at('FROM a AS one\nFROM b\nRUN --mount=from=one,target=/x true\nCOPY --from=on|e');
    expect(applied(text, rename(text, place, 'two'))).toBe(
      'FROM a AS two\nFROM b\nRUN --mount=from=two,target=/x true\nCOPY --from=two',
    );
  });

  it('an ARG is renamed in all that it reaches', () => {
    const { text, at: place } = at(
      'FROM a AS one\nARG V|=1\nENV W=${V}x P=$V\nRUN echo "$V" \\$V\nFROM b\nARG V=2\nRUN echo $V\n',
    );
    expect(references(text, place)).toHaveLength(4);
    expect(applied(text, rename(text, place, 'VERSION'))).toBe(
      'FROM a AS one\nARG VERSION=1\nENV W=${VERSION}x P=$VERSION\nRUN echo "$VERSION" \\$V\nFROM b\nARG V=2\nRUN echo $V\n',
    );
    const global = at('ARG V=1\nFROM a:$V|\nARG V\nLABEL V=x\n');
    expect(applied(global.text, rename(global.text, global.at, 'TAG'))).toBe(
      'ARG TAG=1\nFROM a:$TAG\nARG TAG\nLABEL V=x\n',
    );
  });

  it('a name that is none, or is taken, is refused', () => {
    const { text, at: place } = at('FROM a AS on|e\nFROM b AS two\n');
    expect(() => rename(text, place, '1')).toThrow('no name of a stage');
    expect(() => rename(text, place, 'Two')).toThrow('There is a stage "Two" already.');
    expect(renameable(text, place)?.name).toBe('one');
    expect(renameable('FROM a\n', { line: 1, column: 6 })).toBeUndefined();
  });
});

describe('signature help', () => {
  const shown = (markedText: string): string | undefined => {
    const { text, at } = marked(markedText);
    const help = signature(text, at);
    const form = help?.signatures[help.activeSignature];
    const part = form?.parts[help?.activePart ?? 0];
    return part === undefined ? undefined : `${form?.label.slice(0, part[0])}«${form?.label.slice(...part)}»`;
  };

  it('shows the form that is written, and its next part', () => {
    expect(shown('FROM a\nCOPY --|')).toBe('COPY «[options]»');
    expect(shown('FROM a\nCOPY --link x |')).toBe('COPY [options] source «...»');
    expect(shown('FROM a\nCOPY [|')).toBe('COPY [options] «["source", ..., "destination"]»');
    expect(shown('FROM |')).toBe('FROM [--platform=platform] «image[:tag]»');
    expect(shown('FROM a\nCO|')).toBeUndefined();
  });
});

describe('folding', () => {
  it('folds stages, instructions, heredocs and comments', () => {
    const text = '# a\n# b\n\nFROM x\nRUN a \\\n  b\n\n# of y\n# so\nFROM y\nRUN <<E\nz\nE\n\n';
    expect(folds(text)).toEqual([
      { startLine: 1, endLine: 2, kind: 'comment' },
      { startLine: 4, endLine: 6, kind: 'stage' },
      { startLine: 5, endLine: 6, kind: 'instruction' },
      { startLine: 8, endLine: 9, kind: 'comment' },
      { startLine: 10, endLine: 13, kind: 'stage' },
      { startLine: 11, endLine: 13, kind: 'instruction' },
    ]);
  });
});

describe('formatting', () => {
  const formatted = (text: string): string => applied(text, format(text));

  it('mends case, blanks and indents', () => {
    expect(
      formatted(
        '\n\n from a as b  \nrun x \\ \ny && \\\n# c\nz\n\n\n\nonbuild copy <<E /\n  kept  \nE\nenv A="b \\\n c" \\\nD=e',
      ),
    ).toBe(
      'FROM a AS b\nRUN x \\\n    y && \\\n# c\n    z\n\nONBUILD COPY <<E /\n  kept  \nE\nENV A="b \\\n c" \\\n    D=e\n'.replace(
        '\n# c',
        '\n    # c',
      ),
    );
  });

  it('leaves what cannot be parsed', () => {
    expect(format('from a\nenv x\n')).toEqual([]);
  });

  it('changes nothing that a build sees but blanks, and is done at once', () => {
    const line = fc.constantFrom(
      'FROM a as b',
      ' run x \\',
      'y "a \\',
      'b"',
      'env A=b\\',
      'c',
      '',
      '# c  ',
      'COPY <<E /x',
      '  text  ',
      'E',
      'run  [ "a" ]',
      '\t&& z',
    );
    const meaning = (text: string): unknown =>
      parseDockerfile(text).ast.instructions.map(({ name, args, flags, heredocs }) => [
        name,
        args.map((arg) => arg.replace(/\s+/g, ' ').replace(/^as$/, 'AS')),
        flags,
        heredocs,
      ]);
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        const once = formatted(text);
        expect(meaning(once)).toEqual(meaning(text));
        expect(format(once)).toEqual([]);
      }),
      { numRuns: 400, seed: 1 },
    );
  });
});
