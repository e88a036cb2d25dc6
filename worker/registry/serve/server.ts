/**
 * The in-page registry: an OCI distribution server (distribution-spec 1.1) over files in distribution's own layout. Words, headers
 * and log lines are those of distribution 2.8, which `registry:2` runs; beyond it, it takes blobs with one POST, pages tags,
 * deletes them by name, refuses chunks out of order and lists referrers, as the specification asks.
 */
import { hex } from '../../base/bytes.ts';
import type { Clock, Random } from '../../base/ports.ts';
import { answer, answerText, copyRefusal, refusalOf } from './answers.ts';
import { blobRoutes } from './blobs.ts';
import { tracedFiles, type RegistryFiles } from './files.ts';
import { listRoutes } from './lists.ts';
import { accessLine, goDuration, goTime, type LogFields, type RegistryLog } from './log.ts';
import { manifestRoutes } from './manifests.ts';
import { referrerRoutes } from './referrers.ts';
import { RegistryStorage } from './storage.ts';
import { uploadRoutes } from './uploads.ts';

export interface RegistryServerOptions {
  readonly files: RegistryFiles;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: RegistryLog;
  /** `storage.delete.enabled`. */
  readonly deleteEnabled: boolean;
  /** `http.headers`: on every answer of the API. */
  readonly headers: Readonly<Record<string, string>>;
  /** `go.version` of each entry. */
  readonly goVersion: string;
}

/** One request, understood as far as its address goes. */
export interface RegistryRequest {
  readonly request: Request;
  readonly url: URL;
  readonly storage: RegistryStorage;
  readonly log: RegistryLog;
  /** Repository name, valid; empty for the routes that have none. */
  readonly name: string;
  /** What the route's pattern caught after the name: a tag, a digest, an upload's ID. */
  readonly argument: string;
  /** A random UUID. */
  newId(): string;
  /** The time as files and log tell it. */
  now(): string;
}

type Handler = (request: RegistryRequest) => Promise<Response>;

/** A kind of address with the methods it knows. */
export interface Route {
  /** Of the whole path; its groups are the repository's name (when `name`) and the argument. */
  readonly pattern: RegExp;
  /** What the log calls the argument; `digest` by default. */
  readonly argumentName?: string;
  readonly methods: Readonly<Record<string, Handler>>;
}

/** Who asks. */
interface Peer {
  readonly address: string;
  readonly port: number;
}

/** Repository names (distribution-spec, "Pulling manifests"), at most 255 characters. */
const NAME = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const MAX_NAME = 255;
const LOCAL_PEER: Peer = { address: '127.0.0.1', port: 0 };
const TRACE_FILE = 'github.com/docker/distribution/registry/storage/driver/base/base.go';
const TRACE_PACKAGE = 'github.com/docker/distribution/registry/storage/driver/base.(*Base)';
/** Lines of distribution 2.8 at which its drivers are traced. */
const TRACE_LINES = { GetContent: 95, PutContent: 110, Move: 185, Delete: 202, List: 170 } as const;

/** The registry as something to send requests to. */
export function createRegistryServer(options: RegistryServerOptions) {
  const { clock, random, goVersion } = options;
  const routes: readonly Route[] = [
    { pattern: /^\/v2\/$/, methods: { GET: async () => baseAnswer() } },
    ...listRoutes(),
    ...uploadRoutes(),
    ...blobRoutes(options),
    ...manifestRoutes(options),
    ...referrerRoutes(),
  ];

  return async (request: Request, peer: Peer = LOCAL_PEER): Promise<Response> => {
    const begunMs = clock.monotonicMs();
    const url = new URL(request.url);
    const requestFields = {
      'go.version': goVersion,
      'http.request.host': url.host,
      'http.request.id': uuid(random),
      'http.request.method': request.method,
      'http.request.remoteaddr': `${peer.address}:${peer.port}`,
      'http.request.uri': url.pathname + url.search,
      'http.request.useragent': request.headers.get('user-agent') ?? '',
      ...optionalField('http.request.contenttype', request.headers.get('content-type')),
    };
    const log = options.log.withOnly(requestFields);
    const routed = await route(routes, { options, request, url, log });
    const response = withHeaders(routed.response, request, url.pathname === '/' ? {} : options.headers);
    const writtenBytes = request.method === 'HEAD' ? 0 : Number(response.headers.get('content-length') ?? 0);
    if (routed.logged) {
      const elapsedMs = clock.monotonicMs() - begunMs;
      logResponse(log, routed, response, { writtenBytes, elapsedMs });
    }
    log.access(accessLine(request, { status: response.status, writtenBytes }, peer.address, clock.nowMs()));
    return response;
  };
}

