/** httpd: busybox's web server, which hands out the files of a directory */
import { errnoOf } from '../kernel/errno.ts';
import type { Process } from '../kernel/process.ts';
import { readBody } from '../../vfs/body.ts';
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions } from './options.ts';

const DEFAULT_PORT = 80;
const DAY_MS = 86_400_000;
const NO_TYPE = 'application/octet-stream';

/** Content types by the ending of a name, as busybox has them. */
const TYPES: Readonly<Record<string, string>> = {
  '7z': 'application/x-7z-compressed',
  css: 'text/css',
  gif: 'image/gif',
  htm: 'text/html',
  html: 'text/html',
  jpe: 'image/jpeg',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'application/javascript',
  json: 'application/json',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  txt: 'text/plain',
  wasm: 'application/wasm',
  webm: 'video/webm',
  xml: 'text/xml',
};

const FAILURES: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: ['Bad Request', 'Unsupported method'],
  403: ['Forbidden', ''],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
};

export const httpd: Applet = {
  names: ['httpd'],
  summary: 'Listen for incoming HTTP requests',
  usage: '[-ifv[v]] [-c CONFFILE] [-p [IP:]PORT] [-u USER[:GRP]] [-r REALM] [-h HOME]\nor httpd -d/-e/-m STRING',
  async run(context) {
    if (context.flavour !== 'busybox') return (await import('../tools/apache/apache.ts')).apache.run(context);
    const options = parseOptions(context.args, 'ifvc:p:u:r:h:d:e:m:', {});
    const port = Number((options.value('p') ?? String(DEFAULT_PORT)).replace(/^.*:/, ''));
    if (!Number.isInteger(port) || port <= 0 || port > 65_535)
      return context.complain(`bad port: '${options.value('p') ?? ''}'`);
    const home = options.value('h') ?? '.';
    if (context.files.find(home)?.inode.kind !== 'directory') {
      return context.complain(`can't change directory to '${home}': No such file or directory`);
    }
    const root = context.files.realPath(home);
    if (options.has('f')) return serve(context, context.process, port, root);
    const { kernel } = context.process;
    const server = kernel.fork(context.process);
    kernel.start(server, () => serve(context, server, port, root));
    return 0;
  },
};

/** Answers requests until a signal ends the process. */
async function serve(context: AppletContext, process: Process, port: number, root: string): Promise<number> {
  try {
    process.kernel.listeners.listen(port, process, (request) => answer(process, root, request));
  } catch (error) {
    if (errnoOf(error) !== 'EADDRINUSE') throw error;
    return context.complain('bind: Address already in use');
  }
  await context.out.flush();
  for (;;) await process.sleep(DAY_MS);
}

async function answer(process: Process, root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return failure(501);
  const { pathname } = new URL(request.url);
  const decoded = decode(pathname);
  if (decoded === undefined) return failure(400);
  if (/\/\.\.(?:\/|$)/.test(decoded)) return failure(404);
  const path = root + decoded;
  try {
    const found = process.files.find(path);
    if (found?.inode.kind === 'directory' && !pathname.endsWith('/')) {
      return new Response(null, { status: 302, headers: { location: `${pathname}/` } });
    }
    const file = found?.inode.kind === 'directory' ? `${path}index.html` : path;
    const bytes = await readBody(process.files.body(file));
    const type = TYPES[file.slice(file.lastIndexOf('.') + 1)] ?? NO_TYPE;
    const headers = { 'content-type': type, 'content-length': String(bytes.byteLength) };
    return new Response(request.method === 'HEAD' ? null : bytes.slice(), { headers });
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return failure(errno === 'EACCES' ? 403 : 404);
  }
}

/** Undefined where a percent sign stands for nothing. */
function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function failure(status: number): Response {
  const [title = '', text = ''] = FAILURES[status] ?? [];
  const body = `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${text}\n</BODY></HTML>\n`;
  return new Response(body, { status, headers: { 'content-type': 'text/html' } });
}
