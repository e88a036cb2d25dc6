/** What the language worker says of the open project: findings in the Dockerfile, and which files stay out. */
import type { Diagnostic, LanguageClient } from '../../worker/api/types.ts';
import { verdictsByPath } from '../panels/context/tree-rows.ts';
import { DOCKERFILE } from './project.svelte.ts';
import { textOf, type ProjectFiles } from './project-files.ts';

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
  #told: { readonly contextPaths: readonly string[]; readonly dockerignore: string } | undefined;
  readonly client: LanguageClient;

  constructor(client: LanguageClient) {
    this.client = client;
  }

  /** Asks about these files soon; only the answer to the latest question counts. */
  ask(files: ProjectFiles): void {
    this.#latest = files;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#answer(files), ASK_AFTER_MS);
  }

  async #answer(files: ProjectFiles): Promise<void> {
    const contextPaths = files.map((file) => file.path);
    const dockerignore = textOf(files, `${DOCKERFILE}.dockerignore`) ?? textOf(files, '.dockerignore') ?? '';
    const text = textOf(files, DOCKERFILE) ?? '';
    try {
      // The worker answers in the order it is asked.
      const around = this.#tell(contextPaths, dockerignore);
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

  async #tell(contextPaths: readonly string[], dockerignore: string): Promise<void> {
    const told = this.#told;
    if (told?.dockerignore === dockerignore && areSame(told.contextPaths, contextPaths)) return;
    this.#told = { contextPaths, dockerignore };
    const [, verdicts] = await Promise.all([
      this.client.setContext({ contextPaths, dockerignore }),
      this.client.ignored(dockerignore, contextPaths),
    ]);
    if (this.#told.contextPaths === contextPaths) this.ignored = verdictsByPath(verdicts);
  }
}

function areSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((path, i) => path === b[i]);
}
