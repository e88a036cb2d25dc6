/** Starts the two workers: the engine that builds, and the language worker that answers while a build runs. */
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
  const engine = new Worker(new URL('../../worker/engine.worker.ts', import.meta.url), {
    type: 'module',
    name: 'strata engine',
  });
  const language = new Worker(new URL('../../worker/language.worker.ts', import.meta.url), {
    type: 'module',
    name: 'strata language',
  });
  const registryMirrors = [new URL(MIRROR, document.baseURI).href];
  const catalogueUrl = new URL(CATALOGUE, document.baseURI).href;
  return {
    engine: connectEngine(engine, { registryMirrors, catalogueUrl }),
    language: connectLanguage(language, { registryMirrors }),
  };
}
