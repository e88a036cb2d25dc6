/**
 * Who is logged in where. Credentials live in memory, for as long as this engine does; those a person asked to have remembered are
 * stored too, in this browser, in clear, as Docker keeps them in config.json. They leave through nothing but the registry client.
 */
import { isRecord } from '../base/record.ts';
import { credentialsKey } from '../registry/endpoint.ts';
import type { Credentials } from '../registry/credentials.ts';
import type { Database } from '../store/database.ts';

/** A login without its secret. */
export interface LoginSummary {
  /** `docker.io`, `localhost:5000`. */
  readonly registry: string;
  /** Empty where a token stands for the name. */
  readonly username: string;
  /** Kept when the page is closed. */
  readonly remembered: boolean;
}

interface Login {
  readonly registry: string;
  readonly username: string;
  readonly credentials: Credentials;
  readonly remembered: boolean;
}

const PREFIX = 'registry-login/';

export class Logins {
  readonly #database: Database;
  readonly #logins = new Map<string, Login>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Takes up what is remembered, once, before anything asks. Records that are none are left alone. */
  async restore(): Promise<void> {
    for (const [key, record] of await this.#database.entries('settings', PREFIX)) {
      const login = loginOf(record);
      if (login !== undefined) this.#logins.set(key.slice(PREFIX.length), login);
    }
  }

  /** By the key of Docker's config.json. */
  find(key: string): Credentials | undefined {
    return this.#logins.get(key)?.credentials;
  }

  /** For this session. What was remembered of the registry before stays as it was, until {@link remember}. */
  keep(registry: string, credentials: Credentials, username = nameIn(credentials)): void {
    const key = credentialsKey(registry);
    const remembered = this.#logins.get(key)?.remembered ?? false;
    this.#logins.set(key, { registry, username, credentials, remembered });
  }

  /** Stores what is kept for a registry, or takes it out of storage. */
  async remember(registry: string, remembered: boolean): Promise<void> {
    const key = credentialsKey(registry);
    const known = this.#logins.get(key);
    if (known === undefined) return;
    const login: Login = { ...known, remembered };
    this.#logins.set(key, login);
    await this.#database.write([{ table: 'settings', key: PREFIX + key, record: remembered ? login : undefined }]);
  }

  /** Forgets a registry's credentials everywhere. */
  async forget(registry: string): Promise<void> {
    const key = credentialsKey(registry);
    this.#logins.delete(key);
    await this.#database.write([{ table: 'settings', key: PREFIX + key, record: undefined }]);
  }

  list(): readonly LoginSummary[] {
    return [...this.#logins.values()].map(({ registry, username, remembered }) => ({ registry, username, remembered }));
  }
}

function nameIn(credentials: Credentials): string {
  return credentials.kind === 'basic' ? credentials.username : '';
}

/** A stored login, checked. */
function loginOf(record: unknown): Login | undefined {
  if (!isRecord(record)) return undefined;
  const { registry, username, credentials } = record;
  if (typeof registry !== 'string' || typeof username !== 'string') return undefined;
  const checked = credentialsOf(credentials);
  return checked === undefined ? undefined : { registry, username, credentials: checked, remembered: true };
}

function credentialsOf(value: unknown): Credentials | undefined {
  if (!isRecord(value)) return undefined;
  const { kind, username, password, token } = value;
  if (kind === 'basic' && typeof username === 'string' && typeof password === 'string')
    return { kind, username, password };
  return kind === 'identity-token' && typeof token === 'string' ? { kind, token } : undefined;
}
