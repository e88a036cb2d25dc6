import { describe, expect, it } from 'vitest';
import type { BuildOutline, OutlinedStep } from '../../../worker/api/types.ts';
import { outlineBuild } from '../../../worker/engine/build-outline.ts';
import { movedStages, movedText, moveWarning, rebuiltCount, whatIf, type Move } from './what-if.ts';

const TEXT = `FROM golang AS build
WORKDIR /src
COPY . .
# the dependencies
RUN go mod download
RUN go build
FROM alpine
COPY --from=build /src/app /app
COPY motd /etc/motd
`;
const file = (path: string) => ({ path, kind: 'file' as const, content: '', mode: 0o644, mtimeMs: 0 });
const outline: BuildOutline = outlineBuild(TEXT, [file('go.mod'), file('main.go'), file('motd')]);

const runs = (changed: string, move?: Move): string[] =>
  whatIf(movedStages(outline, move), changed).flatMap(({ lines }) =>
    lines.filter(({ rebuilt }) => rebuilt).map(({ step }) => step.instruction),
  );

describe('what a change would rebuild', () => {
  it('is what copies the file, all after it, and what takes files from a stage that changed', () => {
    expect(runs('main.go')).toEqual([
      'COPY . .',
      'RUN go mod download',
      'RUN go build',
      'COPY --from=build /src/app /app',
      'COPY motd /etc/motd',
    ]);
  });

  it('is less when what does not need the file stands above the copy', () => {
    const moved = whatIf(movedStages(outline, { stage: 0, from: 1, to: 3 }), 'main.go');
    expect(rebuiltCount(moved)).toBe(4);
    expect(moved[0]!.lines.map(({ rebuilt }) => rebuilt)).toEqual([false, false, true, true]);
  });

  it('is nothing for a file that no step reads', () => {
    expect(runs('other.txt')).toEqual([]);
  });
});

describe('moving an instruction', () => {
  it('takes the comment above it along, down and up', () => {
    const down = movedText(TEXT, outline, { stage: 0, from: 1, to: 3 });
    expect(down.split('\n').slice(1, 6)).toEqual([
      'WORKDIR /src',
      '# the dependencies',
      'RUN go mod download',
      'COPY . .',
      'RUN go build',
    ]);
    const up = movedText(TEXT, outline, { stage: 0, from: 2, to: 1 });
    expect(up).toBe(down);
  });

  it('to the end of a stage stays in the stage', () => {
    const lines = movedText(TEXT, outline, { stage: 0, from: 1, to: 4 }).split('\n');
    expect(lines.slice(4, 7)).toEqual(['RUN go build', 'COPY . .', 'FROM alpine']);
  });

  it('warns where a setting is passed', () => {
    expect(moveWarning(outline.stages[0]!, { stage: 0, from: 1, to: 0 })).toContain('WORKDIR');
    expect(moveWarning(outline.stages[0]!, { stage: 0, from: 0, to: 2 })).toContain('COPY');
  });
});

describe('the outline', () => {
  const reads = (text: string, ...paths: string[]): readonly OutlinedStep['reads'][] =>
    outlineBuild(text, paths.map(file)).stages.flatMap(({ steps }) => steps.map((step) => step.reads));

  it('knows what each instruction reads: wildcards, folders, mounts, what .dockerignore and --exclude leave out', () => {
    expect(reads('FROM a\nCOPY *.txt /\nCOPY d /d', 'a.txt', 'b.md', 'd/x')).toEqual([['a.txt'], ['d/x']]);
    expect(reads('FROM a\nRUN --mount=type=bind,source=d,target=/d ls\nRUN ls', 'a.txt', 'd/x')).toEqual([['d/x'], []]);
    expect(reads('FROM a\nCOPY --exclude=*.md . /', 'a.txt', 'b.md')).toEqual([['a.txt']]);
    const rules = { ...file('.dockerignore'), content: '*.md\n' };
    expect(outlineBuild('FROM a\nCOPY . /', [rules, file('b.md'), file('c')]).files).toEqual(['.dockerignore', 'c']);
  });

  it('takes a source that a build argument decides for any file', () => {
    expect(reads('FROM a\nARG F\nCOPY $F /', 'x', 'y')).toEqual([[], ['x', 'y']]);
  });

  it('tells stages that the last one does not need', () => {
    const { stages } = outlineBuild('FROM a AS x\nFROM a AS y\nFROM x\nCOPY --from=0 /a /a', []);
    expect(stages.map(({ used }) => used)).toEqual([true, false, true]);
    expect(stages[2]).toMatchObject({ baseStage: 0, steps: [{ fromStages: [0] }] });
  });
});
