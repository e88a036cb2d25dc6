/** Push and pull of one layer of 256 MB on loopback, beside `skopeo copy` of the same image to and from the same registry. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { registryMissing, startDockerRegistry, type RunningRegistry } from '../../interop/docker-registry.ts';
import { skopeoMissing } from '../../interop/peers.ts';
import { createEngine, type Engine } from '../../../worker/engine/engine.ts';
import { createUnstoppableJob, type Job } from '../../../worker/base/job.ts';
import { SILENT } from '../../../worker/base/progress.ts';
import { createNodeClock } from '../../../worker/host/node/clock.ts';
import { nodeEngineParts } from '../../../worker/host/node/node-engine.ts';
import type { Benchmark, Prepared } from '../benchmark.ts';
import { file } from '../builds.ts';

const execute = promisify(execFile);
const BIG_BYTES = 256 << 20;
const NAME = 'bench:latest';
const GOAL = 'within 3 x skopeo copy; constant memory';

const benchJob = (): Job => createUnstoppableJob('bench', createNodeClock());

/** Half noise, half text: what gzip meets in real layers. */
function halfNoise(length: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(length / 4);
  let state = 1;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = (i >>> 10) % 2 === 0 ? state : 0x6f6f6f6f + (i % 97);
  }
  return new Uint8Array(words.buffer);
}

async function engineWithImage(): Promise<Engine> {
  const engine = createEngine(nodeEngineParts(fetch));
  const files = [file('Dockerfile', 'FROM scratch\nCOPY big /\n'), file('big', new Blob([halfNoise(BIG_BYTES)]))];
  const built = await engine.build(files, { tags: [NAME] }, benchJob(), SILENT);
  if (!built.ok) throw new Error(built.error.message);
  return engine;
}

const missing = registryMissing ?? skopeoMissing;

export const pushLayer: Benchmark = {
  name: 'push of a layer of 256 MB',
  goal: GOAL,
  prepare: async (): Promise<Prepared> => {
    if (missing !== undefined) throw new Error(missing);
    const folder = await mkdtemp(join(tmpdir(), 'strata-bench-'));
    const archive = `docker-archive:${join(folder, 'image.tar')}`;
    let engine = await engineWithImage();
    await writeFile(join(folder, 'image.tar'), (await engine.save(NAME, benchJob())).stream());
    let registry: RunningRegistry | undefined;
    // an empty registry each time: both sides remember what they compressed for one
    const restart = async (): Promise<void> => {
      await registry?.stop();
      registry = await startDockerRegistry();
    };
    return {
      dataBytes: BIG_BYTES,
      beside: 'skopeo',
      beforeEach: async () => {
        await restart();
        engine = await engineWithImage();
      },
      strata: async () => {
        await engine.push({ image: NAME, reference: `${registry!.domain}/push/ours:1` }, benchJob(), SILENT);
      },
      dockerBeforeEach: restart,
      docker: async () => {
        const target = `docker://${registry!.domain}/push/theirs:1`;
        await execute('skopeo', ['copy', '-q', '--dest-tls-verify=false', archive, target]);
      },
      cleanUp: async () => {
        await registry?.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};

export const pullLayer: Benchmark = {
  name: 'pull of a layer of 256 MB',
  goal: GOAL,
  prepare: async (): Promise<Prepared> => {
    if (missing !== undefined) throw new Error(missing);
    const folder = await mkdtemp(join(tmpdir(), 'strata-bench-'));
    const registry = await startDockerRegistry();
    const engine = await engineWithImage();
    const reference = `${registry.domain}/pull/image:1`;
    await engine.push({ image: NAME, reference }, benchJob(), SILENT);
    let run = 0;
    return {
      dataBytes: BIG_BYTES,
      beside: 'skopeo',
      strata: async () => {
        await createEngine(nodeEngineParts(fetch)).pull(reference, benchJob(), SILENT);
      },
      // into an archive: skopeo then checks and decompresses the layer, as we do
      docker: async () => {
        const target = `docker-archive:${join(folder, `pulled${run++}.tar`)}`;
        await execute('skopeo', ['copy', '-q', '--src-tls-verify=false', `docker://${reference}`, target]);
      },
      cleanUp: async () => {
        await registry.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
