/** Everything the page knows, put together: who tells whom when a file changes, a build ends, a container writes. */
import { createContext } from 'svelte';
import type {
  BuildOptions,
  ContainerSummary,
  EngineClient,
  ImageDetail,
  LanguageClient,
  ViewTarget,
} from '../../worker/api/types.ts';
import type { DroppedContext } from '../share/dropped-context.ts';
import type { PlainField } from '../editor/plain-field.ts';
import { isEmbedded } from '../share/embed.ts';
import { holdsProject } from '../share/project-hash.ts';
import { decodePlace, encodePlace } from '../share/place.ts';
import type { Beginning } from './beginning.ts';
import { buildOptionsOf, tagOf } from './build-options.ts';
import { BuildState } from './build.svelte.ts';
import { Containers } from './containers.svelte.ts';
import { defaultProject } from './default-project.ts';
import { Images } from './images.svelte.ts';
import { Installation } from './installation.svelte.ts';
import { FirstBuild } from './first-build.ts';
import { LanguageState } from './language.svelte.ts';
import { keepLastView, type LastView } from './last-view.ts';
import { layersOf, type LayerView } from './layer-stack.ts';
import { Lessons } from './lessons.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { OutlineState } from './outline.svelte.ts';
import { newId } from './project-record.ts';
import { PanelViews } from './panel-views.svelte.ts';
import { ProjectState } from './project.svelte.ts';
import { PreviewState } from './preview.svelte.ts';
import { RegistriesState } from './registries.svelte.ts';
import { ScanState } from './scan.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Settings } from './settings.svelte.ts';
import { Sharing } from './sharing.svelte.ts';
import { Timeline } from './timeline.svelte.ts';
import { Transfers } from './transfers.svelte.ts';
import { TypedLines } from './typed-lines.svelte.ts';
import { UnionTree } from './union.svelte.ts';
import { UnsavedStore } from './unsaved-edits.ts';
import { WasteState } from './waste.svelte.ts';

const NOTHING_LASTS =
  'This browser lets Strata store nothing: all works, and is gone when this tab closes. Download or share what you want to keep.';

export type DialogName =
  | 'share'
  | 'lessons'
  | 'commands'
  | 'publish'
  | 'storage'
  | 'projects'
  | 'build-settings'
  | 'compare'
  | 'palette'
  | 'help'
  | 'dropped'
  | 'shortcuts';

export class Workspace {
  /** The dialog that is open. */
  dialog = $state<DialogName | undefined>();
  /** The Dockerfile whose image is to stand beside the page's own, while they are compared. */
  comparedFile = $state<string | undefined>();
  /** What was dropped on the page, while it is asked what to do with it. */
  dropped = $state.raw<DroppedContext | undefined>();
  /** What the Help shows (help/help-search.ts). */
  helpPlace = $state('');
  readonly engine: EngineClient;
  readonly settings: Settings;
  readonly notices = new Notices();
  readonly installation = new Installation(this.notices);
  readonly selection = new Selection();
  readonly transfers = new Transfers();
  readonly firstBuild = new FirstBuild();
  /** How panels were left. */
  readonly views = new PanelViews();
  /** Lines that the page types in the terminal for a person. */
  readonly typed = new TypedLines();
  readonly language: LanguageState;
  readonly project: ProjectState;
  readonly build: BuildState;
  readonly images: Images;
  readonly containers: Containers;
  readonly union: UnionTree;
  readonly timeline: Timeline;
  readonly waste: WasteState;
  readonly scan: ScanState;
  readonly outline: OutlineState;
  readonly registries: RegistriesState;
  readonly preview: PreviewState;
  readonly sharing: Sharing;
  readonly lessons: Lessons;
  readonly #beginning: Beginning;

