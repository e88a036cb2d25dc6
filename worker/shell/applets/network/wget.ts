/** wget, in the words of busybox or of GNU wget. */
import { fieldsOf, statusLine } from '../../http/head.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { encodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import type { Output } from '../streams.ts';
import { formatTime } from '../time-format.ts';
import { askServer, fileNameOf, parseUrl, type HttpAnswer } from './exchange.ts';

const LONG = {
  quiet: 'q', 'output-document': 'O', 'directory-prefix': 'P', 'no-check-certificate': 'nocheck', 'server-response': 'S', spider: 'spider',
  continue: 'c', 'output-file': 'o', 'user-agent': 'U', header: 'header:', 'post-data': 'postdata:', 'post-file': 'postfile:', tries: 't',
  timeout: 'T', 'no-verbose': 'nv', verbose: 'v', 'show-progress': 'progress', progress: 'progress:', user: 'user:', password: 'password:',
  'https-only': 'https', method: 'method:', 'body-data': 'postdata:', proxy: 'Y', 'no-proxy': 'noproxy', 'no-clobber': 'nc', timestamping: 'N',
  'max-redirect': 'redirects:', 'retry-connrefused': 'retry', waitretry: 'wait:', 'no-hsts': 'nohsts', 'secure-protocol': 'secure:',
  'content-disposition': 'disposition', 'inet4-only': '4', 'trust-server-names': 'trust', 'no-cookies': 'nocookies', 'ca-certificate': 'ca:',
}; // prettier-ignore

/** Exit statuses of GNU wget (its manual, "Exit Status"); busybox has 1 for all. */
const FILE_PROBLEM = 3;
const NETWORK_PROBLEM = 4;
const SERVER_PROBLEM = 8;

export const wget: Applet = {
  names: ['wget'],
  summary: 'Retrieve files via HTTP',
  usage:
    '[-cqS] [--spider] [-O FILE] [-o LOGFILE] [--header STR] [--post-data STR | --post-file FILE] [-Y on/off] [--no-check-certificate] [-P DIR] [-U AGENT] [-T SEC] URL...',
  async run(context) {
    const words = context.args.map((word) =>
      word === '-nv' || word === '-nc' ? `--${word === '-nv' ? 'no-verbose' : 'no-clobber'}` : word,
    );
    const options = parseOptions(words, 'cqSO:o:P:U:T:t:Y:vN46n', LONG);
    if (options.operands.length === 0) throw new UsageError(context.flavour === 'gnu' ? 'missing URL' : '');
    let status = 0;
    for (const text of options.operands) {
      const one = await retrieve(context, options, text);
      if (one !== 0) status = one;
    }
    return status;
  },
};

/** The words of one run: silent, short or in full. */
interface Telling {
  readonly gnu: boolean;
  readonly quiet: boolean;
  readonly brief: boolean;
}

async function retrieve(context: AppletContext, options: Options, text: string): Promise<number> {
  const gnu = context.flavour === 'gnu';
  const telling: Telling = { gnu, quiet: options.has('q'), brief: options.has('nv') };
  const url = parseUrl(text);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const scheme = url?.protocol.replace(/:$/, '') ?? text;
    await context.complain(gnu ? `${text}: Unsupported scheme ‘${scheme}’.` : `not an http or ftp url: ${text}`);
    return 1;
  }
  await tellStart(context, telling, options, text, url);
  const answer = await askServer(context, {
    url,
    method: options.has('spider')
      ? 'HEAD'
      : (options.value('method') ?? (options.has('postdata') || options.has('postfile') ? 'POST' : 'GET')),
    headers: headersOf(options),
    body: await postedBody(context, options),
    agent: options.value('U') ?? (gnu ? 'Wget/1.21.4' : 'Wget'),
    followRedirects: true,
  });
  if ('refused' in answer) {
    if (answer.why === 'unresolved') {
      if (gnu && !telling.quiet && !telling.brief) await context.err.write('failed: Name or service not known.\n');
      await context.complain(gnu ? `unable to resolve host address ‘${url.hostname}’` : `bad address '${url.host}'`);
      return gnu ? NETWORK_PROBLEM : 1;
    }
    const why = answer.why === 'refused' ? 'Connection refused' : answer.refused;
    if (gnu && !telling.quiet && !telling.brief)
      await context.err.write(`failed: ${why}${answer.why === 'refused' ? '.' : ''}\n`);
    else if (gnu) await context.complain(why);
    else {
      const shown = answer.why === 'refused' ? numeric(url.hostname) : url.host;
      await context.complain(`can't connect to remote host (${shown}): ${why}`);
    }
    return gnu ? NETWORK_PROBLEM : 1;
  }
  return receive(context, telling, options, url, answer);
}

