/** curl */
import { fieldsOf, statusLine } from '../../http/head.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError, type Options } from '../options.ts';
import type { Output } from '../streams.ts';
import { askServer, fileNameOf, parseUrl, type HttpAnswer } from './exchange.ts';

const LONG = {
  fail: 'f', 'fail-with-body': 'failbody', silent: 's', 'show-error': 'S', location: 'L', output: 'o', 'remote-name': 'O', head: 'I', request: 'X',
  data: 'd', 'data-ascii': 'd', 'data-binary': 'binary:', 'data-raw': 'raw:', 'data-urlencode': 'urlencode:', json: 'json:', header: 'H', user: 'u',
  'user-agent': 'A', referer: 'e', retry: 'retry:', 'retry-delay': 'delay:', 'retry-max-time': 'maxtime:', 'retry-connrefused': 'refused',
  'retry-all-errors': 'allerrors', version: 'V', insecure: 'k', 'write-out': 'w', include: 'i', 'max-time': 'm', 'connect-timeout': 'timeout:',
  compressed: 'compressed', 'create-dirs': 'dirs', 'progress-bar': '#', proto: 'proto:', 'proto-redir': 'proto:', tlsv1: '1', 'tlsv1.2': 'tls12',
  'tlsv1.3': 'tls13', 'ssl-reqd': 'ssl', http1: '0', 'http1.1': 'http11', http2: 'http2', 'output-dir': 'outputdir:', get: 'G', url: 'url:',
  'remote-time': 'R', 'no-progress-meter': 'nometer', verbose: 'v', cacert: 'cacert:', 'max-redirs': 'redirs:', ipv4: '4', ipv6: '6', globoff: 'g',
  'continue-at': 'C', cookie: 'b', 'cookie-jar': 'c', netrc: 'n', 'upload-file': 'T', form: 'F', parallel: 'Z', remote: 'J',
  'remote-header-name': 'J', 'oauth2-bearer': 'bearer:', 'no-buffer': 'N', disable: 'q', config: 'K',
}; // prettier-ignore

/** Exit statuses (curl's manual, "EXIT CODES"). */
const UNSUPPORTED_PROTOCOL = 1;
const BAD_URL = 3;
const CANNOT_RESOLVE = 6;
const CANNOT_CONNECT = 7;
const HTTP_ERROR = 22;
const WRITE_ERROR = 23;
const TLS_ERROR = 35;

/** What OpenSSL says of a server that answers in plain HTTP. */
const WRONG_VERSION = 'OpenSSL/3.0.13: error:0A00010B:SSL routines::wrong version number';

const AGENT = 'curl/8.5.0';
const VERSION =
  'curl 8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0\nRelease-Date: 2023-12-06\nProtocols: http https\nFeatures: HTTPS-proxy SSL\n';

export const curl: Applet = {
  names: ['curl'],
  summary: 'Transfer a URL',
  usage: '[options...] <url>',
  usageStatus: 2,
  async run(context) {
    let options: Options;
    try {
      options = parseOptions(context.args, 'fsSLo:OIX:d:H:u:A:e:Vkw:im:#0123456gGvRC:b:c:nT:F:ZJNqK:', LONG);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      await context.err.write(`curl: ${error.message}\n`);
      return help(context);
    }
    if (options.has('V')) {
      await context.out.write(VERSION);
      return 0;
    }
    const urls = [...options.values('url'), ...options.operands];
    if (urls.length === 0) return help(context);
    let status = 0;
    for (const [index, url] of urls.entries()) status = await transfer(context, options, url, index);
    return status;
  },
};

async function help(context: AppletContext): Promise<number> {
  await context.err.write("curl: try 'curl --help' or 'curl --manual' for more information\n");
  return 2;
}

/** Prints `curl: (status) message` unless silent, and gives the status. */
async function fail(context: AppletContext, options: Options, status: number, message: string): Promise<number> {
  if (!options.has('s') || options.has('S')) await context.err.write(`curl: (${status}) ${message}\n`);
  return status;
}

async function transfer(context: AppletContext, options: Options, text: string, index: number): Promise<number> {
  const url = parseUrl(text);
  if (url === undefined) return fail(context, options, BAD_URL, 'URL rejected: Malformed input to a URL function');
  if (!/^https?:$/.test(url.protocol))
    return fail(
      context,
      options,
      UNSUPPORTED_PROTOCOL,
      `Protocol "${url.protocol.slice(0, -1)}" not supported or disabled in libcurl`,
    );
  const body = await postedData(context, options);
  if (options.has('G') && body !== undefined) url.search += `${url.search === '' ? '?' : '&'}${decodeText(body)}`;
  const posted = options.has('G') ? undefined : body;
  const answer = await askServer(context, {
    url,
    method: options.value('X') ?? (options.has('I') ? 'HEAD' : posted === undefined ? 'GET' : 'POST'),
    headers: headersOf(options, posted !== undefined),
    body: posted,
    agent: options.value('A') ?? AGENT,
    followRedirects: options.has('L'),
  });
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  if ('refused' in answer) {
    if (answer.why === 'unresolved')
      return fail(context, options, CANNOT_RESOLVE, `Could not resolve host: ${url.hostname}`);
    if (answer.why === 'plain') return fail(context, options, TLS_ERROR, WRONG_VERSION);
    const why = answer.why === 'refused' ? ` after 0 ms: Couldn't connect to server` : `: ${answer.refused}`;
    return fail(context, options, CANNOT_CONNECT, `Failed to connect to ${url.hostname} port ${port}${why}`);
  }
  const failed = answer.response.status >= 400 && (options.has('f') || options.has('failbody'));
  if (failed && !options.has('failbody')) {
    await writeOut(context, options, answer, 0);
    return fail(context, options, HTTP_ERROR, `The requested URL returned error: ${answer.response.status}`);
  }
  const status = await receive(context, options, url, answer, index);
  if (status !== 0 || !failed) return status;
  return fail(context, options, HTTP_ERROR, `The requested URL returned error: ${answer.response.status}`);
}