  constructor(engine: EngineClient, language: LanguageClient, beginning: Beginning) {
    this.engine = engine;
    const { storage } = beginning;
    this.#beginning = beginning;
    this.settings = new Settings(storage);
    this.language = new LanguageState(language, this.firstBuild.ended);
    this.images = new Images(engine, this.notices);
    this.containers = new Containers(engine, this.notices, () => this.image);
    this.union = new UnionTree(engine);
    this.waste = new WasteState(engine);
    this.scan = new ScanState(engine);
    this.outline = new OutlineState(engine);
    this.registries = new RegistriesState(engine);
    this.preview = new PreviewState(engine, () => this.settings.set({ rightPanel: 'preview' }));
    this.build = new BuildState(engine, () => void this.#built());
    this.timeline = new Timeline(engine, this.build, this.images, this.notices);
    this.project = new ProjectState(
      engine,
      new UnsavedStore(storage),
      this.notices,
      () => this.#edited(),
      () => this.#stored(),
    );
    this.lessons = new Lessons(this);
    this.sharing = new Sharing(this.project, this.notices, (place) => this.show(place));
  }

  /** The image on screen: one opened from the list, else the last built. */
  get image(): ImageDetail | undefined {
    return this.images.opened ?? this.build.image;
  }

  /** The container whose writable layer lies on the image on screen. */
  get container(): ContainerSummary | undefined {
    return this.containers.activeOn(this.image);
  }

  get layers(): LayerView[] {
    return this.image === undefined ? [] : layersOf(this.image, this.container);
  }

  /** What the tree is opened on. */
  get target(): ViewTarget | undefined {
    if (this.container !== undefined) return { kind: 'container', id: this.container.id };
    // what an earlier visit built may have been deleted since: it is asked for when it was built again
    if (this.image === undefined || (this.images.opened === undefined && this.build.isRemembered)) return undefined;
    return { kind: 'image', id: this.image.id };
  }

  /** The name the built image gets. */
  get tag(): string {
    return tagOf(this.project.name);
  }

  /** Opens what the address holds, or what was open last, and listens to the other tabs. */
  async start(): Promise<void> {
    this.engine.onForeignChange((what) => void this.#foreignChange(what));
    this.engine.onActivity((activities) => {
      this.containers.take(activities);
      void this.preview.take(activities);
      for (const each of activities) if (each.kind === 'host-refused') this.sharing.refused(each.host);
      if (activities.some((each) => each.kind === 'changed' && each.what === 'images')) void this.images.refresh();
    });
    const linked = holdsProject(location.hash);
    void this.sharing.noticeSource(location.search);
    this.show(location.hash);
    const { lesson, returning } = this.settings.values;
    const { last } = this.#beginning;
    const isFirst = !returning && !this.project.hasUnsaved;
    // There is nothing to wait for on a first visit, and where the last one left off: the page is full at its first paint.
    if (last !== undefined) this.#goOn(last);
    else if (!linked && isFirst) this.project.open(this.#beginning.first ?? defaultProject(newId(), Date.now()));
    try {
      if (linked) await this.sharing.openLink(location.hash);
      if (last !== undefined) await this.project.confirm();
      if (!this.project.loaded) await this.project.openLatest();
    } catch (error) {
      this.notices.fail('Stored projects cannot be reached, so nothing will be kept', error);
      this.project.open(defaultProject(newId(), Date.now()));
    }
    if (lesson !== '' && !linked) await this.lessons.open(lesson);
    await Promise.all([this.images.refresh(), this.containers.refresh()]);
    const isGone = this.images.storage?.lasting === false && !isEmbedded();
    if (isGone) this.notices.say(NOTHING_LASTS, { tone: 'bad' });
  }

  /** The page closes: what it shows, and what is not stored yet, is kept for the next. */
  leave(): void {
    this.lessons.leaveOther();
    this.#keepView();
    this.project.leave();
  }

  /** A link pasted into the address bar of the open page. */
  async followHash(): Promise<void> {
    if (holdsProject(location.hash)) await this.sharing.openLink(location.hash);
    else this.show(location.hash);
  }

  /** The address of what is looked at, as a fragment; empty for the page as it opens. */
  get fragment(): string {
    const { rightPanel } = this.settings.values;
    const { chosen, path } = this.selection;
    return encodePlace({
      ...(rightPanel === 'layers' ? {} : { panel: rightPanel }),
      ...(chosen === undefined ? {} : { layers: chosen }),
      ...(path === undefined ? {} : { path }),
      ...(this.dialog === 'help' ? { help: this.helpPlace } : {}),
    });
  }

  /** Opens a place of the page (share/place.ts). */
  show(fragment: string): void {
    const place = decodePlace(fragment);
    if (place === undefined) return;
    if (place.help !== undefined) this.openHelp(place.help);
    if (place.compare !== undefined) this.#compareWith(place.compare);
    if (Object.keys(place).every((key) => key === 'help' || key === 'compare')) return;
    this.settings.set({ rightPanel: place.panel ?? 'layers', phoneView: 'image' });
    if (place.path !== undefined) this.selection.path = place.path;
    this.selection.chooseAll();
    if (place.layers !== undefined) this.selection.toggle(place.layers);
  }

  #compareWith(dockerfile: string): void {
    this.comparedFile = dockerfile;
    this.dialog = 'compare';
  }

  /** Opens the Help at a place of it. */
  openHelp(place = ''): void {
    this.helpPlace = place;
    this.dialog = 'help';
  }

  /** Asks what a dropped zip or folder is to be. */
  askAbout(dropped: DroppedContext): void {
    this.dropped = dropped;
    this.dialog = 'dropped';
  }

  buildNow(noCache = false): Promise<void> {
    return this.build.run(this.project.files, this.#buildOptions(noCache));
  }

  /** Runs a command line in a container of the image on screen; empty for the image's own command. */
  async run(commandLine: string, fresh = false): Promise<void> {
    if (this.image !== undefined) await this.containers.run(this.image, commandLine, fresh);
  }

  /** The field in which a file was shown before the page came: its editor goes on with it. */
  earlyField(path: string): PlainField | undefined {
    const { field } = this.#beginning;
    return field?.path === path ? field : undefined;
  }

  #edited(): void {
    if (this.build.projectID !== this.project.id) this.#leaveBuilt();
    this.language.ask(this.project.files);
    if (!this.settings.values.live) return;
    this.build.schedule(() => ({ files: this.project.files, options: this.#buildOptions() }));
  }

  /** What is on screen was built of another project, or is a step of its build: it says nothing of the one that is open now. */
  #leaveBuilt(): void {
    this.timeline.leave();
    this.build.begin(this.project.id);
  }

  #buildOptions(noCache = false): BuildOptions {
    return buildOptionsOf(this.project, noCache);
  }

  #stored(): void {
    if (!this.settings.values.returning) this.settings.set({ returning: true });
    this.#keepView();
  }

  /** Shows what the last visit showed. Without live builds no build would say whether the stack still holds. */
  #goOn({ project, built }: LastView): void {
    this.project.open(project);
    const { field } = this.#beginning;
    if (field !== undefined && field.text !== field.given) this.project.setText(field.path, field.text);
    if (built !== undefined && this.settings.values.live) this.build.remember(built);
  }

  #keepView(): void {
    const { files, loaded, stored } = this.project;
    if (!loaded || stored === undefined) return;
    const built = this.build.builtOf(files, this.#buildOptions());
    const { storage, version } = this.#beginning;
    keepLastView(storage, version, { project: stored, ...(built && { built }) });
  }

  async #built(): Promise<void> {
    this.images.close();
    this.#keepView();
    if ((this.selection.chosen?.last ?? 0) >= this.layers.length) this.selection.chooseAll();
    await Promise.all([this.images.refresh(), this.containers.refresh()]);
  }

  async #foreignChange(what: 'images' | 'containers' | 'projects'): Promise<void> {
    if (what === 'images') await this.images.refresh();
    if (what === 'containers') await this.containers.refresh();
    if (what === 'projects') await this.project.foreignChange();
  }
}

export const [useWorkspace, provideWorkspace] = createContext<Workspace>();
