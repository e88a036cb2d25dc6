/** The engine as the browser hosts it: IndexedDB below, fetch outside. */
import type { Clock, Transport } from '../base/ports.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { layoutRegistry } from '../registry/layout-registry.ts';
import { createExecutor } from '../shell/executor.ts';
import { openStore } from '../store/index.ts';
import { fetchTransport } from './fetch-transport.ts';
import { openIndexedDatabase } from './indexeddb.ts';
import { cryptoRandom } from './random.ts';

/** Opens this origin's database and puts an engine on it. Rejects with `storage` when the browser allows none. */
export async function openBrowserEngine(clock: Clock, registryMirrors: readonly string[]): Promise<Engine> {
  const random = cryptoRandom;
  const store = openStore({ database: await openIndexedDatabase(), clock, random });
  const executor = createExecutor({ clock, random, transport: fetchTransport });
  const layouts = registryMirrors.map((url) => ({ url, registry: layoutRegistry(url, fetchTransport) }));
  const transport: Transport = (request) => {
    const layout = layouts.find(({ url }) => request.url.startsWith(`${url}/`));
    return layout === undefined ? fetchTransport(request) : layout.registry(request);
  };
  return createEngine({ store, executor, clock, random, transport, registryMirrors });
}
