/** Starts the two workers: the engine that builds, and the language worker that answers while a build runs. */
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
  const language = startWorker(languageAddress, 'strata language');
  const registryMirrors = [new URL(MIRROR, document.baseURI).href];
  const catalogueUrl = new URL(CATALOGUE, document.baseURI).href;
  return {
    engine: connectEngine(engine, { registryMirrors, catalogueUrl }),
    language: connectLanguage(language, { registryMirrors }),
  };
}

function startWorker(address: string, name: string): Worker {
  const { href } = new URL(address, import.meta.url);
  // A frame in a sandbox is of no origin, so no address is of its own; a script that it made itself is, and may import any.
  const isSandboxed = self.origin === 'null';
  const script = isSandboxed ? URL.createObjectURL(scriptImporting(href)) : href;
  return new Worker(script, { type: 'module', name });
}

const scriptImporting = (href: string): Blob =>
  new Blob([`import ${JSON.stringify(href)}`], { type: 'text/javascript' });
