/**
 * What a registry has, page by page (distribution-spec, "Content Discovery"): repositories, tags, and what refers to a manifest.
 * A page may be asked for alone, since the list of a large registry has no end worth waiting for.
 */
import { EngineError, isEngineError } from '../base/errors.ts';
import { utf8Text } from '../base/bytes.ts';
import type { Job } from '../base/job.ts';
import { MEDIA_TYPES, type Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex } from '../oci/manifest.ts';
import type { RegistryClient } from './client.ts';
import { MAX_DOCUMENT_BYTES } from './document.ts';
import type { Endpoint } from './endpoint.ts';
import { readBody, repositoryScope, type Repository } from './repository.ts';

/** Some names, and where the next ones are asked for: absent after the last page. */
export interface NamePage {
  readonly names: readonly string[];
  readonly next?: string;
}

/** Names asked for at once when all are wanted. */
const PAGE_SIZE = 1000;
/** A list that pages on forever is cut here. */
const MAX_PAGES = 1000;

/** Tags of a repository, `pageSize` at a time; `next` of the page before goes on. Throws `not-found` for an unknown repository. */
export function tagPage(
  client: RegistryClient,
  repository: Repository,
  job: Job,
  { next, pageSize = PAGE_SIZE }: { readonly next?: string | undefined; readonly pageSize?: number } = {},
): Promise<NamePage> {
  const target = next ?? `/v2/${repository.path}/tags/list?n=${pageSize}`;
  const scopes = [repositoryScope(repository, 'pull')];
  return namePage(client, repository.endpoint, target, scopes, 'tags', job);
}

/** Repositories of a registry that lets itself be listed, as {@link tagPage}. */
export function repositoryPage(
  client: RegistryClient,
  endpoint: Endpoint,
  job: Job,
  { next, pageSize = PAGE_SIZE }: { readonly next?: string | undefined; readonly pageSize?: number } = {},
): Promise<NamePage> {
  const target = next ?? `/v2/_catalog?n=${pageSize}`;
  return namePage(client, endpoint, target, ['registry:catalog:*'], 'repositories', job);
}

/** Every tag, all pages of the list followed. Throws as {@link tagPage}, and `limit` for a list without an end. */
export function listTags(client: RegistryClient, repository: Repository, job: Job): Promise<readonly string[]> {
  return allNames((next) => tagPage(client, repository, job, { next }));
}

/** Every repository, as {@link listTags}. */
export function listRepositories(client: RegistryClient, endpoint: Endpoint, job: Job): Promise<readonly string[]> {
  return allNames((next) => repositoryPage(client, endpoint, job, { next }));
}

/**
 * What refers to a manifest by `subject`: signatures, SBOMs, attestations. A registry without the API answers 404; then the
 * index under the tag `sha256-HEX` has them (distribution-spec, "Unavailable Referrers API").
 */
export async function listReferrers(
  client: RegistryClient,
  repository: Repository,
  digest: Digest,
  job: Job,
): Promise<readonly Descriptor[]> {
  const ask = (path: string): Promise<Response> =>
    client.exchange({
      endpoint: repository.endpoint,
      method: 'GET',
      target: `/v2/${repository.path}/${path}`,
      scopes: [repositoryScope(repository, 'pull')],
      headers: { accept: MEDIA_TYPES.ociIndex },
      accept: [400, 404, 405],
      job,
    });
  for (const path of [`referrers/${digest}`, `manifests/${digest.replace(':', '-')}`]) {
    const response = await ask(path).catch((error: unknown) => {
      // an address that a registry does not know, it may refuse without the headers that let a page read the refusal
      if (isEngineError(error, 'cors') || isEngineError(error, 'network')) return undefined;
      throw error;
    });
    if (response === undefined) continue;
    if (response.ok) return parseIndex(await readBody(response, MAX_DOCUMENT_BYTES)).manifests;
    await response.body?.cancel();
  }
  return [];
}

async function allNames(page: (next: string | undefined) => Promise<NamePage>): Promise<readonly string[]> {
  const all: string[] = [];
  let next: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const { names, next: following } = await page(next);
    all.push(...names);
    if (following === undefined) return all;
    next = following;
  }
  throw new EngineError('limit', `the registry's list has more than ${MAX_PAGES} pages`);
}

async function namePage(
  client: RegistryClient,
  endpoint: Endpoint,
  target: string,
  scopes: readonly string[],
  field: 'tags' | 'repositories',
  job: Job,
): Promise<NamePage> {
  const response = await client.exchange({ endpoint, method: 'GET', target, scopes, job });
  const names = stringList(parseList(await readBody(response, MAX_DOCUMENT_BYTES)), field);
  const next = nextPage(response, endpoint);
  return next === undefined ? { names } : { names, next };
}

function parseList(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Text(bytes));
  } catch (cause) {
    throw new EngineError('invalid-document', "the registry's list is not JSON", { cause });
  }
}

function stringList(document: unknown, field: string): readonly string[] {
  const list: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, field) : undefined;
  // distribution answers null for a repository whose last tag was deleted
  return Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [];
}

/** The address of a `Link: <…>; rel="next"` header (RFC 8288), of the same registry: elsewhere no token goes. */
function nextPage(response: Response, endpoint: Endpoint): string | undefined {
  const match = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get('link') ?? '');
  if (match?.[1] === undefined) return undefined;
  const { pathname, search } = new URL(match[1], `${endpoint.baseUrl}/v2/`);
  return pathname + search;
}
