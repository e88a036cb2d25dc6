/**
 * Containers: what was run in them, what it printed, and what was written to their writable layers, be it by the page's own
 * commands or by those of the terminal.
 */
import type {
  ContainerSummary,
  CopyOnWriteEvent,
  EngineActivity,
  EngineClient,
  ImageDetail,
} from '../../worker/api/types.ts';
import { isEngineError } from '../../worker/api/types.ts';
import { messageOf, type Notices } from './notices.svelte.ts';
import { appendOutput, NO_OUTPUT, type Output, type OutputChunk } from './output.ts';
import { WritePlayer } from './write-player.svelte.ts';
import { appendWrites, NO_WRITES, type WriteLog } from './write-log.ts';

/** A command line that was run, and what came of it. */
export interface RunEntry {
  readonly id: number;
  /** Empty for the image's own command. */
  readonly commandLine: string;
  readonly container: string;
  readonly output: Output;
  readonly running: boolean;
  readonly exitCode?: number;
  readonly simulated: readonly string[];
  readonly error?: string;
}

/** Lines of one command that are shown. */
const MAX_LINES = 2_000;
/** Output is shown in steps of this length: a program that prints without end must not keep the page busy. */
const SHOW_EVERY_MS = 50;
/** Writes are told in steps of this length: a program may write thousands of times a second. */
const TELL_EVERY_MS = 60;
/** Pause between two looks at the tree while a process writes. */
const LOOK_AGAIN_MS = 250;
/** Containers of one image that are shown side by side: more would be too narrow to read. */
const MOST_BESIDE = 3;

export class Containers {
  list = $state.raw<readonly ContainerSummary[]>([]);
  entries = $state.raw<readonly RunEntry[]>([]);
  /** What each container wrote while this page was open, by its ID. */
  logs = $state.raw<Readonly<Record<string, WriteLog>>>({});
  /** How the writes of the active container are shown: at once, slowly, once more. */
  readonly player = new WritePlayer();
  /** Grows whenever the writable layer may look different. */
  writes = $state(0);
  /** `null`: the next command starts a new container; undefined: nothing was chosen yet, so the newest is shown. */
  #activeID = $state<string | null | undefined>();
  #controller = $state.raw<AbortController | undefined>();
  #next = 1;
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  #tellTimer: ReturnType<typeof setTimeout> | undefined;
  /** Writes that came since the last time they were told. */
  #untold: CopyOnWriteEvent[] = [];
  /** Output that came since the last time it was shown. */
  readonly #unshown: OutputChunk[] = [];
  #showTimer: ReturnType<typeof setTimeout> | undefined;
  readonly #engine: EngineClient;
  readonly #notices: Notices;
  readonly #shownImage: () => ImageDetail | undefined;
  /** Containers that were told of; undefined until the first list came. */
  #known: readonly string[] | undefined;

  /** `shownImage` gives the image on screen: what starts on it is looked at. */
  constructor(engine: EngineClient, notices: Notices, shownImage: () => ImageDetail | undefined) {
    this.#engine = engine;
    this.#notices = notices;
    this.#shownImage = shownImage;
  }

  get running(): boolean {
    return this.#controller !== undefined;
  }

