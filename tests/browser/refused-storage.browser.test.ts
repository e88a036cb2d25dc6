/** A browser that stores nothing for this page, as in some private windows: the engine works, and says what it cannot keep. */
import { afterEach, expect, it, vi } from 'vitest';
import { createJob } from '../../worker/base/job.ts';
import { SILENT } from '../../worker/base/progress.ts';
import { openBrowserEngine } from '../../worker/host/browser-engine.ts';
import { createBrowserClock } from '../../worker/host/clock.ts';

afterEach(() => vi.unstubAllGlobals());

const clock = createBrowserClock();

function refusing(name: string): { open: () => never } {
  return {
    open() {
      throw new DOMException('The operation is insecure.', name);
    },
  };
}

it.each(['SecurityError', 'InvalidStateError', 'UnknownError'])('builds in memory after a %s', async (name) => {
  vi.stubGlobal('indexedDB', refusing(name));
  const engine = await openBrowserEngine(clock, []);
  const files = [
    { path: 'Dockerfile', kind: 'file', content: 'FROM scratch\nCOPY a /\n', mode: 0o644, mtimeMs: 0 },
    { path: 'a', kind: 'file', content: 'kept while the tab is open', mode: 0o644, mtimeMs: 0 },
  ] as const;
  const result = await engine.build(files, {}, createJob('refused', new AbortController().signal, clock), SILENT);
  expect(result.ok).toBe(true);
  expect(await engine.images()).toHaveLength(1);
  expect(await engine.storage()).toMatchObject({ lasting: false, images: 1 });
});

it('keeps all where the browser allows it', async () => {
  const engine = await openBrowserEngine(clock, []);
  expect(await engine.storage()).toMatchObject({ lasting: true });
});

it('does not go its own way when another tab stands in the way', async () => {
  vi.stubGlobal('indexedDB', refusing('VersionError'));
  await expect(openBrowserEngine(clock, [])).rejects.toMatchObject({ code: 'storage', data: { why: 'outdated' } });
});
