/** The open project: its files, its tabs, and that every edit is saved. Edits themselves are in project-files.ts. */
import {
  EngineError,
  isEngineError,
  type ContextFile,
  type EngineClient,
  type Project,
  type ProjectBuild,
  type ProjectChanges,
} from '../../worker/api/types.ts';
import { defaultProject } from './default-project.ts';
import type { Notices } from './notices.svelte.ts';
import {
  fileAt,
  freePath,
  isTaken,
  projectPath,
  textOf,
  withFiles,
  withoutPath,
  withRenamed,
  withText,
  type ProjectFiles,
} from './project-files.ts';

/** Pause after the last edit before the project is written. */
const SAVE_AFTER_MS = 400;

export const DOCKERFILE = 'Dockerfile';

export interface ProjectListing {
  readonly id: string;
  readonly name: string;
  readonly updatedMs: number;
}

export class ProjectState {
  #id = $state('');
  #name = $state('');
  #files = $state.raw<ProjectFiles>([]);
  #tabs = $state.raw<readonly string[]>([]);
  #active = $state<string>(DOCKERFILE);
  #build = $state.raw<ProjectBuild>({});
  #allowedHosts = $state.raw<readonly string[] | undefined>();
  #loaded = $state(false);
  /** Last revision known of each project that was open here. */
  #revisions: Readonly<Record<string, number>> = {};
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();
  readonly #engine: EngineClient;
  readonly #notices: Notices;
  readonly #changed: () => void;
  readonly #saved: () => void;

  /** `changed` is called after each change of the files, a newly opened project included; `saved` after each save. */
  constructor(engine: EngineClient, notices: Notices, changed: () => void, saved: () => void) {
    this.#engine = engine;
    this.#notices = notices;
    this.#changed = changed;
    this.#saved = saved;
  }

