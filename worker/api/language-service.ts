/** The language worker's end of the wire: answers about a Dockerfile, given what is around it. */
import type { KnownImages } from '../dockerfile/analysis/known-images.ts';
import { NO_IMAGES } from '../dockerfile/analysis/known-images.ts';
import {
  complete,
  definitions,
  diagnose,
  folds,
  format,
  hover,
  ignored,
  outline,
  references,
  rename,
  renameable,
  signature,
  tokens,
  type Surroundings,
} from '../dockerfile/language/index.ts';
import type { LanguageClient } from './language-types.ts';

/** What comlink exposes: the client's calls, and the one that comes first. */
export interface LanguageService extends LanguageClient {
  /** Names the registries whose images are offered; what is known of them is fetched meanwhile. */
  start(registryMirrors: readonly string[]): void;
}

/** Finds out which images the registries have. Rejects where they cannot be reached. */
export type ImageFinder = (registryMirrors: readonly string[]) => Promise<KnownImages>;

/** Answers without images until `findImages` has found them, and without them where it cannot. */
export function serveLanguage(findImages: ImageFinder): LanguageService {
  let surroundings: Surroundings & { images: KnownImages } = { contextPaths: [], dockerignore: '', images: NO_IMAGES };
  const images = (): KnownImages => surroundings.images;
  return {
    start(registryMirrors) {
      findImages(registryMirrors).then(
        (found) => {
          surroundings = { ...surroundings, images: found };
        },
        // Offline, or a mirror that lists nothing: the rest of the language works all the same.
        () => undefined,
      );
    },
    setContext: async (context) => {
      surroundings = { ...surroundings, ...context };
    },
    diagnose: async (text) => diagnose(text, surroundings),
    ignored: async (dockerignore, paths) => ignored(dockerignore, paths),
    tokens: async (text) => tokens(text),
    complete: async (text, at) => complete(text, at, surroundings),
    hover: async (text, at) => hover(text, at, images()),
    signature: async (text, at) => signature(text, at, images()),
    definitions: async (text, at) => definitions(text, at, images()),
    references: async (text, at) => references(text, at, images()),
    renameable: async (text, at) => renameable(text, at, images()),
    rename: async (text, at, name) => rename(text, at, name, images()),
    format: async (text) => format(text, images()),
    folds: async (text) => folds(text, images()),
    outline: async (text) => outline(text),
  };
}
