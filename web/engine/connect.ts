/** The two workers: the engine that builds, started at once, and the one that answers for the language, started when it is asked. */
import engineAddress from '../../worker/engine.worker.ts?worker&url';
import languageAddress from '../../worker/language.worker.ts?worker&url';
import { connectEngine, connectLanguage } from '../../worker/api/client.ts';
import type { EngineClient, LanguageClient } from '../../worker/api/types.ts';

export interface Clients {
  readonly engine: EngineClient;
  readonly language: LanguageClient;
}

/** Where the bundled mirror lies beside the page. */
const MIRROR = 'mirror';
/** Where the data about packages lies. */
const CATALOGUE = 'catalogue/';

export function connect(): Clients {
  const engine = startWorker(engineAddress, 'strata engine');
  const registryMirrors = [new URL(MIRROR, document.baseURI).href];
  const catalogueUrl = new URL(CATALOGUE, document.baseURI).href;
  return {
    engine: connectEngine(engine, { registryMirrors, catalogueUrl }),
    language: connectLanguage(() => startWorker(languageAddress, 'strata language'), { registryMirrors }),
  };
}

/** A worker of this page's own site. */
function startWorker(address: string, name: string): Worker {
  const { href } = new URL(address, import.meta.url);
  if (self.origin !== 'null') return new Worker(href, { type: 'module', name });
  // A frame in a sandbox is of no origin, so no address is of its own: only a script that it made itself may be a worker.
  return new Worker(URL.createObjectURL(scriptImporting(href)), { name });
}

/** A classic script, as a module may not come from such a page either; what is posted before the import is done is kept for it. */
function scriptImporting(href: string): Blob {
  const script = `
    const early = [];
    const keep = (event) => early.push(event);
    addEventListener('message', keep);
    import(${JSON.stringify(href)}).then(() => {
      removeEventListener('message', keep);
      for (const { data, ports } of early) dispatchEvent(new MessageEvent('message', { data, ports: [...ports] }));
    });`;
  return new Blob([script], { type: 'text/javascript' });
}
