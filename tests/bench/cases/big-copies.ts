import type { Benchmark, Prepared } from '../benchmark.ts';
import type { ContextFile } from '../../../worker/engine/model.ts';
import { benchEngine, file } from '../builds.ts';
import { dockerAnswers, dockerBuild, dockerCleanUp, dockerForget, writeContext } from '../docker.ts';

const DOCKERFILE = file('Dockerfile', 'FROM scratch\nCOPY data /data\n');
const FILES = 10_000;
const FILE_BYTES = 4096;
const BIG_BYTES = 256 << 20;

/** Bytes that do not compress to nothing and differ from file to file. */
function noise(length: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(length / 4));
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let i = 0; i < words.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[i] = state;
  }
  return new Uint8Array(words.buffer, 0, length);
}

async function copyOf(data: readonly ContextFile[], dataBytes: number): Promise<Prepared> {
  const files = [DOCKERFILE, ...data];
  let bench = benchEngine();
  const folder = dockerAnswers ? await writeContext(files) : '';
  return {
    dataBytes,
    beforeEach: async () => {
      bench = benchEngine();
    },
    strata: () => bench.build(files),
    ...(dockerAnswers ? { dockerBeforeEach: dockerForget, docker: () => dockerBuild(folder) } : {}),
    cleanUp: () => (dockerAnswers ? dockerCleanUp(folder) : Promise.resolve()),
  };
}

export const manyFiles: Benchmark = {
  name: 'COPY of 10,000 files of 4 KB',
  goal: 'faster than docker build; memory under 1.5 x the data',
  prepare: () => {
    const data = Array.from({ length: FILES }, (_, i) =>
      file(`data/${i % 100}/${i}.bin`, new Blob([noise(FILE_BYTES, i)])),
    );
    return copyOf(data, FILES * FILE_BYTES);
  },
};

export const bigFile: Benchmark = {
  name: 'COPY of one file of 256 MB',
  goal: 'faster than docker build; under 200 MB of memory',
  prepare: () => copyOf([file('data/big.bin', new Blob([noise(BIG_BYTES, 1)]))], BIG_BYTES),
};
