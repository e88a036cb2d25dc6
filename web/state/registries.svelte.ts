/** Registries as the page knows them: what was found at one, who is logged in, how they are reached. */
import type {
  EngineClient,
  LoginRequest,
  LoginSummary,
  NamePage,
  RegistryDiagnosis,
  RegistrySettings,
  RemoteTag,
} from '../../worker/api/types.ts';
import { messageOf } from './notices.svelte.ts';

/** A list that is read a page at a time. */
export interface GrowingList {
  readonly names: readonly string[];
  readonly next?: string | undefined;
}

export class RegistriesState {
  /** As typed: a registry, or an image at one. */
  address = $state('localhost:5000');
  diagnosis = $state.raw<RegistryDiagnosis | undefined>();
  repositories = $state.raw<GrowingList | undefined>();
  /** Of the repository that is open. */
  tags = $state.raw<GrowingList | undefined>();
  /** Name of the open repository, with its registry. */
  repository = $state('');
  tag = $state.raw<RemoteTag | undefined>();
  logins = $state.raw<readonly LoginSummary[]>([]);
  settings = $state.raw<RegistrySettings>({ mirrors: [], mirrorsOf: {}, insecureRegistries: [] });
  /** What is being asked, in words; empty when nothing is. */
  asking = $state('');
  error = $state('');
  readonly #engine: EngineClient;
  #stop = new AbortController();

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  /** The registry of the address, without scheme and image. */
  get registry(): string {
    const bare = this.address.trim().replace(/^https?:\/\//, '');
    return bare.replace(/\/.*$/, '');
  }

  /** Reads logins and settings anew. */
  async refresh(): Promise<void> {
    const { registries } = this.#engine;
    [this.logins, this.settings] = await Promise.all([registries.logins({}), registries.settings({})]);
  }

  stop(): void {
    this.#stop.abort();
  }

  examine(): Promise<void> {
    return this.#ask('Examining', async (signal) => {
      this.diagnosis = undefined;
      this.diagnosis = await this.#engine.registries.diagnose(this.address, { signal });
    });
  }

  /** Lists the registry's repositories; further ones where some are listed already and `more` is asked for. */
  browse(more = false): Promise<void> {
    return this.#ask('Asking for repositories', async (signal) => {
      const known = more ? this.repositories : undefined;
      if (!more) {
        this.repositories = undefined;
        this.#closeRepository();
      }
      const page = await this.#engine.registries.repositories(this.registry, known?.next, { signal });
      this.repositories = grown(known, page);
    });
  }

  openRepository(name: string, more = false): Promise<void> {
    const repository = `${this.registry}/${name}`;
    return this.#ask('Asking for tags', async (signal) => {
      const known = more ? this.tags : undefined;
      if (!more) this.#closeRepository();
      const page = await this.#engine.registries.tags(repository, known?.next, { signal });
      this.repository = repository;
      this.tags = grown(known, page);
    });
  }

  openTag(tag: string): Promise<void> {
    return this.#ask('Asking for the manifest', async (signal) => {
      this.tag = undefined;
      this.tag = await this.#engine.registries.tag(`${this.repository}:${tag}`, { signal });
    });
  }

  /** Removes what the open tag leads to, and lists the tags anew. */
  async removeTag(): Promise<void> {
    const { tag } = this;
    if (tag === undefined) return;
    await this.#ask('Removing', (signal) => this.#engine.registries.remove(tag.reference, { signal }));
    if (this.error === '') await this.openRepository(this.repository.slice(this.registry.length + 1));
  }

  async login(request: LoginRequest): Promise<void> {
    await this.#ask('Logging in', (signal) => this.#engine.registries.login(request, { signal }));
    await this.refresh();
  }

  async logout(registry: string): Promise<void> {
    await this.#engine.registries.logout(registry, {});
    await this.refresh();
  }

  async setSettings(settings: RegistrySettings): Promise<void> {
    this.settings = await this.#engine.registries.setSettings(settings, {});
  }

  #closeRepository(): void {
    this.repository = '';
    this.tags = undefined;
    this.tag = undefined;
  }

  /** One question at a time: a new one gives up the one before. */
  async #ask(what: string, question: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#stop.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.asking = what;
    this.error = '';
    try {
      await question(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) this.error = messageOf(error);
    } finally {
      if (this.#stop === stop) this.asking = '';
    }
  }
}

function grown(known: GrowingList | undefined, page: NamePage): GrowingList {
  return { names: [...(known?.names ?? []), ...page.names], next: page.next };
}
