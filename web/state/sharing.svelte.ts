/** Projects that come from elsewhere: opened from a link, a file or an address, and what is asked and told about them. */
import { decodeFragment, encodeFragment, withoutSource } from '../share/fragment.ts';
import { ShareError, toWire, type SharedProject } from '../share/shared-project.ts';
import { messageOf, type Notices } from './notices.svelte.ts';
import type { ProjectState } from './project.svelte.ts';

/** What came with the open project. */
export interface Arrival {
  /** The project it was opened as. */
  readonly id: string;
  /** Lines for the terminal that the sharer sent along. */
  readonly commands: readonly string[];
  /** The image ID that the sharer's build made. */
  readonly imageID?: string;
  /** The files as they came: an edit changes what the build should give. */
  readonly files: ProjectState['files'];
}

export class Sharing {
  #arrival = $state.raw<Arrival | undefined>();
  #refusedHost = $state<string | undefined>();
  #source = $state.raw<URL | undefined>();
  /** The fetch that is under way. */
  #fetch = $state.raw<AbortController | undefined>();
  #opening = $state(false);
  readonly #project: ProjectState;
  readonly #notices: Notices;
  readonly #show: (place: string) => void;

  /** `show` opens a place (share/place.ts). */
  constructor(project: ProjectState, notices: Notices, show: (place: string) => void) {
    this.#project = project;
    this.#notices = notices;
    this.#show = show;
  }

  /** What came with the project on screen, if it came from elsewhere. */
  get arrival(): Arrival | undefined {
    return this.#arrival?.id === this.#project.id ? this.#arrival : undefined;
  }
  /** A host that the project asked, and may not ask yet. */
  get refusedHost(): string | undefined {
    return this.#project.allowedHosts === undefined ? undefined : this.#refusedHost;
  }
  /** Where the address of the page says a project is; it is fetched when the reader agrees. */
  get source(): URL | undefined {
    return this.#source;
  }
  get fetching(): boolean {
    return this.#fetch !== undefined;
  }

  /** A link is being read: its note has its place before there is something to say. */
  get opening(): boolean {
    return this.#opening;
  }

  /** Opens the project a link holds, beside those that are stored. The link leaves the address bar. */
  async openLink(hash: string): Promise<void> {
    this.#opening = true;
    try {
      await this.open(await decodeFragment(hash));
    } catch (error) {
      this.#notices.say(error instanceof ShareError ? error.message : messageOf(error), { tone: 'bad' });
    } finally {
      this.#opening = false;
    }
    // The project is ours now: a reload must not open the link once more.
    this.#forgetAddress();
  }

  /** Opens a project from elsewhere as one of one's own. It may ask no host until it is allowed to. */
  async open(shared: SharedProject): Promise<void> {
    await this.#project.flush();
    this.#refusedHost = undefined;
    const { name, files, build, commands = [], imageID, place } = shared;
    this.#project.create(name, files, { allowedHosts: [], ...(build === undefined ? {} : { build }) });
    this.#arrival = { id: this.#project.id, commands, files, ...(imageID === undefined ? {} : { imageID }) };
    if (place !== undefined) this.#show(place);
    this.#notices.say(`Opened “${name}”. Your other projects are in the project menu.`);
  }

  /** Takes notice of `?from=` in the page's address. Nothing is fetched. */
  async noticeSource(search: string): Promise<void> {
    if (!search.includes('from=')) return;
    const { sourceOf } = await import('../share/from-address.ts');
    try {
      this.#source = sourceOf(search);
    } catch (error) {
      this.#notices.say(messageOf(error), { tone: 'bad' });
    }
  }

  /** Fetches the project from the address, and opens it, unless it was declined meanwhile. */
  async openSource(): Promise<void> {
    const source = this.#source;
    if (source === undefined || this.#fetch !== undefined) return;
    const { signal } = (this.#fetch = new AbortController());
    try {
      const { fetchProject } = await import('../share/from-address.ts');
      const shared = await fetchProject(source, signal);
      signal.throwIfAborted();
      await this.open(shared);
      this.declineSource();
    } catch (error) {
      if (!signal.aborted) this.#notices.say(messageOf(error), { tone: 'bad' });
    } finally {
      this.#fetch = undefined;
    }
  }

  /** Does without what the address offers; what is on its way is given up. */
  declineSource(): void {
    this.#fetch?.abort();
    this.#source = undefined;
    this.#forgetAddress();
  }

  /** The project asked a host it may not ask. */
  refused(host: string): void {
    this.#refusedHost = host;
  }

  /** Lets the project ask that host from now on. */
  allowRefused(): void {
    if (this.#refusedHost !== undefined) this.#project.allowHost(this.#refusedHost);
    this.#refusedHost = undefined;
  }

  /** Leaves things as they are, and says no more of them. */
  dismiss(): void {
    this.#arrival = undefined;
    this.#refusedHost = undefined;
  }

  /** The fragment that opens the project elsewhere, with what else is given. */
  fragmentWith(more: Pick<SharedProject, 'place' | 'commands' | 'imageID'>): Promise<string> {
    return encodeFragment(this.#shared(more));
  }

  /** The same as a file. */
  async fileWith(more: Pick<SharedProject, 'place' | 'commands' | 'imageID'>): Promise<Blob> {
    return new Blob([JSON.stringify(await toWire(this.#shared(more)))], { type: 'application/json' });
  }

  #shared(more: Pick<SharedProject, 'place' | 'commands' | 'imageID'>): SharedProject {
    const { name, files, build } = this.#project;
    return { name, files, build, ...more };
  }

  #forgetAddress(): void {
    history.replaceState(null, '', location.pathname + withoutSource(location.search));
  }
}
