/** How Apache answers: redirections, aliases, files with their validators, listings, and its own pages for refusals. */
import { readBody } from '../../../vfs/body.ts';
import { httpDate, reasonOf, serverResponse, type Field } from '../../http/head.ts';
import { mediaTypeOf } from '../../http/media-types.ts';
import { escapeHtml, requestPath } from '../../http/request-path.ts';
import { errnoOf } from '../../kernel/errno.ts';
import type { Process } from '../../kernel/process.ts';
import type { ApacheConfiguration } from './configuration.ts';

export interface Answering {
  readonly process: Process;
  readonly configuration: ApacheConfiguration;
  /** `Apache/2.4.63 (Unix)`. */
  readonly server: string;
  /** Writes to the error log: a module and its level, then the message. */
  readonly tell: (module: string, message: string) => void;
}

const DEFAULT_ROOT = '/usr/local/apache2/htdocs';
const EXPLANATIONS: Readonly<Record<number, string>> = {
  400: 'Your browser sent a request that this server could not understand.<br />\n',
  403: "You don't have permission to access this resource.",
  404: 'The requested URL was not found on this server.',
  405: 'The requested method is not allowed for this URL.',
};

export async function answer(answering: Answering, request: Request, port: number): Promise<Response> {
  const { configuration } = answering;
  const { pathname } = new URL(request.url);
  const path = requestPath(pathname);
  if (path === undefined) return refusal(answering, request, 400);
  const redirect = configuration.redirects.find(({ from }) => path === from || path.startsWith(`${from}/`));
  if (redirect !== undefined) {
    return moved(answering, redirect.status, redirect.to + path.slice(redirect.from.length));
  }
  if (!['GET', 'HEAD', 'OPTIONS', 'POST'].includes(request.method)) return refusal(answering, request, 405);
  return file(answering, request, fileOf(configuration, path, port), path);
}

function fileOf({ aliases, roots }: ApacheConfiguration, path: string, port: number): string {
  const alias = aliases.find(({ from }) => path.startsWith(from));
  if (alias !== undefined) return alias.to + path.slice(alias.from.length);
  return (roots.get(port) ?? roots.get(undefined) ?? DEFAULT_ROOT).replace(/\/+$/, '') + path;
}

async function file(answering: Answering, request: Request, place: string, path: string): Promise<Response> {
  const { process, configuration } = answering;
  const found = process.files.find(place);
  if (found === undefined) return errorDocument(answering, request, 404);
  if (found.inode.kind === 'directory') {
    if (!path.endsWith('/')) return moved(answering, 301, new URL(`${path}/`, request.url).href);
    for (const name of configuration.indexNames) {
      if (process.files.find(place + name)?.inode.kind === 'file') return file(answering, request, place + name, path);
    }
    if (!configuration.listed.some((directory) => place.startsWith(directory.replace(/\/?$/, '/')))) {
      answering.tell(
        'autoindex:error',
        `AH01276: Cannot serve directory ${place}: No matching DirectoryIndex (${configuration.indexNames.join(',')}) found, and server-generated directory index forbidden by Options directive`,
      );
      return errorDocument(answering, request, 403);
    }
    return listing(answering, request, place, path);
  }
  if (found.inode.kind !== 'file') return errorDocument(answering, request, 403);
  const { mtimeMs } = found.inode;
  const etag = `"${found.sizeBytes.toString(16)}-${(Math.floor(mtimeMs) * 1_000).toString(16)}"`;
  const validators: readonly Field[] = [
    ['Last-Modified', httpDate(mtimeMs)],
    ['ETag', etag],
  ];
  if (request.headers.get('if-none-match') === etag) return written(answering, 304, validators, null);
  try {
    const body = await readBody(process.files.body(place));
    const type = mediaTypeOf(place);
    const fields: readonly Field[] = [
      ...validators,
      ['Accept-Ranges', 'bytes'],
      ['Content-Length', String(body.byteLength)],
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
    ];
    return written(answering, 200, fields, request.method === 'HEAD' ? null : body);
  } catch (error) {
    if (errnoOf(error) !== 'EACCES') throw error;
    answering.tell('core:error', `(13)Permission denied: AH00132: file permissions deny server access: ${place}`);
    return errorDocument(answering, request, 403);
  }
}

function listing(answering: Answering, request: Request, place: string, path: string): Response {
  const title = `Index of ${escapeHtml(path.replace(/(?<=.)\/$/, ''))}`;
  const entries = answering.process.files.list(place).filter(({ name }) => !name.startsWith('.'));
  const rows = entries.map(({ name, inode }) => {
    const shown = inode.kind === 'directory' ? `${name}/` : name;
    return `<li><a href="${encodeURIComponent(name)}${inode.kind === 'directory' ? '/' : ''}"> ${escapeHtml(shown)}</a></li>\n`;
  });
  const parent = path === '/' ? '' : `<li><a href="${path.replace(/[^/]+\/$/, '')}"> Parent Directory</a></li>\n`;
  const text = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n<h1>${title}</h1>\n<ul>${parent}${rows.join('')}</ul>\n</body></html>\n`;
  return page(answering, request, 200, text, 'text/html;charset=ISO-8859-1');
}

async function errorDocument(answering: Answering, request: Request, status: number): Promise<Response> {
  const { configuration, process } = answering;
  const document = configuration.errorDocuments.get(status);
  if (document === undefined) return refusal(answering, request, status);
  if (/^https?:/.test(document)) return moved(answering, 302, document);
  if (!document.startsWith('/')) return page(answering, request, status, document, 'text/html; charset=iso-8859-1');
  const place = fileOf(configuration, document, 0);
  if (process.files.find(place)?.inode.kind !== 'file') return refusal(answering, request, status);
  const text = new TextDecoder().decode(await readBody(process.files.body(place)));
  return page(answering, request, status, text, mediaTypeOf(place) ?? 'text/html');
}

function moved(answering: Answering, status: number, location: string): Response {
  const text = ownPage(status, `The document has moved <a href="${escapeHtml(location)}">here</a>.`);
  const fields: readonly Field[] = [
    ['Location', location],
    ['Content-Length', String(text.length)],
    ['Content-Type', 'text/html; charset=iso-8859-1'],
  ];
  return written(answering, status, fields, text);
}

function refusal(answering: Answering, request: Request, status: number): Response {
  return page(answering, request, status, ownPage(status, EXPLANATIONS[status] ?? ''), 'text/html; charset=iso-8859-1');
}

function ownPage(status: number, explanation: string): string {
  const reason = reasonOf(status);
  return `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${reason}</title>\n</head><body>\n<h1>${reason}</h1>\n<p>${explanation}</p>\n</body></html>\n`;
}

function page(answering: Answering, request: Request, status: number, text: string, type: string): Response {
  const bytes = new TextEncoder().encode(text);
  const fields: readonly Field[] = [
    ['Content-Length', String(bytes.byteLength)],
    ['Content-Type', type],
  ];
  return written(answering, status, fields, request.method === 'HEAD' ? null : bytes);
}

function written(
  { process, server }: Answering,
  status: number,
  fields: readonly Field[],
  body: Uint8Array<ArrayBuffer> | string | null,
): Response {
  const head: readonly Field[] = [['Date', httpDate(process.kernel.clock.nowMs())], ['Server', server], ...fields];
  return serverResponse(status, head, body);
}