interface Routed {
  readonly response: Response;
  /** The fields of its address. */
  readonly variables: LogFields;
  /** Handlers tell of their answers; the router does not. */
  readonly logged: boolean;
}

interface Arrived {
  readonly options: RegistryServerOptions;
  readonly request: Request;
  readonly url: URL;
  readonly log: RegistryLog;
}

async function route(routes: readonly Route[], arrived: Arrived): Promise<Routed> {
  const { options, request, url, log } = arrived;
  const unlogged = (response: Response): Routed => ({ response, variables: {}, logged: false });
  const path = decoded(url.pathname);
  if (path === '/')
    return unlogged(new Response(null, { headers: { 'cache-control': 'no-cache', 'content-length': '0' } }));
  if (path === '/v2') {
    const moved = { location: '/v2/', 'content-type': 'text/html; charset=utf-8' };
    return { ...unlogged(answerText(301, '<a href="/v2/">Moved Permanently</a>.\n', moved)), logged: true };
  }
  for (const { pattern, argumentName = 'digest', methods } of routes) {
    const match = pattern.exec(path);
    const name = match?.groups?.['name'] ?? '';
    if (match === null || (name !== '' && (name.length > MAX_NAME || !NAME.test(name)))) continue;
    const argument = match.groups?.['argument'] ?? '';
    const variables = {
      ...optionalField('vars.name', name),
      ...optionalField(`vars.${argumentName}`, argument),
    };
    const handlerLog = log.with(variables);
    handlerLog.debug('authorizing request');
    const method = methods[request.method] ?? (request.method === 'HEAD' ? methods['GET'] : undefined);
    if (method === undefined) {
      return unlogged(answerText(405, 'Method not allowed', { allow: Object.keys(methods).join(', ') }));
    }
    const storage = new RegistryStorage(traced(options, handlerLog));
    const { clock, random } = options;
    const response = await method({
      request,
      url,
      storage,
      log: handlerLog,
      name,
      argument,
      newId: () => uuid(random),
      now: () => goTime(clock.nowMs()),
    });
    return { response, variables, logged: true };
  }
  return unlogged(answerText(404, '404 page not found'));
}

/** The files, with each call on them told as distribution tells its driver's at level debug. */
function traced({ files, clock, random }: RegistryServerOptions, log: RegistryLog): RegistryFiles {
  return tracedFiles(
    files,
    () => clock.monotonicMs(),
    (operation, paths, elapsedMs) =>
      log.debug(`filesystem.${operation}(${paths.map((path) => JSON.stringify(path)).join(', ')})`, {
        'trace.duration': goDuration(elapsedMs),
        'trace.file': TRACE_FILE,
        'trace.func': `${TRACE_PACKAGE}.${operation}`,
        'trace.id': uuid(random),
        'trace.line': TRACE_LINES[operation],
      }),
  );
}

function logResponse(
  log: RegistryLog,
  { variables }: Routed,
  response: Response,
  { writtenBytes, elapsedMs }: { readonly writtenBytes: number; readonly elapsedMs: number },
): void {
  const fields = {
    ...optionalField('http.response.contenttype', response.headers.get('content-type')),
    'http.response.duration': goDuration(elapsedMs),
    'http.response.status': response.status,
    'http.response.written': writtenBytes,
  };
  const refusal = refusalOf(response);
  if (refusal === undefined) {
    log.info('response completed', fields);
    return;
  }
  const { code, message, detail } = refusal;
  log.error('response completed with error', {
    'err.code': code.toLowerCase().replaceAll('_', ' '),
    ...(detail === undefined ? {} : { 'err.detail': detailText(detail) }),
    'err.message': message,
    ...variables,
    ...fields,
  });
}

/** A value as Go's %v prints it. */
function detailText(detail: unknown): string {
  if (typeof detail !== 'object' || detail === null) return String(detail);
  return `map[${Object.entries(detail)
    .map(([key, value]) => `${key}:${String(value)}`)
    .join(' ')}]`;
}

function baseAnswer(): Response {
  return answer(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': '2' }, '{}');
}

/** The answer with the headers of the configuration, without its body where only the head was asked for. */
function withHeaders(response: Response, { method }: Request, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  if (method !== 'HEAD') return response;
  void response.body?.cancel();
  const { status, headers: own } = response;
  return copyRefusal(response, new Response(null, { status, headers: own }));
}

function optionalField(name: string, value: string | null): LogFields {
  return value === null || value === '' ? {} : { [name]: value };
}

/** Undecodable paths are nobody's. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}

/** A random UUID (RFC 9562, version 4). */
function uuid(random: Random): string {
  const bytes = random.bytes(16).slice();
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
