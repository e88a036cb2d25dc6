/** What the language worker says of the open project: findings in the Dockerfile, and which files stay out. */
import type { ContextFile, Diagnostic, LanguageClient } from '../../worker/api/types.ts';
import { verdictsByPath } from '../panels/context/tree-rows.ts';
import { DOCKERFILE, type ProjectFiles, sizeOf, textOf } from './project-files.ts';

/** Pause after the last key before the text is looked at. */
const ASK_AFTER_MS = 20;

export class LanguageState {
  diagnostics = $state.raw<readonly Diagnostic[]>([]);
  /** Text that the findings are of: what mends them must not be done to another. */
  text = $state('');
  ignored = $state.raw(verdictsByPath([]));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: ProjectFiles = [];
  /** What the worker knows of the files around; there may be very many, and most edits leave them as they are. */
  #told: (ContextFiles & { readonly dockerignore: string }) | undefined;
  readonly client: LanguageClient;

  readonly #turn: Promise<void>;

  /** Nothing is asked before `turn`: the worker starts with the first question. */
  constructor(client: LanguageClient, turn: Promise<void>) {
    this.client = client;
    this.#turn = turn;
  }

  /** Asks about these files soon; only the answer to the latest question counts. */
  ask(files: ProjectFiles): void {
    this.#latest = files;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#answer(files), ASK_AFTER_MS);
  }

  async #answer(files: ProjectFiles): Promise<void> {
    await this.#turn;
    if (this.#latest !== files) return;
    const context = contextOf(files);
    const dockerignore = textOf(files, `${DOCKERFILE}.dockerignore`) ?? textOf(files, '.dockerignore') ?? '';
    const text = textOf(files, DOCKERFILE) ?? '';
    try {
      // The worker answers in the order it is asked.
      const around = this.#tell(context, dockerignore);
      const diagnostics = await this.client.diagnose(text);
      await around;
      if (this.#latest !== files) return;
      this.diagnostics = diagnostics;
      this.text = text;
    } catch {
      // Without the worker there are no findings; the page works all the same, and the next edit asks again.
      this.#told = undefined;
    }
  }

  async #tell(context: ContextFiles, dockerignore: string): Promise<void> {
    const told = this.#told;
    const { contextPaths, contextBytes } = context;
    const samePaths = told?.dockerignore === dockerignore && areSame(told.contextPaths, contextPaths);
    if (samePaths && areSame(told.contextBytes, contextBytes)) return;
    this.#told = { contextPaths, contextBytes, dockerignore };
    const setting = this.client.setContext({ contextPaths, contextBytes, dockerignore });
    const verdicts = samePaths ? undefined : await this.client.ignored(dockerignore, contextPaths);
    await setting;
    if (verdicts !== undefined && this.#told.contextPaths === contextPaths) this.ignored = verdictsByPath(verdicts);
  }
}

/** The project's files as the worker knows them. */
interface ContextFiles {
  readonly contextPaths: readonly string[];
  readonly contextBytes: readonly number[];
}

/** The Dockerfile's own size changes with every key and is nobody's question. */
function contextOf(files: ProjectFiles): ContextFiles {
  return {
    contextPaths: files.map(({ path }) => path),
    contextBytes: files.map((file) => (file.path === DOCKERFILE ? 0 : measured(file))),
  };
}

/** A file that was not edited is the same object from key to key. */
const sizes = new WeakMap<ContextFile, number>();

function measured(file: ContextFile): number {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const size = sizeOf(file);
  sizes.set(file, size);
  return size;
}

function areSame<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, i) => each === b[i]);
}
