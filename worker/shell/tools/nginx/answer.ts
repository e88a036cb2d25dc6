/** How nginx answers: its location's `return`, `proxy_pass` or files, `try_files`, `index`, `autoindex`, and `error_page`. */
import { readBody } from '../../../vfs/body.ts';
import type { FileInode } from '../../../vfs/inode.ts';
import { httpDate, serverResponse, type Field } from '../../http/head.ts';
import { errnoOf, strerror } from '../../kernel/errno.ts';
import type { FileStatus } from '../../kernel/file-status.ts';
import type { Process } from '../../kernel/process.ts';
import { expandVariables, type Exchange } from './exchange.ts';
import { directoryListing, errorPage } from './pages.ts';
import { passOn } from './proxy.ts';
import { locationFor, namedLocation, type Configuration, type Location, type Scope, type Site } from './sites.ts';

/** What answers are made with. */
export interface Answering {
  readonly process: Process;
  readonly configuration: Configuration;
  readonly version: string;
  /** Writes to the error log at a level, if that is not too quiet for it. */
  readonly tell: (level: string, message: string, exchange: Exchange) => void;
}

/** A request on its way through a site. */
interface Passage extends Answering {
  readonly site: Site;
  readonly exchange: Exchange;
  readonly scope: Scope;
}

/** An answer before its head is written. */
interface Outcome {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly body: Uint8Array<ArrayBuffer> | string;
  readonly scope: Scope;
  /** A page that nginx made itself. */
  readonly ownPage?: boolean;
}

const MAX_INTERNAL_REDIRECTS = 10;
const DEFAULT_ROOT = '/etc/nginx/html';

/** The answer to a request of a site. */
export async function answer(answering: Answering, site: Site, exchange: Exchange): Promise<Response> {
  const outcome = await answerAt(answering, site, exchange, 0);
  return written(answering, exchange, outcome);
}

async function answerAt(answering: Answering, site: Site, exchange: Exchange, depth: number): Promise<Outcome> {
  if (depth > MAX_INTERNAL_REDIRECTS) {
    answering.tell(
      'error',
      `rewrite or internal redirection cycle while internally redirecting to "${exchange.uri}"`,
      exchange,
    );
    return refusal(site.scope, 500);
  }
  const location = locationFor(site, exchange.uri);
  const scope = location?.scope ?? site.scope;
  const passage: Passage = { ...answering, site, exchange, scope };
  const outcome = await answerIn(passage, location, depth);
  return outcome.ownPage === true ? await ownErrorPage(passage, outcome, depth) : outcome;
}

async function answerIn(passage: Passage, location: Location | undefined, depth: number): Promise<Outcome> {
  const { scope, site, exchange } = passage;
  const given = site.scope.own('return').at(-1) ?? scope.own('return').at(-1);
  for (const { args } of [...site.scope.own('set'), ...scope.own('set')])
    exchange.variables.set((args[0] ?? '').replace(/^\$/, ''), expandVariables(args[1] ?? '', exchange));
  if (given !== undefined) return returned(passage, given.args);
  if (scope.all('deny').some(({ args }) => args[0] === 'all') && scope.all('allow').length === 0) {
    passage.tell('error', 'access forbidden by rule', exchange);
    return refusal(scope, 403);
  }
  const target = scope.own('proxy_pass').at(-1)?.args[0];
  if (target !== undefined) return proxied(passage, location, target);
  const tried = scope.args('try_files');
  if (tried !== undefined) return triedFiles(passage, location, tried, depth);
  if (exchange.method !== 'GET' && exchange.method !== 'HEAD') return refusal(scope, 405);
  return staticFile(passage, location, exchange.uri, depth);
}

/** `return 301 /there;`, `return 200 "text";`, `return /there;`. */
function returned({ scope, exchange }: Passage, [first = '', second]: readonly string[]): Outcome {
  const status = /^\d{3}$/.test(first) ? Number(first) : 302;
  const text = expandVariables(status === 302 && second === undefined ? first : (second ?? ''), exchange);
  if ([301, 302, 303, 307, 308].includes(status)) return redirection(scope, status, absolute(text, exchange));
  if (text === '') return refusal(scope, status);
  return { status, fields: [['Content-Type', scope.value('default_type') ?? 'text/plain']], body: text, scope };
}

