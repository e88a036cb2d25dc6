/**
 * The in-page registry: an OCI distribution server (distribution-spec 1.1) as a {@link Transport}, over a content store of its
 * own. A registry is another machine: what is pushed to it is copied, and the engine's garbage collection does not reach it.
 */
import { Budget, type Job } from '../../base/job.ts';
import type { Clock, Random, Transport } from '../../base/ports.ts';
import type { ContentStore } from '../../store/content.ts';
import { answer, refuse } from './answers.ts';
import { blobRoutes } from './blobs.ts';
import { listRoutes } from './lists.ts';
import { manifestRoutes } from './manifests.ts';
import type { RepositoryTable } from './repositories.ts';
import { UploadSessions, uploadRoutes } from './uploads.ts';

export interface RegistryServerOptions {
  readonly content: ContentStore;
  readonly repositories: RepositoryTable;
  readonly clock: Clock;
  readonly random: Random;
}

/** One request, understood as far as its address goes. */
export interface RegistryRequest {
  readonly request: Request;
  readonly url: URL;
  /** Repository name, valid; empty for the routes that have none. */
  readonly name: string;
  /** What the route's pattern caught after the name: a tag, a digest, an upload's ID. */
  readonly argument: string;
  readonly job: Job;
}

/** A kind of address with the methods it knows. */
export interface Route {
  /** Of the whole path; its groups are the repository's name (when `named`) and the argument. */
  readonly pattern: RegExp;
  readonly methods: Readonly<Record<string, (request: RegistryRequest) => Promise<Response>>>;
}

/** Repository names (distribution-spec, "Pulling manifests"), at most 255 characters. */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const MAX_NAME = 255;

/** The registry as something to send requests to. Upload sessions live as long as it does. */
export function createRegistryServer(options: RegistryServerOptions): Transport {
  const routes: readonly Route[] = [
    { pattern: /^\/v2\/?$/, methods: { GET: async () => answer(200) } },
    ...listRoutes(options),
    ...uploadRoutes(options, new UploadSessions(options.random)),
    ...blobRoutes(options),
    ...manifestRoutes(options),
  ];

  return async (request) => {
    const url = new URL(request.url);
    for (const { pattern, methods } of routes) {
      const match = pattern.exec(decodeURIComponent(url.pathname));
      if (match === null) continue;
      const name = match.groups?.['name'] ?? '';
      if (name !== '' && (name.length > MAX_NAME || !NAME.test(name)))
        return refuse('NAME_INVALID', 'invalid repository name');
      const method = methods[request.method] ?? (request.method === 'HEAD' ? methods['GET'] : undefined);
      if (method === undefined) return refuse('UNSUPPORTED', 'The operation is unsupported.');
      const response = await method({
        request,
        url,
        name,
        argument: match.groups?.['argument'] ?? '',
        job: requestJob(request, options.clock),
      });
      return request.method === 'HEAD' ? withoutBody(response) : response;
    }
    return refuse('UNSUPPORTED', 'no such address', 404);
  };
}

function requestJob(request: Request, clock: Clock): Job {
  const budget = new Budget(
    request.signal,
    () => clock.monotonicMs(),
    () => clock.yieldTask(),
  );
  return { id: request.url, signal: request.signal, budget };
}

function withoutBody(response: Response): Response {
  return new Response(null, { status: response.status, headers: response.headers });
}
