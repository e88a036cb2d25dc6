/** Composition root of the language worker: keeps the editor alive while a build holds the other worker. */
import { expose } from 'comlink';
import type { LanguageClient } from './api/types.ts';
import { keepErrorsWhole } from './api/wire.ts';
import { diagnose, ignored, tokens } from './dockerfile/language/index.ts';

keepErrorsWhole();
const service: LanguageClient = {
  diagnose: async (text, contextPaths) => diagnose(text, { contextPaths }),
  ignored: async (dockerignore, paths) => ignored(dockerignore, paths),
  tokens: async (text) => tokens(text),
};
expose(service);