async function proxied(passage: Passage, location: Location | undefined, target: string): Promise<Outcome> {
  const { process, exchange, scope, configuration } = passage;
  const prefix = location !== undefined && 'path' in location.match ? location.match.path : '';
  const passed = await passOn(process, { exchange, scope, configuration, target, prefix });
  if ('problem' in passed) {
    passage.tell('error', passed.problem, exchange);
    return refusal(scope, passed.status);
  }
  return { ...passed, scope };
}

/** The first of the files that is there; the last argument is where to go without one. */
async function triedFiles(
  passage: Passage,
  location: Location | undefined,
  tried: readonly string[],
  depth: number,
): Promise<Outcome> {
  const { process, exchange, scope, site } = passage;
  for (const candidate of tried.slice(0, -1)) {
    const uri = expandVariables(candidate, exchange);
    const wantsDirectory = uri.endsWith('/') && candidate !== '$uri';
    const found = process.files.find(pathOf(passage, location, uri));
    if (wantsDirectory ? found?.inode.kind === 'directory' : found?.inode.kind === 'file')
      return staticFile(passage, location, uri, depth);
  }
  const last = tried.at(-1) ?? '';
  const status = /^=(\d{3})$/.exec(last)?.[1];
  if (status !== undefined) return refusal(scope, Number(status));
  if (last.startsWith('@')) {
    const named = namedLocation(site, last);
    if (named === undefined) return refusal(scope, 500);
    return answerIn({ ...passage, scope: named.scope }, named, depth + 1);
  }
  exchange.uri = expandVariables(last, exchange).replace(/\?.*$/, '');
  return answerAt(passage, site, exchange, depth + 1);
}

async function staticFile(
  passage: Passage,
  location: Location | undefined,
  uri: string,
  depth: number,
): Promise<Outcome> {
  const { process, exchange, scope, site } = passage;
  const path = pathOf(passage, location, uri);
  const found = process.files.find(path);
  if (found === undefined) return missing(passage, path);
  if (found.inode.kind === 'file') return fileOutcome(passage, path, found, found.inode);
  if (found.inode.kind !== 'directory') return refusal(scope, 404);
  if (!uri.endsWith('/')) return redirection(scope, 301, absolute(`${uri}/`, exchange));
  for (const name of scope.args('index') ?? ['index.html']) {
    if (process.files.find(path + name)?.inode.kind !== 'file') continue;
    exchange.uri = uri + name;
    return answerAt(passage, site, exchange, depth + 1);
  }
  if (!scope.isOn('autoindex')) {
    passage.tell('error', `directory index of "${path}" is forbidden`, exchange);
    return refusal(scope, 403);
  }
  const body = directoryListing(uri, process.files.list(path));
  return { status: 200, fields: [['Content-Type', 'text/html']], body, scope };
}

async function fileOutcome(
  passage: Passage,
  path: string,
  { sizeBytes }: FileStatus,
  { mtimeMs }: FileInode,
): Promise<Outcome> {
  const { process, exchange, scope } = passage;
  const { request } = exchange;
  const seconds = Math.floor(mtimeMs / 1_000);
  const etag = `"${seconds.toString(16)}-${sizeBytes.toString(16)}"`;
  const modified = httpDate(seconds * 1_000);
  const validators: readonly Field[] = [
    ['Last-Modified', modified],
    ['ETag', etag],
  ];
  const since = request.headers.get('if-modified-since');
  if (request.headers.get('if-none-match') === etag || since === modified)
    return { status: 304, fields: validators, body: '', scope };
  try {
    const body = await readBody(process.files.body(path));
    const type = typeOf(passage, path);
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
    if (range === null)
      return { status: 200, fields: [['Content-Type', type], ...validators, ['Accept-Ranges', 'bytes']], body, scope };
    const start = Number(range[1]);
    const end = Math.min(range[2] === '' ? sizeBytes : Number(range[2]) + 1, sizeBytes);
    if (start >= end) return refusal(scope, 416);
    const part: Field = ['Content-Range', `bytes ${start}-${end - 1}/${sizeBytes}`];
    return { status: 206, fields: [['Content-Type', type], ...validators, part], body: body.slice(start, end), scope };
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    passage.tell('error', `open() "${path}" failed (13: ${strerror(errno)})`, exchange);
    return refusal(scope, 403);
  }
}

function missing(passage: Passage, path: string): Outcome {
  passage.tell('error', `open() "${path}" failed (2: No such file or directory)`, passage.exchange);
  return refusal(passage.scope, 404);
}