  get id(): string {
    return this.#id;
  }
  get name(): string {
    return this.#name;
  }
  get files(): ProjectFiles {
    return this.#files;
  }
  get tabs(): readonly string[] {
    return this.#tabs;
  }
  get active(): string {
    return this.#active;
  }
  /** How it is built, where not as by default. */
  get build(): ProjectBuild {
    return this.#build;
  }
  /** The only hosts it may ask, for a project that came from a link; undefined for one of one's own. */
  get allowedHosts(): readonly string[] | undefined {
    return this.#allowedHosts;
  }
  /** False until the first project is open. */
  get loaded(): boolean {
    return this.#loaded;
  }
  get dockerfile(): string {
    return textOf(this.#files, DOCKERFILE) ?? '';
  }

  /** Shows a project. What was open has been saved by then, or is being saved. */
  open(project: Project): void {
    void this.flush();
    this.#id = project.id;
    this.#name = project.name;
    this.#files = project.files;
    this.#build = project.build ?? {};
    this.#allowedHosts = project.allowedHosts;
    void this.#engine.restrictHosts(project.allowedHosts);
    this.#revisions = { ...this.#revisions, [project.id]: project.revision };
    const first = fileAt(project.files, DOCKERFILE) ?? project.files.find((file) => typeof file.content === 'string');
    this.#tabs = project.files
      .filter((file) => file.kind === 'file' && typeof file.content === 'string' && !file.path.includes('/'))
      .map((file) => file.path)
      .sort((a, b) => Number(b === DOCKERFILE) - Number(a === DOCKERFILE))
      .slice(0, 3);
    this.#active = first?.path ?? DOCKERFILE;
    if (first !== undefined && !this.#tabs.includes(first.path)) this.#tabs = [first.path, ...this.#tabs];
    this.#loaded = true;
    this.#changed();
  }

  /** Opens the project edited last, or a first one. */
  async openLatest(): Promise<void> {
    const latest = [...(await this.#engine.projects())].sort((a, b) => b.updatedMs - a.updatedMs)[0];
    this.open(latest === undefined ? defaultProject(newId(), Date.now()) : await this.#engine.project(latest.id));
  }

  /** Opens a stored project by its id. */
  async openById(id: string): Promise<void> {
    await this.flush();
    this.open(await this.#engine.project(id));
  }

  /** Starts a project with these files; the one that was open stays stored. */
  create(name: string, files: ProjectFiles, more: Pick<Project, 'build' | 'allowedHosts'> = {}): void {
    this.open({ ...more, id: newId(), name, revision: 0, files });
    this.#scheduleSave();
  }

  /** Opens a copy of it; this one stays as it is. */
  duplicate(): void {
    this.create(`${this.#name} copy`, this.#files, settingsOf(this.#build, this.#allowedHosts));
  }

  /** Builds it so from now on. */
  setBuild(build: ProjectBuild): void {
    this.#build = build;
    this.#scheduleSave();
    this.#changed();
  }

  /** Lets a project from a link ask one more host. */
  allowHost(host: string): void {
    if (this.#allowedHosts === undefined || this.#allowedHosts.includes(host)) return;
    this.#allowedHosts = [...this.#allowedHosts, host];
    void this.#engine.restrictHosts(this.#allowedHosts);
    this.#scheduleSave();
  }

  rename(name: string): void {
    const trimmed = name.trim();
    if (trimmed === '' || trimmed === this.#name) return;
    this.#name = trimmed.slice(0, 100);
    this.#scheduleSave();
  }

  setText(path: string, text: string): void {
    this.#edit(withText(this.#files, path, text, Date.now()));
  }

  /** Adds an empty file and opens it. Gives the reason when it cannot. */
  addFile(typed: string): string | undefined {
    const verdict = projectPath(typed);
    if (!verdict.ok) return verdict.message;
    if (isTaken(this.#files, verdict.path)) return `${verdict.path} is there already.`;
    this.#edit(withText(this.#files, verdict.path, '', Date.now()));
    this.openFile(verdict.path);
    return undefined;
  }

  /** Takes in uploaded or dropped files; a text among them is opened when it is the only one. */
  addFiles(files: readonly ContextFile[]): void {
    if (files.length === 0) return;
    const before = this.#files;
    const replaced = files.filter((file) => fileAt(before, file.path) !== undefined).length;
    this.#edit(withFiles(before, files));
    const [only] = files;
    if (files.length === 1 && only !== undefined && typeof only.content === 'string') this.openFile(only.path);
    const added = files.length === 1 ? `Added ${only!.path}` : `Added ${files.length} files`;
    this.#notices.say(replaced > 0 ? `${added}, ${replaced} replaced` : added, {
      action: { label: 'Undo', run: () => this.#edit(before) },
    });
  }

  /** Puts these files in the place of all there are; `what` says so in a notice that brings the others back. */
  replaceFiles(files: ProjectFiles, what: string): void {
    const before = this.#files;
    this.#edit(files);
    this.openFile(DOCKERFILE);
    this.#notices.say(what, { action: { label: 'Undo', run: () => this.#edit(before) } });
  }

  /** Takes over what a line in the terminal did: its files as they are, and those it deleted. */
  takeOver({ written, removed }: ProjectChanges): void {
    if (written.length + removed.length === 0) return;
    for (const path of removed) this.closeTab(path);
    this.#edit(
      withFiles(
        this.#files.filter((file) => !removed.includes(file.path)),
        written,
      ),
    );
  }

  /** Moves a file or folder. Gives the reason when it cannot. */
  renamePath(from: string, typed: string): string | undefined {
    const verdict = projectPath(typed);
    if (!verdict.ok) return verdict.message;
    const to = verdict.path;
    if (to === from) return undefined;
    if (to.startsWith(`${from}/`)) return 'A folder cannot move into itself.';
    if (isTaken(this.#files, to)) return `${to} is there already.`;
    const moved = (path: string): string =>
      path === from || path.startsWith(`${from}/`) ? to + path.slice(from.length) : path;
    this.#tabs = this.#tabs.map(moved);
    this.#active = moved(this.#active);
    this.#edit(withRenamed(this.#files, from, to, Date.now()));
    return undefined;
  }

  /** Deletes a file or folder; the notice brings it back. */
  removePath(path: string): void {
    const { kept, removed } = withoutPath(this.#files, path);
    if (removed.length === 0) return;
    const [tabs, active] = [this.#tabs, this.#active];
    for (const file of removed) this.closeTab(file.path);
    this.#edit(kept);
    const undo = (): void => {
      this.#edit(withFiles(this.#files, removed));
      this.#tabs = tabs;
      this.#active = active;
    };
    const what = removed.length === 1 ? path : `${path} (${removed.length} files)`;
    this.#notices.say(`Deleted ${what}`, { action: { label: 'Undo', run: undo } });
  }

  openFile(path: string): void {
    if (fileAt(this.#files, path) === undefined) return;
    if (!this.#tabs.includes(path)) this.#tabs = [...this.#tabs, path];
    this.#active = path;
  }

  closeTab(path: string): void {
    const at = this.#tabs.indexOf(path);
    if (at < 0) return;
    this.#tabs = this.#tabs.filter((tab) => tab !== path);
    if (this.#active === path) this.#active = this.#tabs[Math.min(at, this.#tabs.length - 1)] ?? '';
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    if (this.#saveTimer !== undefined) {
      clearTimeout(this.#saveTimer);
      this.#saveTimer = undefined;
      const settings = settingsOf(this.#build, this.#allowedHosts);
      const snapshot = { ...settings, id: this.#id, name: this.#name, files: this.#files };
      this.#saving = this.#saving.then(() => this.#save(snapshot));
    }
    return this.#saving;
  }

  /** Another tab saved something: a project it changed is not overwritten in silence. */
  async foreignChange(): Promise<void> {
    const stored = (await this.#engine.projects()).find((project) => project.id === this.#id);
    if (stored === undefined || stored.revision <= (this.#revisions[this.#id] ?? 0)) return;
    if (this.#saveTimer === undefined) this.#tellConflict();
  }

  #edit(files: ProjectFiles): void {
    if (files === this.#files) return;
    this.#files = files;
    this.#scheduleSave();
    this.#changed();
  }

  #scheduleSave(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  async #save(snapshot: Omit<Project, 'revision'>): Promise<void> {
    const revision = this.#revisions[snapshot.id] ?? 0;
    try {
      const saved = await this.#engine.saveProject({ ...snapshot, revision });
      this.#revisions = { ...this.#revisions, [snapshot.id]: saved };
      this.#saved();
    } catch (error) {
      if (isEngineError(error, 'conflict')) this.#tellConflict();
      else this.#notices.fail('The project could not be saved', error);
    }
  }

  #tellConflict(): void {
    this.#notices.say(`Another tab changed “${this.#name}”. Your text here is kept until you choose.`, {
      tone: 'bad',
      action: { label: 'Keep mine as a copy', run: () => this.create(`${this.#name} (copy)`, this.#files) },
    });
  }
}

/** A file name near the wish that is free in the project. */
export function untitled(files: ProjectFiles): string {
  return freePath(files, 'untitled.txt');
}

/** An id no other project has. */
export function newId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  throw new EngineError('unsupported', 'Strata needs a secure address (https, or localhost).');
}

/** As a project carries them: what is as by default is left out. */
function settingsOf(
  build: ProjectBuild,
  allowedHosts: readonly string[] | undefined,
): Pick<Project, 'build' | 'allowedHosts'> {
  return {
    ...(Object.keys(build).length === 0 ? {} : { build }),
    ...(allowedHosts === undefined ? {} : { allowedHosts }),
  };
}
