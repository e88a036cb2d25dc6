/** The engine as the browser hosts it: IndexedDB below, fetch outside. */
import type { Clock } from '../base/ports.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { createExecutor } from '../shell/executor.ts';
import { openStore } from '../store/index.ts';
import { fetchTransport } from './fetch-transport.ts';
import { openIndexedDatabase } from './indexeddb.ts';
import { cryptoRandom } from './random.ts';

/** Opens this origin's database and puts an engine on it. Rejects with `storage` when the browser allows none. */
export async function openBrowserEngine(clock: Clock, registryMirrors: readonly string[]): Promise<Engine> {
  const random = cryptoRandom;
  const store = openStore({ database: await openIndexedDatabase(), clock, random });
  const executor = createExecutor({ clock, random });
  return createEngine({ store, executor, clock, random, transport: fetchTransport, registryMirrors });
}