/** The file behind a path: below `root`, or with the location's prefix put aside for `alias`. */
function pathOf({ scope, exchange }: Passage, location: Location | undefined, uri: string): string {
  const alias = scope.own('alias').at(-1)?.args[0];
  if (alias !== undefined && location !== undefined && 'path' in location.match)
    return expandVariables(alias, exchange) + uri.slice(location.match.path.length);
  const root = expandVariables(scope.value('root') ?? DEFAULT_ROOT, exchange);
  return (root.startsWith('/') ? root : `/etc/nginx/${root}`).replace(/\/+$/, '') + uri;
}

function typeOf({ configuration, scope }: Passage, path: string): string {
  const ending = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const type = configuration.types.get(ending) ?? scope.value('default_type') ?? 'text/plain';
  const charset = scope.value('charset');
  return charset === undefined || charset === 'off' || !type.startsWith('text/') ? type : `${type}; charset=${charset}`;
}

function refusal(scope: Scope, status: number): Outcome {
  return { status, fields: [], body: '', scope, ownPage: true };
}

function redirection(scope: Scope, status: number, location: string): Outcome {
  return { status, fields: [['Location', location]], body: '', scope, ownPage: true };
}

/** `Location` names the host the client asked; the port is that of the container, as real servers behind `-p` tell it. */
function absolute(target: string, { host, port }: Exchange): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return target;
  const suffix = port === 80 ? '' : `:${port}`;
  return `http://${host.replace(/:\d+$/, '')}${suffix}${target}`;
}

/** `error_page 404 /404.html;`, `error_page 404 =200 @fallback;`: else nginx's own page. */
async function ownErrorPage(passage: Passage, outcome: Outcome, depth: number): Promise<Outcome> {
  const { scope, exchange, site, version } = passage;
  const { status } = outcome;
  const page = scope.all('error_page').find(({ args }) => args.slice(0, -1).includes(String(status)));
  const uri = page?.args.at(-1);
  if (uri !== undefined && status >= 300 && depth < MAX_INTERNAL_REDIRECTS) {
    const shown = page?.args.find((word) => /^=\d{3}$/.test(word));
    const status2 = shown === undefined ? status : Number(shown.slice(1));
    if (/^https?:/.test(uri))
      return { ...redirection(scope, 302, uri), body: ownPage(302, scope, version), ownPage: false };
    const named = uri.startsWith('@') ? namedLocation(site, uri) : undefined;
    if (!uri.startsWith('@')) exchange.uri = uri;
    const inner =
      named === undefined
        ? await answerAt(passage, site, exchange, depth + MAX_INTERNAL_REDIRECTS - 1)
        : await answerIn({ ...passage, scope: named.scope }, named, depth + 1);
    return { ...inner, status: inner.status === 200 ? status2 : inner.status, fields: [...inner.fields] };
  }
  const body = status === 304 || status === 204 ? '' : ownPage(status, scope, version);
  return { ...outcome, fields: [['Content-Type', 'text/html'], ...outcome.fields], body, ownPage: false };
}

function ownPage(status: number, scope: Scope, version: string): string {
  return errorPage(status, serverToken(scope, version));
}

function serverToken(scope: Scope, version: string): string {
  return scope.value('server_tokens') === 'off' ? 'nginx' : `nginx/${version}`;
}

function written({ process, version }: Answering, exchange: Exchange, outcome: Outcome): Response {
  const { status, scope, body, fields } = outcome;
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const type = fields.filter(([name]) => name === 'Content-Type');
  const rest = fields.filter(([name]) => name !== 'Content-Type');
  const added = scope
    .all('add_header')
    .filter(({ args }) => ADDED_TO.has(status) || args[2] === 'always')
    .map(({ args }): Field => [args[0] ?? '', expandVariables(args[1] ?? '', exchange)]);
  const hasBody = status !== 304 && status !== 204;
  const head: readonly Field[] = [
    ['Server', serverToken(scope, version)],
    ['Date', httpDate(process.kernel.clock.nowMs())],
    ...type,
    ...(hasBody ? [['Content-Length', String(bytes.byteLength)] as const] : []),
    ...rest.filter(([name]) => name === 'Last-Modified'),
    ['Connection', 'keep-alive'],
    ...rest.filter(([name]) => name !== 'Last-Modified'),
    ...added,
  ];
  return serverResponse(status, head, exchange.method === 'HEAD' ? null : bytes);
}

/** Statuses that `add_header` counts for without `always`. */
const ADDED_TO: ReadonlySet<number> = new Set([200, 201, 204, 206, 301, 302, 303, 304, 307, 308]);
