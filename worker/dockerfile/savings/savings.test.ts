import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../web/state/text-edits.ts';
import { savingOf, type WasteFacts } from './savings.ts';

const facts = (more: Partial<WasteFacts>): WasteFacts => ({
  kind: 'deleted',
  causeLine: 3,
  makerLines: [2],
  inBase: false,
  paths: ['/var/lib/apt/lists/x'],
  ...more,
});
/** The Dockerfile after the fix; undefined where none is offered. */
function saved(text: string, waste: Partial<WasteFacts>): string | undefined {
  const { fix } = savingOf(text, facts(waste));
  return fix === undefined ? undefined : applyEdits(text, fix.edits);
}
const LISTS = '/var/lib/apt/lists';

describe('what was deleted later', () => {
  it('is deleted by the RUN that made it', () => {
    const text = `FROM a\nRUN apt-get update && apt-get install -y x\n# tidy\nRUN rm -rf ${LISTS}/*\n`;
    expect(saved(text, { causeLine: 4 })).toBe(
      `FROM a\nRUN apt-get update \\\n    && apt-get install -y x \\\n    && rm -rf ${LISTS}/*\n`,
    );
  });

  it('is taken out of a RUN that does more', () => {
    const text = `FROM a\nRUN make\nCOPY x /x\nRUN touch y && rm -rf /build\n`;
    expect(saved(text, { causeLine: 4, paths: ['/build/o'] })).toBe(
      'FROM a\nRUN make \\\n    && rm -rf /build\nCOPY x /x\nRUN touch y\n',
    );
  });

  it('stays where a RUN between may need it: all become one RUN instead', () => {
    const text = `FROM a\nRUN apt-get update\nRUN apt-get install -y x\nRUN rm -rf ${LISTS}/*\n`;
    expect(saved(text, { causeLine: 4 })).toBe(
      `FROM a\nRUN apt-get update \\\n    && apt-get install -y x \\\n    && rm -rf ${LISTS}/*\n`,
    );
  });

  it.each([
    ['a RUN between that may need it, behind a COPY', 'FROM a\nRUN make\nCOPY x /\nRUN use\nRUN rm -rf /build\n', 5],
    ['another stage', 'FROM a AS x\nRUN make\nFROM x\nRUN rm -rf /build\n', 4],
    ['a directory that is left', 'FROM a\nRUN cd /tmp && make\nRUN rm -rf /build\n', 3],
    ['another user', 'FROM a\nRUN make\nUSER web\nRUN rm -rf /build\n', 4],
    ['a pipe', 'FROM a\nRUN make | tee log\nRUN rm -rf /build\n', 3],
    ['a loop', 'FROM a\nRUN for x in 1 2; do make; done\nRUN rm -rf /build\n', 3],
    ['the exec form', 'FROM a\nRUN ["make"]\nRUN rm -rf /build\n', 3],
    ['a COPY that brought it', 'FROM a\nCOPY build /build\nRUN rm -rf /build\n', 3],
  ])('is left alone for %s', (_, text, causeLine) => {
    expect(saved(text, { causeLine, paths: ['/build/o'] })).toBeUndefined();
    expect(savingOf(text, facts({ causeLine })).advice).not.toBe('');
  });
});

describe('what was copied again for its metadata', () => {
  const metadata = { kind: 'metadata' as const, paths: ['/app/f'] };

  it('gets its owner while it is copied', () => {
    const text = 'FROM a\nCOPY . /app\nRUN chown -R 7:7 /app\n';
    expect(saved(text, { ...metadata, owner: '7:7' })).toBe('FROM a\nCOPY --chown=7:7 . /app\n');
  });

  it('leaves the directory that WORKDIR made to chown, and says a user made later in numbers', () => {
    const text = 'FROM a\nWORKDIR /app\nCOPY . .\nRUN adduser web && chown -R web:web /app\n';
    expect(saved(text, { ...metadata, causeLine: 4, makerLines: [3], owner: '1000:1000' })).toBe(
      'FROM a\nWORKDIR /app\nCOPY --chown=1000:1000 . .\nRUN adduser web \\\n    && chown web:web /app\n',
    );
  });

  it('gets its mode while it is copied, in octal', () => {
    const text = 'FROM a\nCOPY run.sh /run.sh\nRUN chmod +x /run.sh\n';
    expect(saved(text, { ...metadata, paths: ['/run.sh'], mode: 0o755 })).toBe(
      'FROM a\nCOPY --chmod=755 run.sh /run.sh\n',
    );
  });

  it('is left alone where only a part of the copy was changed', () => {
    const text = 'FROM a\nCOPY . /app\nRUN chown -R 7:7 /app/data\n';
    expect(saved(text, { ...metadata, paths: ['/app/data/f', '/app/data/g'], owner: '7:7' })).toBeUndefined();
  });
});

it('nothing is offered for what the base image holds, and for a line that is gone', () => {
  const text = 'FROM a\nRUN make\nRUN rm -rf /build\n';
  expect(saved(text, { inBase: true, paths: ['/build/o'] })).toBeUndefined();
  expect(saved(text, { causeLine: 9 })).toBeUndefined();
});
