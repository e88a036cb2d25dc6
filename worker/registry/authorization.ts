/**
 * Getting in: which `Authorization` header a registry wants. Nothing is sent until the registry challenges; then Basic
 * credentials, or a bearer token from the server it names (distribution, "Token Authentication" and "OAuth2").
 */
import { isEngineError, EngineError } from '../base/errors.ts';
import { readAll, utf8Text } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import type { Clock, Transport } from '../base/ports.ts';
import { parseChallenges, type Challenge } from './challenge.ts';
import { basicAuthorization, type Credentials, type CredentialsPort } from './credentials.ts';
import { credentialsKey, type Endpoint } from './endpoint.ts';
import { errorOfResponse } from './errors.ts';

/** A header value with the moment it goes stale, in wall-clock milliseconds. */
interface Grant {
  readonly header: string;
  readonly expiresMs: number;
}

/** What a token server may leave out (distribution, "Token Response Fields"). */
const DEFAULT_LIFETIME_S = 60;
/** A token is renewed this long before it ends, so that it does not end on the way. */
const MARGIN_MS = 10_000;
const CLIENT_ID = 'strata';
const MAX_TOKEN_BYTES = 1024 * 1024;

/** Remembers, for one engine, what each registry granted for each scope. */
export class Authorizer {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #credentials: CredentialsPort;
  readonly #grants = new Map<string, Grant>();
  /** Token requests on their way: parallel layers of one image ask once. */
  readonly #pending = new Map<string, Promise<Grant>>();

  constructor(transport: Transport, clock: Clock, credentials: CredentialsPort) {
    this.#transport = transport;
    this.#clock = clock;
    this.#credentials = credentials;
  }

  /** The header to send unasked: what was granted before and still holds. */
  granted(endpoint: Endpoint, scopes: readonly string[]): string | undefined {
    const grant = this.#grants.get(grantKey(endpoint, scopes));
    return grant !== undefined && grant.expiresMs - MARGIN_MS > this.#clock.nowMs() ? grant.header : undefined;
  }

  /**
   * Answers a 401: the header to try next, or undefined when there is none to give (no credentials, unknown scheme).
   * Throws what the token server refuses with.
   */
  async answer(
    endpoint: Endpoint,
    scopes: readonly string[],
    challengeHeader: string,
    job: Job,
  ): Promise<string | undefined> {
    const challenges = parseChallenges(challengeHeader);
    const credentials = await this.#credentials(endpointCredentialsKey(endpoint));
    const bearer = challenges.find((challenge) => challenge.scheme === 'bearer');
    const key = grantKey(endpoint, scopes);
    if (bearer !== undefined) {
      const pending = this.#pending.get(key) ?? this.#fetchToken(endpoint, bearer, scopes, credentials, job);
      this.#pending.set(key, pending);
      try {
        const grant = await pending;
        this.#grants.set(key, grant);
        return grant.header;
      } finally {
        this.#pending.delete(key);
      }
    }
    if (challenges.some((challenge) => challenge.scheme === 'basic') && credentials?.kind === 'basic') {
      const header = basicAuthorization(credentials.username, credentials.password);
      this.#grants.set(key, { header, expiresMs: Infinity });
      return header;
    }
    return undefined;
  }

  /**
   * What to keep of credentials that a registry shall take: the identity token its token server gives for them, so that the
   * password need not be kept, else the credentials themselves. Throws what the token server refuses with.
   */
  async exchangeForIdentity(
    endpoint: Endpoint,
    challengeHeader: string,
    credentials: Credentials,
    job: Job,
  ): Promise<Credentials> {
    const bearer = parseChallenges(challengeHeader).find((challenge) => challenge.scheme === 'bearer');
    if (bearer === undefined || credentials.kind !== 'basic') return credentials;
    const request = tokenRequest(endpoint, bearer, [], credentials, job.signal, { offline: true });
    const { identityToken } = await this.#requestToken(request, job);
    return identityToken === undefined ? credentials : { kind: 'identity-token', token: identityToken };
  }

