/** One HTTP exchange with a registry: the way in, tries again where that may help, and refusals as errors. */
import { EngineError, isEngineError } from '../base/errors.ts';
import type { Job } from '../base/job.ts';
import type { Clock, Transport } from '../base/ports.ts';
import { Authorizer } from './authorization.ts';
import { ANONYMOUS, type Credentials, type CredentialsPort } from './credentials.ts';
import { pullEndpoints, registryEndpoint, type Endpoint, type RegistrySettings } from './endpoint.ts';
import { errorOfResponse, isNotKept } from './errors.ts';
import { isTransientStatus, retryDelayMs, waitToRetry } from './retry.ts';

export interface Call {
  readonly endpoint: Endpoint;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the endpoint (`/v2/…`), or a whole URL where the registry gave one. */
  readonly target: string;
  /** Rights to ask a token server for: `repository:library/busybox:pull`. */
  readonly scopes: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent anew with every try, so never a stream. */
  readonly body?: Blob | Uint8Array<ArrayBuffer>;
  /** Statuses of 400 and above that are an answer, not an error. */
  readonly accept?: readonly number[];
  /** False for what must not be said twice (the end of an upload): its first failure is thrown. */
  readonly retry?: boolean;
  readonly job: Job;
}

export interface RegistryClientOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly credentials?: CredentialsPort;
  readonly settings?: Partial<RegistrySettings>;
}

/** A client of any number of registries: what it learned of them (tokens, which answer) lives as long as it does. */
export class RegistryClient {
  readonly clock: Clock;
  readonly #transport: Transport;
  #settings: RegistrySettings;
  readonly #authorizer: Authorizer;
  /** Origins that answered at least once: a failure there may pass, elsewhere it is a refusal or no network. */
  readonly #reached = new Set<string>();

  constructor(options: RegistryClientOptions) {
    this.#transport = options.transport;
    this.clock = options.clock;
    this.#settings = { mirrors: [], mirrorsOf: {}, insecureRegistries: [], ...options.settings };
    this.#authorizer = new Authorizer(options.transport, options.clock, options.credentials ?? ANONYMOUS);
  }

  /** Reaches registries by other settings from now on. */
  configure(settings: RegistrySettings): void {
    this.#settings = settings;
  }

  /** Where to push to, and what deletes and lists. */
  registry(domain: string): Endpoint {
    return registryEndpoint(domain, this.#settings);
  }

  /** Where to pull from, in the order to try. */
  pullEndpoints(domain: string): readonly Endpoint[] {
    return pullEndpoints(domain, this.#settings);
  }

  /** Forgets tokens and passwords in use, after `docker login` or `docker logout`. */
  forgetCredentials(domain: string): void {
    this.#authorizer.forget(this.registry(domain));
  }

  /**
   * Asks a registry whether it takes these credentials. `keep` gets what shall be found by the port that looks credentials up,
   * before they are tried: an identity token where the registry gives one for a password. Throws `unauthorized`, and what else
   * it refuses with.
   */
  async login(
    domain: string,
    credentials: Credentials,
    keep: (credentials: Credentials) => void,
    job: Job,
  ): Promise<void> {
    const endpoint = this.registry(domain);
    const call = { endpoint, method: 'GET', target: '/v2/', scopes: [], job } as const;
    this.#authorizer.forget(endpoint);
    const challenge = await this.#challenge(call);
    keep(
      challenge === null
        ? credentials
        : await this.#authorizer.exchangeForIdentity(endpoint, challenge, credentials, job),
    );
    await (await this.exchange(call)).body?.cancel();
  }

  /** What the registry asks strangers for; null when it lets them in. */
  async #challenge(call: Call): Promise<string | null> {
    try {
      const response = await this.#send(call, targetOf(call), undefined);
      await response.body?.cancel();
      return response.status === 401 ? response.headers.get('www-authenticate') : null;
    } catch (error) {
      call.job.budget.throwIfCancelled();
      throw isEngineError(error) ? error : unreachable(call, error);
    }
  }

  /**
   * The registry's answer, its body unread. Throws the refusal as {@link errorOfResponse} words it, `network` when there is
   * no answer at all, `cancelled`.
   */
  async exchange(call: Call): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.#attempt(call);
      if (outcome instanceof Response && (outcome.ok || call.accept?.includes(outcome.status) === true)) return outcome;
      const delayMs = call.retry === false ? undefined : this.#delayMs(call, attempt, outcome);
      if (delayMs === undefined) throw outcome instanceof Response ? await errorOfResponse(outcome) : outcome;
      if (outcome instanceof Response) await outcome.body?.cancel();
      await waitToRetry(this.clock, delayMs, call.job);
    }
  }

  /** The response, or the failure to get one. */
  async #attempt(call: Call): Promise<Response | EngineError> {
    const { endpoint, scopes } = call;
    const url = targetOf(call);
    // An upload's Location may lead to another host, which gets no token of this one.
    const ours = url.origin === new URL(endpoint.baseUrl).origin;
    try {
      const response = await this.#send(call, url, ours ? this.#authorizer.granted(endpoint, scopes) : undefined);
      if (response.status !== 401 || !ours) return response;
      const challenge = response.headers.get('www-authenticate');
      if (challenge === null) return response;
      const authorization = await this.#authorizer.answer(endpoint, scopes, challenge, call.job);
      if (authorization === undefined) return response;
      await response.body?.cancel();
      return await this.#send(call, url, authorization);
    } catch (error) {
      call.job.budget.throwIfCancelled();
      return isEngineError(error) ? error : unreachable(call, error);
    }
  }

  async #send(call: Call, url: URL, authorization: string | undefined): Promise<Response> {
    const headers = new Headers(call.headers);
    if (authorization !== undefined) headers.set('authorization', authorization);
    const response = await this.#transport(
      new Request(url, {
        method: call.method,
        headers,
        body: call.body ?? null,
        signal: call.job.signal,
        // Cookies of the registry's web site are no business of ours, and CORS would want more for them.
        credentials: 'omit',
        // What comes is kept by its digest; a copy in the browser's cache would only hide what the registry says now.
        cache: 'no-store',
      }),
    );
    this.#reached.add(url.origin);
    return response;
  }

  #delayMs(call: Call, attempt: number, outcome: Response | EngineError): number | undefined {
    if (outcome instanceof Response) {
      if (!isTransientStatus(outcome.status)) return undefined;
      return retryDelayMs(attempt, outcome.headers.get('retry-after'), this.clock.nowMs());
    }
    const reached = this.#reached.has(new URL(call.endpoint.baseUrl).origin);
    return outcome.code === 'network' && reached && !isNotKept(outcome) ? retryDelayMs(attempt, null, 0) : undefined;
  }
}

function targetOf(call: Call): URL {
  return new URL(call.target.startsWith('/') ? call.endpoint.baseUrl + call.target : call.target);
}

/** `fetch` tells a CORS refusal, a missing host and a missing network apart for nobody: say what may be. */
function unreachable(call: Call, cause: unknown): EngineError {
  const { host } = new URL(call.endpoint.baseUrl);
  return new EngineError(
    'network',
    `${call.method} ${call.endpoint.baseUrl}/v2/: no answer from ${host}: there is no network, or the registry does not answer to browsers (CORS)`,
    { data: { registry: call.endpoint.domain, url: call.endpoint.baseUrl }, cause },
  );
}