  /** The container whose writable layer is shown over `image`. */
  activeOn(image: ImageDetail | undefined): ContainerSummary | undefined {
    if (this.#activeID === null) return undefined;
    const ofImage = this.on(image);
    return ofImage.find(({ id }) => id === this.#activeID) ?? ofImage.at(-1);
  }

  /** All containers of `image`, oldest first: they share its layers. */
  on(image: ImageDetail | undefined): readonly ContainerSummary[] {
    return this.list
      .filter((container) => container.imageID === image?.id)
      .sort((a, b) => a.createdMs - b.createdMs || a.id.localeCompare(b.id));
  }

  /** The containers of `image` that are shown side by side, the active one among them. */
  beside(image: ImageDetail | undefined): readonly ContainerSummary[] {
    const active = this.activeOn(image);
    if (active === undefined) return [];
    const latest = this.on(image).slice(-MOST_BESIDE);
    return latest.some(({ id }) => id === active.id) ? latest : [active, ...latest.slice(1)];
  }

  /** A container that runs on another image than `image`, the newest of them. */
  elsewhere(image: ImageDetail | undefined): ContainerSummary | undefined {
    return this.list
      .filter(({ state, imageID }) => state === 'running' && imageID !== image?.id)
      .reduce<ContainerSummary | undefined>(
        (newest, each) => (newest === undefined || each.createdMs > newest.createdMs ? each : newest),
        undefined,
      );
  }

  logOf(id: string): WriteLog {
    return this.logs[id] ?? NO_WRITES;
  }

  async refresh(): Promise<void> {
    try {
      this.list = await this.#engine.containers();
      this.#showNew();
    } catch (error) {
      this.#notices.fail('The containers could not be listed', error);
    }
  }

  /** Takes what happened in the engine. */
  take(activities: readonly EngineActivity[]): void {
    for (const activity of activities) if (activity.kind === 'write') this.#wrote(activity.event);
    if (activities.some((each) => each.kind === 'changed' && each.what === 'containers')) void this.refresh();
  }

  /** A container that was started on the image on screen is what one wants to see. */
  #showNew(): void {
    const known = this.#known;
    this.#known = this.list.map(({ id }) => id);
    const fresh = this.on(this.#shownImage()).findLast(({ id }) => known?.includes(id) === false);
    if (fresh === undefined || fresh.id === this.#activeID) return;
    this.#activeID = fresh.id;
    // what it wrote by now is still to be seen
    this.player.jump(NO_WRITES);
    this.writes += 1;
  }

  /** Puts a container's writable layer on the stack; null makes the next command start a new one. */
  choose(id: string | null): void {
    if (this.#activeID === id) return;
    this.#activeID = id;
    this.player.jump(id === null ? NO_WRITES : this.logOf(id));
    this.writes += 1;
  }

  /** Runs a command line in the active container of `image`, or in a new one. */
  async run(image: ImageDetail, commandLine: string, fresh = false): Promise<void> {
    if (this.#controller !== undefined) return;
    const active = fresh ? undefined : this.activeOn(image);
    if (active === undefined) this.choose(null);
    const controller = new AbortController();
    this.#controller = controller;
    const id = this.#begin(commandLine, active?.name ?? 'new container');
    try {
      const result = await this.#engine.run(
        {
          image: image.id,
          ...(commandLine === '' ? {} : { commandLine }),
          ...(active === undefined ? {} : { container: active.id }),
        },
        {
          signal: controller.signal,
          onOutput: (stream, data) => this.#printed(id, { stream, data }),
        },
      );
      this.#activeID = result.container.id;
      this.#change(id, (entry) => ({
        ...entry,
        container: result.container.name,
        exitCode: result.exitCode,
        simulated: result.simulated,
      }));
    } catch (error) {
      const stopped = isEngineError(error, 'cancelled');
      this.#change(id, (entry) => ({ ...entry, error: stopped ? 'Stopped.' : messageOf(error) }));
    } finally {
      this.#controller = undefined;
      await this.#tell();
      this.#show(id);
      this.#change(id, (entry) => ({ ...entry, running: false }));
      await this.refresh();
      this.writes += 1;
    }
  }

  stop(): void {
    this.#controller?.abort();
  }

  async remove(container: ContainerSummary): Promise<void> {
    try {
      await this.#engine.removeContainer(container.id);
      this.choose(null);
      this.#notices.say(`Removed container ${container.name} and its writable layer`, {
        action: { label: 'Undo', run: () => void this.#bringBack(container) },
      });
    } catch (error) {
      this.#notices.fail(`Container ${container.name} could not be removed`, error);
    }
    await this.refresh();
  }

  async #bringBack({ id, name }: ContainerSummary): Promise<void> {
    try {
      await this.#engine.undoRemoval(id);
    } catch (error) {
      this.#notices.fail(`Container ${name} could not be brought back`, error);
    }
    await this.refresh();
    this.choose(id);
  }

  clear(): void {
    this.entries = this.entries.filter((entry) => entry.running);
  }

  #begin(commandLine: string, container: string): number {
    const id = this.#next++;
    const entry = { id, commandLine, container, output: NO_OUTPUT, running: true, simulated: [] };
    this.entries = [...this.entries, entry].slice(-100);
    return id;
  }

  #change(id: number, change: (entry: RunEntry) => RunEntry): void {
    this.entries = this.entries.map((entry) => (entry.id === id ? change(entry) : entry));
  }

  #printed(id: number, chunk: OutputChunk): void {
    this.#unshown.push(chunk);
    if (this.#showTimer !== undefined) return;
    this.#showTimer = setTimeout(() => this.#show(id), SHOW_EVERY_MS);
  }

  #show(id: number): void {
    clearTimeout(this.#showTimer);
    this.#showTimer = undefined;
    const chunks = this.#unshown.splice(0);
    this.#change(id, (entry) => ({ ...entry, output: appendOutput(entry.output, chunks, MAX_LINES) }));
  }

  #wrote(event: CopyOnWriteEvent): void {
    this.#untold.push(event);
    this.#tellTimer ??= setTimeout(() => void this.#tell(), TELL_EVERY_MS);
    if (this.#lookTimer !== undefined) return;
    this.#lookTimer = setTimeout(() => {
      this.#lookTimer = undefined;
      this.writes += 1;
      void this.refresh();
    }, LOOK_AGAIN_MS);
  }

  /** Adds the writes that came to the logs; a container that is new to the page is looked up. */
  async #tell(): Promise<void> {
    clearTimeout(this.#tellTimer);
    this.#tellTimer = undefined;
    const events = this.#untold;
    this.#untold = [];
    if (events.length === 0) return;
    const ids = events.map(({ container }) => container);
    for (const id of ids.filter((each, place) => ids.indexOf(each) === place)) {
      const own = events.filter(({ container }) => container === id);
      this.logs = { ...this.logs, [id]: appendWrites(this.logOf(id), own) };
    }
    if (ids.some((id) => !this.list.some((each) => each.id === id))) await this.refresh();
  }
}
