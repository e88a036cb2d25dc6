/** What of Apache's configuration decides what is served: ports, document roots, indexes, redirections, logs. */
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';

export interface ApacheConfiguration {
  readonly ports: readonly number[];
  /** Document root by port; `undefined` for every other. */
  readonly roots: ReadonlyMap<number | undefined, string>;
  readonly indexNames: readonly string[];
  /** Directories whose entries may be listed. */
  readonly listed: readonly string[];
  readonly redirects: readonly { readonly from: string; readonly to: string; readonly status: number }[];
  readonly aliases: readonly { readonly from: string; readonly to: string }[];
  readonly errorDocuments: ReadonlyMap<number, string>;
  readonly serverName: string | undefined;
  readonly accessLog: string;
  readonly errorLog: string;
  /** With referrer and user agent. */
  readonly combined: boolean;
  /** What keeps Apache from starting, as it words it. */
  readonly problem?: string;
}

/** Where a configuration is found: the image's own build, or Debian's package. */
const FILES = ['/usr/local/apache2/conf/httpd.conf', '/etc/apache2/apache2.conf', '/etc/apache2/httpd.conf'];
const REDIRECT_STATUS: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303 };

interface Line {
  readonly name: string;
  readonly args: readonly string[];
  /** Directory of the section it is in. */
  readonly directory: string | undefined;
  /** Port of the virtual host it is in. */
  readonly hostPort: number | undefined;
}

export async function readConfiguration(context: AppletContext): Promise<ApacheConfiguration> {
  const file = FILES.find((path) => context.files.find(path) !== undefined);
  const root = file === undefined ? '/' : file.replace(/\/(?:conf\/)?[^/]+$/, '');
  const lines = file === undefined ? [] : await linesOf(context, file, root);
  const all = (name: string): readonly Line[] => lines.filter((line) => line.name === name);
  const absolute = (path: string): string => (path.startsWith('/') ? path : `${root}/${path}`);
  const variable = (path: string): string => path.replace(/\$\{APACHE_LOG_DIR\}/g, '/var/log/apache2');
  const log = all('customlog').at(-1)?.args ?? [];
  const missing = all('documentroot').find(({ args }) => context.files.find(absolute(args[0] ?? '')) === undefined);
  return {
    ports: portsOf(all('listen')),
    roots: new Map(all('documentroot').map(({ hostPort, args }) => [hostPort, absolute(args[0] ?? '')])),
    indexNames: all('directoryindex').at(-1)?.args ?? ['index.html'],
    listed: all('options').flatMap(({ args, directory }) =>
      directory !== undefined && args.some((word) => /^\+?(?:indexes|all)$/i.test(word)) ? [directory] : [],
    ),
    redirects: all('redirect').map(({ args }) => {
      const [first = '', ...rest] = args;
      const status = REDIRECT_STATUS[first.toLowerCase()] ?? (/^\d+$/.test(first) ? Number(first) : undefined);
      const [from = '', to = ''] = status === undefined ? args : rest;
      return { from, to, status: status ?? 302 };
    }),
    aliases: all('alias').map(({ args: [from = '', to = ''] }) => ({ from, to: absolute(to) })),
    errorDocuments: new Map(all('errordocument').map(({ args: [status = '', to = ''] }) => [Number(status), to])),
    serverName: all('servername').at(-1)?.args[0],
    accessLog: absolute(variable(log[0] ?? '/proc/self/fd/1')),
    errorLog: absolute(variable(all('errorlog').at(-1)?.args[0] ?? '/proc/self/fd/2')),
    combined: log[1] === 'combined',
    ...(missing === undefined
      ? {}
      : { problem: `DocumentRoot '${missing.args[0] ?? ''}' is not a directory, or is not readable` }),
  };
}

function portsOf(lines: readonly Line[]): readonly number[] {
  const ports = lines.map(({ args }) => Number((args[0] ?? '').replace(/^.*:/, '')));
  return ports.length === 0 ? [80] : [...new Set(ports.filter((port) => port > 0))];
}

async function linesOf(context: AppletContext, file: string, root: string): Promise<readonly Line[]> {
  const text = (await readText(context, file)) ?? '';
  if (text.includes('\0')) return [];
  const lines: Line[] = [];
  const directories: (string | undefined)[] = [];
  let hostPort: number | undefined;
  for (const whole of text.replace(/\\\n/g, ' ').split('\n')) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) continue;
    const opening = /^<(\w+)\s*([^>]*)>$/.exec(line);
    if (opening !== null) {
      const [, section = '', argument = ''] = opening;
      if (/^directory$/i.test(section)) directories.push(unquoted(argument.trim()));
      if (/^virtualhost$/i.test(section)) hostPort = Number(/:(\d+)/.exec(argument)?.[1] ?? '80');
      continue;
    }
    if (/^<\/directory>$/i.test(line)) directories.pop();
    else if (/^<\/virtualhost>$/i.test(line)) hostPort = undefined;
    if (line.startsWith('<')) continue;
    const [name = '', ...args] = (line.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []).map(unquoted);
    if (/^include(?:optional)?$/i.test(name)) {
      for (const path of included(context, args[0] ?? '', root)) lines.push(...(await linesOf(context, path, root)));
    } else lines.push({ name: name.toLowerCase(), args, directory: directories.at(-1), hostPort });
  }
  return lines;
}

function included({ files }: AppletContext, pattern: string, root: string): readonly string[] {
  const path = pattern.startsWith('/') ? pattern : `${root}/${pattern}`;
  const slash = path.lastIndexOf('/');
  const directory = path.slice(0, slash);
  if (files.find(directory)?.inode.kind !== 'directory') return [];
  const name = new RegExp(
    `^${path
      .slice(slash + 1)
      .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')}$`,
  );
  return files.list(directory).flatMap((entry) => (name.test(entry.name) ? [`${directory}/${entry.name}`] : []));
}

function unquoted(text: string): string {
  return /^"(.*)"$/.exec(text)?.[1]?.replace(/\\"/g, '"') ?? text;
}
