/** The open project: its files, its tabs, and that every edit is saved. Edits themselves are in project-files.ts. */
import {
  isEngineError,
  type ContextFile,
  type EngineClient,
  type Project,
  type ProjectBuild,
  type ProjectChanges,
} from '../../worker/api/types.ts';
import { defaultProject } from './default-project.ts';
import { messageOf, type Notices } from './notices.svelte.ts';
import { isSameSettings, mergeProjects, mergeSettings } from './project-merge.ts';
import {
  DOCKERFILE,
  fileAt,
  isTaken,
  projectPath,
  textOf,
  withFiles,
  withoutPath,
  withRenamed,
  withText,
  type ProjectFiles,
} from './project-files.ts';
import { newId, settingsOf } from './project-record.ts';
import { firstTabs, tabsAmong, withMovedTabs, withoutTab, withTab, type Tabs } from './project-tabs.ts';
import { undoIn } from './undo.ts';
import { sidesOf, type UnsavedEdits, type UnsavedStore } from './unsaved-edits.ts';

/** Pause after the last edit before the project is written. */
const SAVE_AFTER_MS = 400;

export class ProjectState {
  #id = $state('');
  #name = $state('');
  #files = $state.raw<ProjectFiles>([]);
  #tabs = $state.raw<Tabs>({ paths: [], active: DOCKERFILE });
  #build = $state.raw<ProjectBuild>({});
  #allowedHosts = $state.raw<readonly string[] | undefined>();
  #loaded = $state(false);
  /** As it was last read or saved: what edits here, and those of another tab, started from. */
  #base: Omit<Project, 'revision'> = { id: '', name: '', files: [] };
  /** Last revision known of each project that was open here. */
  #revisions: Readonly<Record<string, number>> = {};
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();
  readonly #engine: EngineClient;
  readonly #unsaved: UnsavedStore;
  readonly #notices: Notices;
  readonly #changed: () => void;
  readonly #saved: () => void;

