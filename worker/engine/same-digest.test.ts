import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../tests/cli/terminal.ts';
import { createUnstoppableJob } from '../base/job.ts';
import type { Clock } from '../base/ports.ts';
import { SILENT } from '../base/progress.ts';
import { nodeEngineParts } from '../host/node/node-engine.ts';
import { createEngine, type Engine } from './engine.ts';
import type { BuildOptions, ContextFile } from './model.ts';

const DOCKERFILE = `FROM busybox AS tools
WORKDIR /tools
RUN date > date && echo $RANDOM$RANDOM > random && head -c 40 /dev/urandom | sha256sum > urandom
RUN touch a; sleep 0.01; touch b; mktemp -d /tmp/made.XXXXXX; ls -l --full-time > listing

FROM alpine
RUN apk add --no-cache jq
COPY . /src/
COPY --from=tools /tools /tools/
COPY <<EOF /etc/note
made here
EOF
LABEL a=b
`;

/** An engine somewhere else: another clock, other files' times. */
function openEngine(daysAhead: number) {
  const parts = nodeEngineParts();
  const clock: Clock = { ...parts.clock, nowMs: () => parts.clock.nowMs() + daysAhead * 86_400_000 };
  return { engine: createEngine({ ...parts, clock }), clock };
}

function project(mtimeMs: number, reversed = false): ContextFile[] {
  const text = (path: string, content: string): ContextFile => ({ path, kind: 'file', content, mode: 0o644, mtimeMs });
  const files = [text('Dockerfile', DOCKERFILE), text('d/e/f', '1\n'), text('g', '2\n')];
  return reversed ? files.reverse() : files;
}

async function digestOf(engine: Engine, clock: Clock, files: ContextFile[], options: BuildOptions = {}) {
  const result = await engine.build(files, options, createUnstoppableJob('test', clock), SILENT);
  if (!result.ok) throw new Error(result.error.message);
  return result.image.id;
}

describe('the same project', () => {
  it('makes the same image on every machine, at any time, with and without a cache', async () => {
    const here = openEngine(0);
    const there = openEngine(400);
    const digest = await digestOf(here.engine, here.clock, project(Date.now()));
    expect(await digestOf(there.engine, there.clock, project(0, true))).toBe(digest);
    expect(await digestOf(here.engine, here.clock, project(1_700_000_000_000))).toBe(digest);
    expect(await digestOf(there.engine, there.clock, project(1), { noCache: true })).toBe(digest);
  });

  it('makes the same image in the terminal', async () => {
    const { say } = await openTestTerminal({ busybox: true });
    const lines = DOCKERFILE.replace('FROM alpine\nRUN apk add --no-cache jq', 'FROM busybox');
    const files = project(5).map((file) => (file.path === 'Dockerfile' ? { ...file, content: lines } : file));
    const { engine, clock } = openEngine(3);
    const digest = await digestOf(engine, clock, files);
    await say('mkdir -p p/d/e && cd p && echo 1 > d/e/f && echo 2 > g');
    await say(`cat > Dockerfile <<'END'\n${lines}END`);
    expect(await say('docker build -q .')).toBe(`${digest}\n`);
  });

  it('has times of its own in the image, and is told to be as old as it is', async () => {
    const { engine, clock } = openEngine(0);
    const id = await digestOf(engine, clock, project(0));
    const toldNow = (ms: number): boolean => Math.abs(ms - clock.nowMs()) < 60_000;
    expect(toldNow(Date.parse(String((await engine.docker.images.inspect(id)).Created)))).toBe(true);
    const history = await engine.docker.images.history(id);
    expect(history.slice(0, 5).map(({ Created }) => toldNow(Created * 1000))).toEqual([true, true, true, true, true]);
    const { bytes } = await engine.readFile({ kind: 'image', id }, '/tools/date');
    expect(new TextDecoder().decode(bytes)).toMatch(/^Thu Jan {2}1 00:00:0\d UTC 2026\n$/);
  });

  it('has the time it was told', async () => {
    const { engine, clock } = openEngine(0);
    const id = await digestOf(engine, clock, project(0), { buildArgs: { SOURCE_DATE_EPOCH: '1600000000' } });
    expect((await engine.docker.images.inspect(id)).Created).toBe('2020-09-13T12:26:40Z');
    const rows = await engine.tree({ kind: 'image', id });
    const own = rows.filter(({ path }) => /^\/(?:src|tools|etc\/note)/.test(path));
    expect(own.length).toBeGreaterThan(5);
    for (const { mtimeMs } of own) expect(mtimeMs).toBeLessThanOrEqual(1_600_000_000_000);
  });
});
