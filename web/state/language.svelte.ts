/** What the language worker says of the open project: findings in the Dockerfile, and which files stay out. */
import type { Diagnostic, LanguageClient } from '../../worker/api/types.ts';
import { verdictsByPath } from '../panels/context/tree-rows.ts';
import { DOCKERFILE } from './project.svelte.ts';
import { textOf, type ProjectFiles } from './project-files.ts';

/** Pause after the last key before the text is looked at. */
const ASK_AFTER_MS = 40;

export class LanguageState {
  diagnostics = $state.raw<readonly Diagnostic[]>([]);
  ignored = $state.raw(verdictsByPath([]));
  #timer: ReturnType<typeof setTimeout> | undefined;
  #latest: ProjectFiles = [];
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
    // The worker answers in the order it is asked.
    const [, diagnostics, verdicts] = await Promise.all([
      this.client.setContext({ contextPaths, dockerignore }),
      this.client.diagnose(textOf(files, DOCKERFILE) ?? ''),
      this.client.ignored(dockerignore, contextPaths),
    ]).catch(() => [undefined, this.diagnostics, []] as const);
    if (this.#latest !== files) return;
    this.diagnostics = diagnostics;
    this.ignored = verdictsByPath(verdicts);
  }
}
