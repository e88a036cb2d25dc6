/**
 * An OCI image layout (image-spec, "OCI Image Layout Specification") on a static host, answered for as a read-only registry
 * (distribution-spec, pull). Files of a layout have names that every file system and host takes, which the registry's own
 * addresses (`blobs/sha256:…`) have not; and what several images share lies there once.
 */
import type { Transport } from '../base/ports.ts';

/** Annotation under which `index.json` holds an image's full name: `docker.io/library/alpine:3.20`. */
const NAME_ANNOTATION = 'org.opencontainers.image.ref.name';

/** Where Docker Hub's names begin in the layout's index; a registry's addresses go without it. */
const DOMAIN = 'docker.io';

interface NamedManifest {
  readonly name: string;
  readonly digest: string;
  readonly mediaType: string;
  readonly size: number;
}

/**
 * A transport that answers the registry requests below `baseUrl` with the files of the layout that lies there, fetched through
 * `files`. Its index is read once. Where that fails, so does the request, in the way `files` failed.
 */
export function layoutRegistry(baseUrl: string, files: Transport): Transport {
  const base = baseUrl.replace(/\/+$/, '');
  let index: Promise<readonly NamedManifest[] | Response> | undefined;

  async function readIndex(request: Request): Promise<readonly NamedManifest[] | Response> {
    const response = await files(new Request(`${base}/index.json`, { signal: request.signal }));
    return response.ok ? manifestsOf(await response.json()) : response;
  }

  /** The index, asked for again after a failure: the network may be back. */
  async function manifests(request: Request): Promise<readonly NamedManifest[] | Response> {
    index ??= readIndex(request);
    try {
      const known = await index;
      if (known instanceof Response) index = undefined;
      return known;
    } catch (error) {
      index = undefined;
      throw error;
    }
  }

  async function manifest(request: Request, name: string, reference: string): Promise<Response> {
    const known = await manifests(request);
    if (known instanceof Response) return known;
    const wanted = (entry: NamedManifest): boolean =>
      reference.includes(':') ? entry.digest === reference : entry.name === `${DOMAIN}/${name}:${reference}`;
    const found = known.find(wanted);
    if (found === undefined) return refusal('MANIFEST_UNKNOWN', `the layout has no ${name}:${reference}`);
    const headers = {
      'content-type': found.mediaType,
      'content-length': String(found.size),
      'docker-content-digest': found.digest,
    };
    if (request.method === 'HEAD') return new Response(null, { headers });
    const answer = await blob(request, found.digest);
    return answer.ok ? new Response(answer.body, { headers }) : answer;
  }

  function blob(request: Request, digest: string): Promise<Response> {
    const { method, signal } = request;
    // Of a registry's headers only this one means something to a file; a long Accept would make another origin ask permission.
    const range = request.headers.get('range');
    const headers = range === null ? {} : { range };
    return files(new Request(`${base}/blobs/${digest.replace(':', '/')}`, { method, headers, signal }));
  }

  async function tags(request: Request, name: string): Promise<Response> {
    const known = await manifests(request);
    if (known instanceof Response) return known;
    const prefix = `${DOMAIN}/${name}:`;
    const names = known
      .filter((entry) => entry.name.startsWith(prefix))
      .map((entry) => entry.name.slice(prefix.length));
    return names.length === 0
      ? refusal('NAME_UNKNOWN', `the layout has no ${name}`)
      : json({ name, tags: names.sort() });
  }

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return refusal('UNSUPPORTED', 'the layout is read-only', 405);
    const path = decodeURIComponent(
      new URL(request.url).pathname.slice(new URL(base).pathname.replace(/\/$/, '').length),
    );
    const match = /^\/v2\/(?:(.+)\/(manifests|blobs|tags)\/([^/]+))?$/.exec(path);
    if (match === null) return refusal('UNSUPPORTED', `no such address: ${path}`);
    const [, name, what, which = ''] = match;
    if (name === undefined) return json({});
    if (what === 'manifests') return manifest(request, name, which);
    return what === 'blobs' ? blob(request, which) : tags(request, name);
  };
}

function manifestsOf(document: unknown): readonly NamedManifest[] {
  const listed: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'manifests') : undefined;
  return Array.isArray(listed) ? listed.flatMap((entry: unknown) => namedManifest(entry)) : [];
}

function namedManifest(entry: unknown): readonly NamedManifest[] {
  if (typeof entry !== 'object' || entry === null) return [];
  const { digest, mediaType, size, annotations } = entry as Partial<Record<string, unknown>>;
  const name: unknown =
    typeof annotations === 'object' && annotations !== null ? Reflect.get(annotations, NAME_ANNOTATION) : undefined;
  if (typeof digest !== 'string' || typeof mediaType !== 'string' || typeof size !== 'number') return [];
  return typeof name === 'string' ? [{ name, digest, mediaType, size }] : [];
}

function refusal(code: string, message: string, status = 404): Response {
  return json({ errors: [{ code, message }] }, status);
}

function json(value: object, status = 200): Response {
  return new Response(JSON.stringify(value), { status, headers: { 'content-type': 'application/json' } });
}