  /** Drops what was granted, after the registry refused it or the person logged in or out. */
  forget(endpoint: Endpoint): void {
    for (const key of this.#grants.keys()) if (key.startsWith(`${endpoint.baseUrl} `)) this.#grants.delete(key);
  }

  async #fetchToken(
    endpoint: Endpoint,
    challenge: Challenge,
    scopes: readonly string[],
    credentials: Credentials | undefined,
    job: Job,
  ): Promise<Grant> {
    const request = tokenRequest(endpoint, challenge, scopes, credentials, job.signal);
    const { token, lifetimeS } = await this.#requestToken(request, job);
    return { header: `Bearer ${token}`, expiresMs: this.#clock.nowMs() + lifetimeS * 1000 };
  }

  async #requestToken(request: Request, job: Job): Promise<TokenAnswer> {
    let response: Response;
    try {
      response = await this.#transport(request);
    } catch (error) {
      job.budget.throwIfCancelled();
      if (isEngineError(error)) throw error;
      const { host, origin, pathname } = new URL(request.url);
      throw new EngineError('network', `the token server ${host} cannot be reached`, {
        data: { url: origin + pathname },
        cause: error,
      });
    }
    if (!response.ok) throw await errorOfResponse(response);
    return readToken(response);
  }
}

/** What a token server gave. */
interface TokenAnswer {
  readonly token: string;
  readonly lifetimeS: number;
  /** To get further tokens with, instead of the password. */
  readonly identityToken?: string;
}

function grantKey(endpoint: Endpoint, scopes: readonly string[]): string {
  return `${endpoint.baseUrl} ${[...scopes].sort().join(' ')}`;
}

/** A mirror never sees the credentials of the registry it stands in for. */
function endpointCredentialsKey(endpoint: Endpoint): string {
  return endpoint.mirror ? new URL(endpoint.baseUrl).host : credentialsKey(endpoint.domain);
}

function tokenRequest(
  endpoint: Endpoint,
  challenge: Challenge,
  scopes: readonly string[],
  credentials: Credentials | undefined,
  signal: AbortSignal,
  { offline = false }: { readonly offline?: boolean } = {},
): Request {
  const realm = challenge.parameters.get('realm') ?? '';
  if (!URL.canParse(realm)) throw new EngineError('registry', `the registry names no token server: "${realm}"`);
  const url = new URL(realm);
  if (credentials !== undefined && url.protocol !== 'https:' && endpoint.baseUrl.startsWith('https:')) {
    throw new EngineError(
      'denied',
      `the registry wants credentials sent in the clear, to ${url.origin}; they were not sent`,
    );
  }
  const asked = (challenge.parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const wanted = [...new Set([...scopes, ...asked])];
  const service = challenge.parameters.get('service');

  if (credentials?.kind === 'identity-token') {
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: CLIENT_ID });
    if (service !== undefined) form.set('service', service);
    form.set('scope', wanted.join(' '));
    form.set('refresh_token', credentials.token);
    return new Request(url, { method: 'POST', body: form, signal, credentials: 'omit' });
  }
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of wanted) url.searchParams.append('scope', scope);
  if (credentials === undefined) return new Request(url, { signal, credentials: 'omit' });
  url.searchParams.set('account', credentials.username);
  if (offline) {
    url.searchParams.set('offline_token', 'true');
    url.searchParams.set('client_id', CLIENT_ID);
  }
  const headers = { authorization: basicAuthorization(credentials.username, credentials.password) };
  return new Request(url, { headers, signal, credentials: 'omit' });
}

async function readToken(response: Response): Promise<TokenAnswer> {
  const bytes = response.body === null ? new Uint8Array() : await readAll(response.body, MAX_TOKEN_BYTES);
  let document: unknown;
  try {
    document = JSON.parse(utf8Text(bytes));
  } catch (error) {
    throw new EngineError('registry', 'the token server answered with something that is no token', { cause: error });
  }
  const fields = typeof document === 'object' && document !== null ? document : {};
  const token = stringField(fields, 'token') ?? stringField(fields, 'access_token');
  if (token === undefined)
    throw new EngineError('registry', 'authorization server did not include a token in the response');
  const lifetime = 'expires_in' in fields && typeof fields.expires_in === 'number' ? fields.expires_in : 0;
  const identityToken = stringField(fields, 'refresh_token');
  return {
    token,
    lifetimeS: Math.max(lifetime, DEFAULT_LIFETIME_S),
    ...(identityToken === undefined ? {} : { identityToken }),
  };
}

function stringField(fields: object, name: string): string | undefined {
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
