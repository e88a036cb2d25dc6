/** Composition root of the engine's worker: the browser's storage, clock, random and fetch make an engine for the page. */
import { expose } from 'comlink';
import { serveEngine } from './api/server.ts';
import { keepErrorsWhole } from './api/wire.ts';
import { openBrowserEngine } from './host/browser-engine.ts';
import { createBrowserClock } from './host/clock.ts';
import { cryptoRandom } from './host/random.ts';

keepErrorsWhole();
const clock = createBrowserClock();
expose(
  serveEngine(
    (settings) => openBrowserEngine(clock, settings.registryMirrors, settings.catalogueUrl),
    clock,
    cryptoRandom,
  ),
);
