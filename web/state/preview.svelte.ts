/** The preview: which servers of containers answer on this machine, and the page of one of them that is looked at. */
import type { EngineActivity, EngineClient, Site } from '../../worker/api/types.ts';
import { composePage, type ComposedPage } from '../panels/preview/compose.ts';
import { portOf, siteAddress, visit, type VisitOptions } from '../panels/preview/visit.ts';
import { messageOf } from './notices.svelte.ts';

/** What the frame shows. */
export interface ShownPage extends ComposedPage {
  readonly address: string;
  readonly status: number;
}

export class PreviewState {
  sites = $state.raw<readonly Site[]>([]);
  /** In the address bar. */
  address = $state('');
  page = $state.raw<ShownPage | undefined>();
  loading = $state(false);
  /** Why there is no page, as a sentence. */
  problem = $state('');
  /** An address that leads out of the page, for a person to open or not. */
  outside = $state('');
  /** The site whose page is shown. */
  #current = $state.raw<Site | undefined>();
  #earlier = $state.raw<readonly string[]>([]);
  readonly #engine: EngineClient;
  readonly #onOpened: () => void;
  #visits = 0;

  /** `onOpened` is told when a site was opened by itself. */
  constructor(engine: EngineClient, onOpened: () => void) {
    this.#engine = engine;
    this.#onOpened = onOpened;
  }

  get canGoBack(): boolean {
    return this.#earlier.length > 0;
  }

  /** Takes what happened in the engine: servers that came, containers that went. */
  async take(activities: readonly EngineActivity[]): Promise<void> {
    if (activities.some((each) => each.kind === 'changed' && each.what !== 'images')) await this.refresh();
  }

  async refresh(): Promise<void> {
    const before = this.sites.map(keyOf);
    this.sites = await this.#engine.sites();
    const opened = this.sites.find((site) => site.hasPages && !before.includes(keyOf(site)));
    if (opened !== undefined) {
      this.#onOpened();
      await this.open(opened);
    } else if (
      this.#current !== undefined &&
      !this.sites.some(({ hostPort }) => hostPort === this.#current?.hostPort)
    ) {
      this.#closed(this.#current);
    }
  }

  /** Shows the first page of a site. */
  open({ hostPort }: Site): Promise<void> {
    return this.go(`http://localhost:${hostPort}/`);
  }

  /** Shows the page at an address that was typed or followed. */
  async go(text: string, options: VisitOptions = {}): Promise<void> {
    const url = siteAddress(text);
    this.outside = '';
    if (url === undefined) {
      if (/^https?:\/\//i.test(text)) this.outside = text;
      else this.problem = `${text} is no address of this machine. Try localhost and a published port.`;
      return;
    }
    const shown = this.page?.address;
    await this.#show(url, options);
    if (shown !== undefined && shown !== this.page?.address) this.#earlier = [...this.#earlier, shown];
  }

  async reload(): Promise<void> {
    const url = siteAddress(this.address);
    if (url !== undefined) await this.#show(url, {});
  }

  async back(): Promise<void> {
    const last = siteAddress(this.#earlier.at(-1) ?? '');
    this.#earlier = this.#earlier.slice(0, -1);
    if (last !== undefined) await this.#show(last, {});
  }

  async #show(url: URL, options: VisitOptions): Promise<void> {
    const number = ++this.#visits;
    this.address = url.href;
    this.loading = true;
    this.problem = '';
    try {
      const visited = await visit(this.#engine, url, options);
      const page = await composePage(visited, (address) => this.#part(address));
      if (number !== this.#visits) return;
      this.page = { ...page, address: visited.address, status: visited.status };
      this.address = visited.address;
      const port = portOf(siteAddress(visited.address) ?? url);
      this.#current = this.sites.find(({ hostPort }) => hostPort === port);
    } catch (error) {
      if (number !== this.#visits) return;
      this.page = undefined;
      this.problem = messageOf(error);
    } finally {
      if (number === this.#visits) this.loading = false;
    }
  }

  async #part(address: string) {
    const url = siteAddress(address);
    return url === undefined ? undefined : visit(this.#engine, url).catch(() => undefined);
  }

  #closed({ containerName, hostPort }: Site): void {
    this.#visits++;
    this.#current = undefined;
    this.loading = false;
    this.page = undefined;
    this.problem = `${containerName} has stopped: nothing answers at localhost:${hostPort} any more.`;
  }
}

/** A server that stopped and came back is another one. */
function keyOf({ container, hostPort }: Site): string {
  return `${container} ${hostPort}`;
}
