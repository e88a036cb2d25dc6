/** The engine as Node hosts it, for tools and tests: a store in memory, the bundled mirror read from disk. */
import { resolve } from 'node:path';
import type { Transport } from '../../base/ports.ts';
import type { EngineParts } from '../../engine/parts.ts';
import { registryProgram } from '../../engine/registry/registry-program.ts';
import { layoutRegistry } from '../../registry/layout-registry.ts';
import { createExecutor } from '../../shell/executor.ts';
import { openStore } from '../../store/index.ts';
import { createMemoryDatabase } from '../../store/memory.ts';
import { cryptoRandom } from '../random.ts';
import { createNodeClock } from './clock.ts';
import { packageCatalogue } from './package-catalogue.ts';
import { directoryTransport } from './directory-transport.ts';
import { segmentThreads } from './segment-threads.ts';

/** A name that leads nowhere else: requests to it are answered from `public/mirror`. */
const MIRROR_URL = 'http://mirror.invalid';
const MIRROR_DIRECTORY = resolve(import.meta.dirname, '../../../public/mirror');

/** The parts of an engine on a fresh memory store. What is not the mirror goes to `network` (refused by default). */
export function nodeEngineParts(network: Transport = refuse): EngineParts {
  const clock = createNodeClock();
  const random = cryptoRandom;
  const mirror = layoutRegistry(MIRROR_URL, directoryTransport(MIRROR_DIRECTORY));
  return {
    store: openStore({ database: createMemoryDatabase(), clock, random }),
    executor: createExecutor({
      clock,
      random,
      catalogue: packageCatalogue,
      transport: network,
      programs: [registryProgram],
    }),
    clock,
    random,
    packer: segmentThreads(clock),
    transport: (request) => (request.url.startsWith(MIRROR_URL) ? mirror(request) : network(request)),
    registryMirrors: [MIRROR_URL],
  };
}

const refuse: Transport = () => Promise.reject(new TypeError('no network'));
