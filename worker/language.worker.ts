/** Composition root of the language worker: keeps the editor alive while a build holds the other worker. */
import { expose } from 'comlink';
import { serveLanguage } from './api/language-service.ts';
import { keepErrorsWhole } from './api/wire.ts';
import { fetchTransport } from './host/fetch-transport.ts';
import { findImages } from './host/mirror-images.ts';

keepErrorsWhole();
expose(serveLanguage((registryMirrors) => findImages(registryMirrors, fetchTransport)));