function headersOf(options: Options): (readonly [string, string])[] {
  const headers = options.values('header').flatMap((line): (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    return colon === -1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
  const user = options.value('user');
  if (user !== undefined)
    headers.push(['Authorization', `Basic ${btoa(`${user}:${options.value('password') ?? ''}`)}`]);
  return headers;
}

async function postedBody(context: AppletContext, options: Options): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const data = options.value('postdata');
  if (data !== undefined) return encodeText(data);
  const path = options.value('postfile');
  if (path === undefined) return undefined;
  const input = await context.open(path);
  const bytes = await input.all();
  input.close();
  return bytes;
}

async function tellStart(
  context: AppletContext,
  telling: Telling,
  options: Options,
  text: string,
  url: URL,
): Promise<void> {
  if (telling.quiet || telling.brief) return;
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if (!telling.gnu) {
    await context.err.write(`Connecting to ${url.host} (${numeric(url.hostname)}:${port})\n`);
    return;
  }
  const now = formatTime('%Y-%m-%d %H:%M:%S', context.process.kernel.clock.nowMs());
  const spider = options.has('spider') ? 'Spider mode enabled. Check if remote file exists.\n' : '';
  await context.err.write(
    `${spider}--${now}--  ${parseUrl(text)?.href ?? text}\nConnecting to ${url.hostname}:${port}... `,
  );
}

async function receive(
  context: AppletContext,
  telling: Telling,
  options: Options,
  url: URL,
  answer: HttpAnswer,
): Promise<number> {
  const { response } = answer;
  const { gnu } = telling;
  const loud = !telling.quiet && !telling.brief;
  const state = statusLine(response).slice('HTTP/1.1 '.length);
  if (gnu && loud) await context.err.write(`connected.\nHTTP request sent, awaiting response... ${state}\n`);
  if (options.has('S')) await tellHeaders(context, response, state);
  if (!response.ok) {
    const now = formatTime('%Y-%m-%d %H:%M:%S', context.process.kernel.clock.nowMs());
    const reason = state.slice(state.indexOf(' ') + 1);
    if (gnu && !telling.quiet) await context.err.write(`${now} ERROR ${response.status}: ${reason}.\n\n`);
    else if (!gnu) await context.complain(`server returned error: HTTP/1.1 ${state}`);
    return gnu ? SERVER_PROBLEM : 1;
  }
  if (options.has('spider')) {
    if (loud) await context.err.write(gnu ? 'Remote file exists.\n\n' : 'remote file exists\n');
    return 0;
  }
  return save(context, telling, options, url, answer);
}

async function tellHeaders(context: AppletContext, response: Response, state: string): Promise<void> {
  await context.err.write(`  HTTP/1.1 ${state}\n`);
  for (const [name, value] of fieldsOf(response)) await context.err.write(`  ${name}: ${value}\n`);
}

async function save(
  context: AppletContext,
  telling: Telling,
  options: Options,
  url: URL,
  answer: HttpAnswer,
): Promise<number> {
  const { gnu } = telling;
  const wanted = options.value('O');
  const directory = options.value('P');
  const name = fileNameOf(url) === '' ? 'index.html' : fileNameOf(url);
  const plain = directory === undefined ? name : `${directory.replace(/\/+$/, '')}/${name}`;
  const path = wanted ?? (gnu && !options.has('c') && !options.has('nc') ? freeName(context, plain) : plain);
  if (options.has('nc') && wanted === undefined && context.files.find(path) !== undefined) return 0;
  let output: Output & { close?: () => Promise<void> };
  try {
    if (directory !== undefined && wanted === undefined) await makeDirectories(context, directory);
    const exclusive = wanted === undefined && !gnu && !options.has('c');
    output =
      path === '-'
        ? context.out
        : await context.create(path, { write: true, create: true, truncate: !exclusive, exclusive });
  } catch (error) {
    await context.complain(gnu ? `${path}: ${errorText(error)}` : `can't open '${path}': ${errorText(error)}`);
    return gnu ? FILE_PROBLEM : 1;
  }
  const loud = !telling.quiet && !telling.brief;
  const length = answer.response.headers.get('content-length');
  if (loud)
    await context.err.write(
      gnu ? lengthLine(answer.response, length, path) : path === '-' ? 'writing to stdout\n' : `saving to '${path}'\n`,
    );
  let sizeBytes = 0;
  for await (const bytes of answer.chunks()) {
    sizeBytes += bytes.byteLength;
    await output.write(bytes);
  }
  await output.close?.();
  if (!telling.quiet) await tellSaved(context, telling, { path, sizeBytes, length, url: answer.url });
  return 0;
}

function lengthLine(response: Response, length: string | null, path: string): string {
  const type = response.headers.get('content-type');
  const saving = path === '-' ? 'STDOUT' : path;
  return `Length: ${length ?? 'unspecified'}${type === null ? '' : ` [${type}]`}\nSaving to: ‘${saving}’\n\n`;
}

async function tellSaved(
  context: AppletContext,
  telling: Telling,
  saved: { readonly path: string; readonly sizeBytes: number; readonly length: string | null; readonly url: string },
): Promise<void> {
  const { path, sizeBytes, length, url } = saved;
  const now = formatTime('%Y-%m-%d %H:%M:%S', context.process.kernel.clock.nowMs());
  if (!telling.gnu) {
    const bar = '*'.repeat(32);
    await context.err.write(
      `${path.slice(0, 20).padEnd(20)} 100% |${bar}| ${String(sizeBytes).padStart(5)}  0:00:00 ETA\n${path === '-' ? 'written to stdout' : `'${path}' saved`}\n`,
    );
  } else if (telling.brief) {
    await context.err.write(
      `${now} URL:${url} [${sizeBytes}${length === null ? '' : `/${length}`}] -> "${path}" [1]\n`,
    );
  } else {
    const where = path === '-' ? 'written to stdout' : `‘${path}’ saved`;
    await context.err.write(`${now} - ${where} [${sizeBytes}${length === null ? '' : `/${length}`}]\n\n`);
  }
}

/** The machine itself by its address. */
function numeric(hostname: string): string {
  return hostname === 'localhost' ? '127.0.0.1' : hostname;
}

/** GNU wget writes over nothing: a name that is taken gets a number. */
function freeName(context: AppletContext, path: string): string {
  if (context.files.find(path, false) === undefined) return path;
  for (let number = 1; ; number++) {
    if (context.files.find(`${path}.${number}`, false) === undefined) return `${path}.${number}`;
  }
}

async function makeDirectories(context: AppletContext, directory: string): Promise<void> {
  const segments = directory.split('/');
  for (let count = 1; count <= segments.length; count++) {
    const path = segments.slice(0, count).join('/');
    if (path === '') continue;
    try {
      context.files.makeDirectory(path);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}
