/** The language worker's end of the wire: answers about a Dockerfile, given what is around it. */
import { analyse } from '../dockerfile/analysis/analyse.ts';
import { NO_IMAGES, taggedName, type ImageSource, type KnownImages } from '../dockerfile/analysis/known-images.ts';
import {
  complete,
  definitions,
  diagnose,
  folds,
  format,
  hover,
  ignored,
  isTooLarge,
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
export type ImageFinder = (registryMirrors: readonly string[]) => Promise<ImageSource>;

/** What there is to say of a text; nothing of one that is too large to be asked about at every key. */
function about<T>(text: string, nothing: T, answer: () => T): T {
  return isTooLarge(text) ? nothing : answer();
}

/** Answers without images until `findImages` has found them, and without them where it cannot. */
export function serveLanguage(findImages: ImageFinder): LanguageService {
  let surroundings: Surroundings & { images: KnownImages } = { contextPaths: [], dockerignore: '', images: NO_IMAGES };
  let source: Promise<ImageSource | undefined> = Promise.resolve(undefined);
  const asked = new Set<string>();
  const images = (): KnownImages => surroundings.images;

  /** Fetches what is not known yet of the images a text stands on, each once. */
  async function learnImages(text: string): Promise<void> {
    const known = isTooLarge(text) ? undefined : await source;
    if (known === undefined) return;
    const names = analyse(text, images()).stages.flatMap(({ base, baseName }) =>
      base === undefined ? [taggedName(baseName)] : [],
    );
    const fresh = [...new Set(names)].filter((name) => !asked.has(name));
    for (const name of fresh) asked.add(name);
    const configs = await Promise.all(fresh.map((name) => known.config(name).catch(() => undefined)));
    const learnt = fresh.flatMap((name, i) => (configs[i] === undefined ? [] : [[name, configs[i]] as const]));
    if (learnt.length === 0) return;
    const all = { ...images().configs, ...Object.fromEntries(learnt) };
    surroundings = { ...surroundings, images: { ...images(), configs: all } };
  }

  return {
    start(registryMirrors) {
      source = findImages(registryMirrors).then(
        (found) => {
          surroundings = { ...surroundings, images: { ...images(), repositories: found.repositories } };
          return found;
        },
        // Offline, or a mirror that lists nothing: the rest of the language works all the same.
        () => undefined,
      );
    },
    setContext: async (context) => {
      surroundings = { ...surroundings, ...context };
    },
    diagnose: async (text) => {
      await learnImages(text);
      return diagnose(text, surroundings);
    },
    ignored: async (dockerignore, paths) => ignored(dockerignore, paths),
    tokens: async (text) => about(text, [], () => tokens(text)),
    complete: async (text, at) => about(text, [], () => complete(text, at, surroundings)),
    hover: async (text, at) => about(text, undefined, () => hover(text, at, surroundings)),
    signature: async (text, at) => about(text, undefined, () => signature(text, at, images())),
    definitions: async (text, at) => about(text, [], () => definitions(text, at, images())),
    references: async (text, at) => about(text, [], () => references(text, at, images())),
    renameable: async (text, at) => about(text, undefined, () => renameable(text, at, images())),
    rename: async (text, at, name) => about(text, [], () => rename(text, at, name, images())),
    format: async (text) => about(text, [], () => format(text, images())),
    folds: async (text) => about(text, [], () => folds(text, images())),
    outline: async (text) => about(text, [], () => outline(text)),
  };
}
