/** `python3 -m http.server`: hands out the files of a directory, and lists it, in the words of Python's SimpleHTTPRequestHandler. */
import { readBody } from '../../../vfs/body.ts';
import type { AppletContext } from '../../applets/context.ts';
import { httpDate, serverResponse, type Field } from '../../http/head.ts';
import { mediaTypeOf } from '../../http/media-types.ts';
import { escapeHtml, requestPath } from '../../http/request-path.ts';
import { descriptorLog, listenAt, requestLine, untilSignal } from '../../http/serving.ts';
import type { Process } from '../../kernel/process.ts';

const DEFAULT_PORT = 8000;
/** What Python's `http.HTTPStatus` says of its refusals. */
const EXPLANATIONS: Readonly<Record<number, readonly [message: string, explanation: string]>> = {
  400: ['Bad request', 'Bad request syntax or unsupported method'],
  404: ['File not found', 'Nothing matches the given URI'],
  501: ['Unsupported method', 'Server does not support this operation'],
};

interface ServerOptions {
  readonly port: number;
  readonly directory: string;
  /** As it is printed. */
  readonly address: string;
}

/** Serves until it is interrupted. `version` is Python's; `unbuffered` prints the first line at once, as `python3 -u` does. */
export async function serveDirectory(
  context: AppletContext,
  words: readonly string[],
  version: string,
  unbuffered: boolean,
): Promise<number> {
  const { process } = context;
  const options = parseWords(words);
  if (typeof options === 'string') {
    await context.err.write(
      `usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]\nserver.py: error: ${options}\n`,
    );
    return 2;
  }
  const { port, address } = options;
  const directory = context.files.realPath(options.directory);
  const log = descriptorLog(process, 2);
  const serving = listenAt(process, port, async (request, peer) => {
    const tell = (message: string): void =>
      log.write(`${peer.address} - - [${logTime(process.kernel.clock.nowMs())}] ${message}`);
    return answer({ process, directory, version, tell }, request);
  });
  if (!serving) {
    await context.err.write('OSError: [Errno 98] Address already in use\n');
    return 1;
  }
  const greeting = `Serving HTTP on ${address} port ${port} (http://${address.includes(':') ? `[${address}]` : address}:${port}/) ...\n`;
  // Python keeps what goes to a pipe until it has much of it, or ends
  if (unbuffered) {
    await context.out.write(greeting);
    await context.out.flush();
  }
  await untilSignal(process, ['INT']);
  if (!unbuffered) await context.out.write(greeting);
  await context.out.write('\nKeyboard interrupt received, exiting.\n');
  return 0;
}

function parseWords(words: readonly string[]): ServerOptions | string {
  let [port, directory, address]: [number, string, string] = [DEFAULT_PORT, '.', '0.0.0.0'];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [flag = '', attached] = word.split('=', 2);
    if (/^(?:-b|--bind|-d|--directory|-p|--protocol)$/.test(flag)) {
      const value = attached ?? words[++at];
      if (value === undefined) return `argument ${flag}: expected one argument`;
      if (/d/.test(flag) && !flag.includes('bind')) directory = value;
      else if (/b/.test(flag)) address = value;
    } else if (/^\d+$/.test(word)) port = Number(word);
    else if (word.startsWith('-') && word !== '--cgi') return `unrecognized arguments: ${word}`;
    else if (word !== '--cgi') return `argument port: invalid int value: '${word}'`;
  }
  return { port, directory, address };
}

interface Answering {
  readonly process: Process;
  readonly directory: string;
  readonly version: string;
  readonly tell: (message: string) => void;
}

async function answer(answering: Answering, request: Request): Promise<Response> {
  const { process, directory, tell } = answering;
  const respond = (status: number, fields: readonly Field[], body: Uint8Array<ArrayBuffer> | string): Response => {
    tell(`"${requestLine(request)}" ${status} -`);
    const head: readonly Field[] = [
      ['Server', `SimpleHTTP/0.6 Python/${answering.version}`],
      ['Date', httpDate(process.kernel.clock.nowMs())],
      ...fields,
    ];
    return serverResponse(status, head, request.method === 'HEAD' ? null : body);
  };
  const refuse = (status: number, detail?: string): Response => {
    const [message = '', explanation = ''] = EXPLANATIONS[status] ?? [];
    const said = detail ?? message;
    tell(`code ${status}, message ${said}`);
    const text = errorPage(status, said, explanation);
    const fields: readonly Field[] = [
      ['Connection', 'close'],
      ['Content-Type', 'text/html;charset=utf-8'],
      ['Content-Length', String(text.length)],
    ];
    return respond(status, fields, text);
  };

  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(501, `Unsupported method ('${request.method}')`);
  const { pathname, search } = new URL(request.url);
  const path = requestPath(pathname);
  if (path === undefined) return refuse(404);
  const found = process.files.find(directory + path);
  if (found?.inode.kind === 'directory') {
    if (!pathname.endsWith('/'))
      return respond(
        301,
        [
          ['Location', `${pathname}/${search}`],
          ['Content-Length', '0'],
        ],
        '',
      );
    const index = ['index.html', 'index.htm'].find(
      (name) => process.files.find(`${directory}${path}${name}`)?.inode.kind === 'file',
    );
    return index === undefined
      ? listed(respond, process, directory + path, path)
      : sent(respond, process, `${directory}${path}${index}`);
  }
  if (found?.inode.kind !== 'file' || pathname.endsWith('/') || !process.files.mayAccess(directory + path, 4))
    return refuse(404);
  return sent(respond, process, directory + path);
}

type Respond = (status: number, fields: readonly Field[], body: Uint8Array<ArrayBuffer> | string) => Response;

async function sent(respond: Respond, process: Process, path: string): Promise<Response> {
  const { inode } = process.files.stat(path);
  const body = await readBody(process.files.body(path));
  const fields: readonly Field[] = [
    ['Content-type', mediaTypeOf(path) ?? 'application/octet-stream'],
    ['Content-Length', String(body.byteLength)],
    ['Last-Modified', httpDate(inode.mtimeMs)],
  ];
  return respond(200, fields, body);
}

function listed(respond: Respond, process: Process, directory: string, path: string): Response {
  const entries = [...process.files.list(directory)].sort((a, b) =>
    a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
  );
  const rows = entries.map(({ name, inode }) => {
    const slash = inode.kind === 'directory' ? '/' : '';
    const mark = inode.kind === 'symlink' ? '@' : slash;
    return `<li><a href="${encodeURIComponent(name)}${slash}">${escapeHtml(name + mark)}</a></li>\n`;
  });
  const title = `Directory listing for ${escapeHtml(path)}`;
  const text = `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>${title}</title>\n</head>\n<body>\n<h1>${title}</h1>\n<hr>\n<ul>\n${rows.join('')}</ul>\n<hr>\n</body>\n</html>\n`;
  const bytes = new TextEncoder().encode(text);
  return respond(
    200,
    [
      ['Content-type', 'text/html; charset=utf-8'],
      ['Content-Length', String(bytes.byteLength)],
    ],
    bytes,
  );
}

function errorPage(status: number, message: string, explanation: string): string {
  return `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: ${status}</p>\n        <p>Message: ${escapeHtml(message)}.</p>\n        <p>Error code explanation: ${status} - ${explanation}.</p>\n    </body>\n</html>\n`;
}

/** `21/Nov/2026 19:10:06`. */
function logTime(ms: number): string {
  const [, day = '', month = '', year = '', time = ''] = new Date(ms).toUTCString().split(/[ ,]+/);
  return `${day}/${month}/${year} ${time}`;
}