  /** `changed` is called after each change of the files, a newly opened project included; `saved` after each save. */
  constructor(engine: EngineClient, unsaved: UnsavedStore, notices: Notices, changed: () => void, saved: () => void) {
    this.#engine = engine;
    this.#unsaved = unsaved;
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
    return this.#tabs.paths;
  }
  get active(): string {
    return this.#tabs.active;
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
  /** As it is stored, unless it has edits that are not. */
  get stored(): Project | undefined {
    return this.#files === this.#base.files
      ? { ...this.#snapshot(), revision: this.#revisions[this.#id] ?? 0 }
      : undefined;
  }
  get dockerfile(): string {
    return textOf(this.#files, DOCKERFILE) ?? '';
  }

  /** Shows a project. What was open has been saved by then, or is being saved. */
  open(project: Project): void {
    void this.flush();
    this.#tabs = project.id === this.#id ? tabsAmong(this.#tabs, project.files) : firstTabs(project.files);
    this.#id = project.id;
    this.#name = project.name;
    this.#files = project.files;
    this.#base = project;
    this.#build = project.build ?? {};
    this.#allowedHosts = project.allowedHosts;
    void this.#engine.restrictHosts(project.allowedHosts);
    this.#revisions = { ...this.#revisions, [project.id]: project.revision };
    this.#loaded = true;
    this.#changed();
  }

  /** Opens the project edited last, or a first one. */
  async openLatest(): Promise<void> {
    const listed = await this.#engine.projects();
    const unsaved = this.#unsaved.latest();
    const latest = [...listed].sort((a, b) => b.updatedMs - a.updatedMs)[0];
    if (unsaved !== undefined && listed.every(({ id }) => id !== unsaved.id)) this.#openUnstored(unsaved);
    else if (latest === undefined) this.open(defaultProject(newId(), Date.now()));
    else await this.openById(unsaved?.id ?? latest.id);
  }

  /** Holds a project that was opened as it was last seen here against what is stored; one that is gone makes room for the latest. */
  async confirm(): Promise<void> {
    if (await this.#catchUp()) await this.openLatest();
  }

  /** Opens a stored project by its id, with what was edited in it and not stored. */
  async openById(id: string): Promise<void> {
    await this.flush();
    const project = await this.#engine.project(id);
    this.open(project);
    const unsaved = this.#unsaved.of(id);
    if (unsaved !== undefined) this.#takeUnsaved(unsaved, project.files);
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
    this.#edit(withFiles(before, files));
    const [only] = files;
    if (files.length === 1 && only !== undefined && typeof only.content === 'string') this.openFile(only.path);
    const added = files.length === 1 ? `Added ${only!.path}` : `Added ${files.length} files`;
    const paths = new Set(files.map(({ path }) => path));
    const isOther = ({ path }: ContextFile): boolean => !paths.has(path);
    const old = before.filter((file) => !isOther(file));
    this.#notices.say(old.length > 0 ? `${added}, ${old.length} replaced` : added, {
      action: undoIn(this, this.#notices, () => this.#edit(withFiles(this.#files.filter(isOther), old))),
    });
  }

  /** Puts these files in the place of all there are; `what` says so in a notice that brings the others back. */
  replaceFiles(files: ProjectFiles, what: string): void {
    const before = this.#files;
    this.#edit(files);
    this.#tabs = tabsAmong(this.#tabs, this.#files);
    this.openFile(DOCKERFILE);
    this.#notices.say(what, { action: undoIn(this, this.#notices, () => this.#edit(before)) });
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
    this.#tabs = withMovedTabs(this.#tabs, from, to);
    this.#edit(withRenamed(this.#files, from, to, Date.now()));
    return undefined;
  }

  /** Deletes a file or folder; the notice brings it back. */
  removePath(path: string): void {
    const { kept, removed } = withoutPath(this.#files, path);
    if (removed.length === 0) return;
    const tabs = this.#tabs;
    for (const file of removed) this.closeTab(file.path);
    this.#edit(kept);
    const undo = (): void => {
      this.#edit(withFiles(this.#files, removed));
      this.#tabs = tabs;
    };
    const what = removed.length === 1 ? path : `${path} (${removed.length} files)`;
    this.#notices.say(`Deleted ${what}`, { action: undoIn(this, this.#notices, undo) });
  }

  openFile(path: string): void {
    if (fileAt(this.#files, path) !== undefined) this.#tabs = withTab(this.#tabs, path);
  }

  closeTab(path: string): void {
    this.#tabs = withoutTab(this.#tabs, path);
  }

  /** Writes what is not written yet. */
  flush(): Promise<void> {
    if (this.#saveTimer !== undefined) {
      this.#forgetSave();
      const snapshot = this.#snapshot();
      this.#saving = this.#saving.then(() => this.#save(snapshot));
    }
    return this.#saving;
  }

  /** A page was closed before all was stored. */
  get hasUnsaved(): boolean {
    return this.#unsaved.latest() !== undefined;
  }

  /** The page closes: what the store may not get any more is kept for the next page. */
  leave(): void {
    const project = { id: this.#id, name: this.#name, revision: this.#revisions[this.#id] ?? 0 };
    if (this.#files !== this.#base.files) this.#unsaved.keep(project, this.#base.files, this.#files);
    void this.flush();
  }

  #openUnstored({ id, name, changes }: UnsavedEdits): void {
    this.open({ id, name, revision: 0, files: changes.map(({ is }) => is).filter((is) => is !== null) });
    this.#scheduleSave();
  }

  #takeUnsaved(unsaved: UnsavedEdits, stored: ProjectFiles): void {
    const { base, mine } = sidesOf(unsaved, stored);
    const merge = mergeProjects(base, mine, stored);
    if (merge.kind === 'merged') this.#edit(merge.files);
    else this.#tellLost({ ...this.#snapshot(), files: mine }, 'changed', merge.paths);
  }

  /** Another tab saved or deleted something: what it did to this project is taken over, or told where it is not one's own to decide. */
  async foreignChange(): Promise<void> {
    if (await this.#catchUp()) this.#tellLost(this.#snapshot(), 'deleted');
  }

  /** Takes over what the store has that is newer; true where this project was stored and is gone. */
  async #catchUp(): Promise<boolean> {
    const [id, known] = [this.#id, this.#revisions[this.#id] ?? 0];
    const stored = (await this.#engine.projects()).find((project) => project.id === id);
    if (id === this.#id && stored !== undefined && stored.revision > known) await this.#takeTheirs();
    return id === this.#id && stored === undefined && known > 0;
  }

  /** Puts what the other tab stored together with what was edited here. */
  async #takeTheirs(): Promise<void> {
    const id = this.#id;
    const theirs = await this.#engine.project(id);
    if (id !== this.#id || theirs.revision <= (this.#revisions[id] ?? 0)) return;
    const merge = mergeProjects(this.#base.files, this.#files, theirs.files);
    if (merge.kind === 'conflict') {
      this.#tellLost(this.#snapshot(), 'changed', merge.paths);
      return;
    }
    const settings = mergeSettings(this.#base, this.#snapshot(), theirs);
    const isEdited = this.#files !== this.#base.files || !isSameSettings(settings, theirs);
    this.#revisions = { ...this.#revisions, [id]: theirs.revision };
    this.#name = settings.name;
    this.#build = settings.build ?? {};
    this.#allowedHosts = settings.allowedHosts;
    void this.#engine.restrictHosts(settings.allowedHosts);
    this.#files = merge.files;
    this.#base = theirs;
    this.#tabs = tabsAmong(this.#tabs, this.#files);
    if (isEdited) this.#scheduleSave();
    this.#notices.say(isEdited ? 'Put together with what another tab changed.' : 'Took over what another tab changed.');
    this.#changed();
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
      if (snapshot.id === this.#id) this.#base = snapshot;
      this.#unsaved.forget(snapshot.id);
      this.#saved();
    } catch (error) {
      if (!isEngineError(error, 'conflict')) this.#tellUnsaved(error);
      else if (snapshot.id !== this.#id) this.#tellLost(snapshot, 'changed');
      else await this.foreignChange();
    }
  }

  /** For want of room, say. What was typed stays on screen, and can be saved once there is some. */
  #tellUnsaved(error: unknown): void {
    this.#notices.say(`“${this.#name}” could not be saved: ${messageOf(error)}`, {
      tone: 'bad',
      action: { label: 'Try again', run: () => this.#scheduleSave() },
    });
  }

  #snapshot(): Omit<Project, 'revision'> {
    return { ...settingsOf(this.#build, this.#allowedHosts), id: this.#id, name: this.#name, files: this.#files };
  }

  /** Another tab did something to a project that cannot be put together with what was edited here: a person decides. */
  #tellLost(mine: Omit<Project, 'revision'>, done: 'changed' | 'deleted', paths: readonly string[] = []): void {
    const { id, name, files, ...settings } = mine;
    const what = paths.length === 0 ? `“${name}”` : `${paths.slice(0, 3).join(', ')} too`;
    this.#notices.say(`Another tab ${done} ${what}. What you wrote here is not saved until you choose.`, {
      tone: 'bad',
      action: {
        label: 'Keep mine as a copy',
        run: () => {
          if (id === this.#id) this.#forgetSave();
          this.create(`${name} (copy)`, files, settings);
        },
      },
      ...(done === 'changed' && id === this.#id ? { other: { label: 'Take theirs', run: () => this.#reopen() } } : {}),
    });
  }

  /** Opens it as it is stored, and gives up what was edited here. */
  #reopen(): void {
    this.#forgetSave();
    const fail = (error: unknown): void => this.#notices.fail('The project could not be opened', error);
    void this.#engine.project(this.#id).then((project) => this.open(project), fail);
  }

  #forgetSave(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
  }
}
