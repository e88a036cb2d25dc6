/** The engine as the browser hosts it: IndexedDB below, fetch outside. */
import { isEngineError } from '../base/errors.ts';
import type { Clock, Transport } from '../base/ports.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { createHostGate } from '../engine/host-gate.ts';
import { Logins } from '../engine/logins.ts';
import { readRegistrySettings } from '../engine/registry-settings.ts';
import { registryProgram } from '../engine/registry/registry-program.ts';
import { layoutRegistry } from '../registry/layout-registry.ts';
import { createExecutor } from '../shell/executor.ts';
import type { Database } from '../store/database.ts';
import { openStore } from '../store/index.ts';
import { createMemoryDatabase } from '../store/memory.ts';
import { fetchTransport } from './fetch-transport.ts';
import { fetchedFiles } from './fetched-files.ts';
import { openIndexedDatabase } from './indexeddb.ts';
import { keptMirror } from './kept-mirror.ts';
import { pageSituation } from './page-situation.ts';
import { cryptoRandom } from './random.ts';
import { segmentWorkers } from './segment-workers.ts';
import { unpackWorkers } from './unpack-workers.ts';

/**
 * Opens this origin's database and puts an engine on it. Where the browser refuses to store anything, the engine keeps all
 * in memory, and says so in its storage use. Rejects with `storage` when another tab stands in the way.
 */
export async function openBrowserEngine(
  clock: Clock,
  registryMirrors: readonly string[],
  catalogueUrl = new URL('catalogue/', self.location.href).href,
): Promise<Engine> {
  const random = cryptoRandom;
  const store = openStore({ database: await openDatabase(), clock, random });
  const hostGate = createHostGate(fetchTransport, ({ origin }) => origin === new URL(catalogueUrl).origin);
  const gated = hostGate.transport;
  const executor = createExecutor({
    clock,
    random,
    catalogue: fetchedFiles(catalogueUrl),
    transport: gated,
    programs: [registryProgram],
  });
  const withMirrors = (outside: Transport): Transport => {
    const layouts = registryMirrors.map((url) => ({ url, registry: layoutRegistry(url, keptMirror(outside)) }));
    return (request) => {
      const layout = layouts.find(({ url }) => request.url.startsWith(`${url}/`));
      return layout === undefined ? outside(request) : layout.registry(request);
    };
  };
  const logins = new Logins(store.database);
  const [registrySettings] = await Promise.all([readRegistrySettings(store.database), logins.restore()]);
  const engine = createEngine({
    store,
    executor,
    clock,
    random,
    packer: segmentWorkers(clock),
    unpackLayer: unpackWorkers(clock),
    transport: withMirrors(gated),
    ownTransport: withMirrors(fetchTransport),
    hostGate,
    registryMirrors,
    registrySettings,
    logins,
    page: pageSituation,
  });
  engine.restartAfterReload().catch(() => undefined);
  return engine;
}

/** What a browser answers that stores nothing for this page: a private window, blocked site data, no secure address. */
const REFUSALS: ReadonlySet<unknown> = new Set(['SecurityError', 'InvalidStateError', 'UnknownError', 'missing']);

async function openDatabase(): Promise<Database> {
  try {
    return await openIndexedDatabase();
  } catch (error) {
    if (!isEngineError(error, 'storage') || !REFUSALS.has(error.data['why'])) throw error;
    return createMemoryDatabase();
  }
}