function headersOf(options: Options, posting: boolean): (readonly [string, string])[] {
  const headers = options.values('H').flatMap((line): (readonly [string, string])[] => {
    const colon = line.indexOf(':');
    return colon === -1 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]];
  });
  const named = (name: string): boolean => headers.some(([known]) => known.toLowerCase() === name);
  const user = options.value('u');
  if (user !== undefined) headers.push(['Authorization', `Basic ${btoa(user.includes(':') ? user : `${user}:`)}`]);
  const bearer = options.value('bearer');
  if (bearer !== undefined) headers.push(['Authorization', `Bearer ${bearer}`]);
  const json = options.has('json');
  if (posting && !named('content-type'))
    headers.push(['Content-Type', json ? 'application/json' : 'application/x-www-form-urlencoded']);
  if (json && !named('accept')) headers.push(['Accept', 'application/json']);
  return headers;
}

/** What -d and its kin send, joined by `&`; `@file` stands for a file's contents. */
async function postedData(context: AppletContext, options: Options): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const pieces: string[] = [];
  for (const { option, value = '' } of options.given) {
    if (option === 'raw' || option === 'json') pieces.push(value);
    else if (option === 'urlencode') pieces.push(encodedPair(value));
    else if (option === 'd' || option === 'binary') {
      const text = value.startsWith('@') ? await textOf(context, value.slice(1)) : value;
      pieces.push(option === 'd' && value.startsWith('@') ? text.replace(/[\r\n\0]/g, '') : text);
    }
  }
  return pieces.length === 0 ? undefined : encodeText(pieces.join('&'));
}

function encodedPair(text: string): string {
  const equals = text.indexOf('=');
  return equals === -1
    ? encodeURIComponent(text)
    : text.slice(0, equals + 1) + encodeURIComponent(text.slice(equals + 1));
}

async function textOf(context: AppletContext, path: string): Promise<string> {
  const input = await context.open(path);
  const text = await input.text();
  input.close();
  return text;
}

async function receive(
  context: AppletContext,
  options: Options,
  url: URL,
  answer: HttpAnswer,
  index: number,
): Promise<number> {
  const named = options.values('o')[index] ?? (options.has('O') ? fileNameOf(url) : undefined);
  if (named === '') return fail(context, options, WRITE_ERROR, 'Remote file name has no length!');
  const directory = options.value('outputdir');
  const path =
    named === undefined || named === '-' ? undefined : directory === undefined ? named : `${directory}/${named}`;
  let output: Output & { close?: () => Promise<void> } = context.out;
  if (path !== undefined) {
    try {
      if (options.has('dirs')) makeParents(context, path);
      output = await context.create(path);
    } catch (error) {
      if (errnoOf(error) === undefined) throw error;
      return fail(context, options, WRITE_ERROR, 'Failure writing output to destination');
    }
  }
  if (options.has('I') || options.has('i')) await output.write(headText(answer.response));
  let sizeBytes = 0;
  for await (const bytes of options.has('I') ? [] : answer.chunks()) {
    sizeBytes += bytes.byteLength;
    await output.write(bytes);
  }
  await output.close?.();
  if (path !== undefined && !options.has('s') && !options.has('nometer')) await tellProgress(context, sizeBytes);
  await writeOut(context, options, answer, sizeBytes);
  return 0;
}

function makeParents(context: AppletContext, path: string): void {
  const segments = path.split('/').slice(0, -1);
  segments.forEach((_, index) => {
    const parent = segments.slice(0, index + 1).join('/');
    if (parent !== '' && context.files.find(parent) === undefined) context.files.makeDirectory(parent);
  });
}

function headText(response: Response): string {
  const lines = [statusLine(response)];
  for (const [name, value] of fieldsOf(response)) lines.push(`${name}: ${value}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** The meter as it stands at the end. */
async function tellProgress(context: AppletContext, sizeBytes: number): Promise<void> {
  const size = String(sizeBytes).padStart(5);
  await context.err.write(
    '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n' +
      '                                 Dload  Upload   Total   Spent    Left  Speed\n' +
      `100 ${size}  100 ${size}    0     0  ${size.padStart(6)}      0 --:--:-- --:--:-- --:--:-- ${size}\n`,
  );
}

/** -w: a text with `%{variables}` and `\n`. */
async function writeOut(
  context: AppletContext,
  options: Options,
  answer: HttpAnswer,
  sizeBytes: number,
): Promise<void> {
  const format = options.value('w');
  if (format === undefined) return;
  const { response, url } = answer;
  const variables: Readonly<Record<string, string>> = {
    http_code: String(response.status).padStart(3, '0'),
    response_code: String(response.status).padStart(3, '0'),
    size_download: String(sizeBytes),
    content_type: response.headers.get('content-type') ?? '',
    url_effective: url,
    num_redirects: response.redirected ? '1' : '0',
    redirect_url: response.headers.get('location') ?? '',
    exitcode: '0',
    http_version: '1.1',
    scheme: new URL(url).protocol.slice(0, -1),
  };
  const text = format
    .replace(/%\{(\w+)\}/g, (_, name: string) => variables[name] ?? '')
    .replace(/\\([nrt])/g, (_, letter: string) => ({ n: '\n', r: '\r', t: '\t' })[letter] ?? '')
    .replace(/%%/g, '%');
  await context.out.write(text);
}
