/** What the terminal's machine knows of the project: which files must be sent before a line, which came back after it. */
import type { ContextFile, ProjectChanges } from '../../../worker/api/types.ts';
import type { ProjectFiles } from '../../state/project-files.ts';

export class ProjectLedger {
  /** As both sides have them. Files are values: another object is another version. */
  readonly #known = new Map<string, ContextFile>();

  /** What changed in the page since the last call; from then on the machine knows it. */
  outgoing(files: ProjectFiles): ProjectChanges {
    const paths = new Set(files.map(({ path }) => path));
    const removed = [...this.#known.keys()].filter((path) => !paths.has(path));
    const written = files.filter((file) => this.#known.get(file.path) !== file);
    for (const path of removed) this.#known.delete(path);
    for (const file of written) this.#known.set(file.path, file);
    return { written, removed };
  }

  /** The machine is as if it were new. */
  forget(): void {
    this.#known.clear();
  }

  /** Notes what the machine did; the very same objects must go into the page's project. */
  incoming({ written, removed }: ProjectChanges): void {
    for (const path of removed) this.#known.delete(path);
    for (const file of written) this.#known.set(file.path, file);
  }
}
