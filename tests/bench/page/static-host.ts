/** The built page as a static host serves it: from memory, so that it takes the visitor's processor as little as a host elsewhere would. */
import { createServer, type Server } from 'node:http';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, resolve, sep } from 'node:path';

const DIST = resolve('dist');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

interface StaticFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** Serves `dist` on this machine alone. Throws where there is none. */
export async function serveDist(port: number): Promise<Server> {
  const files = filesBelow(DIST);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = files.get(path.endsWith('/') ? `${path}index.html` : path);
    if (file === undefined) response.writeHead(404).end();
    else response.writeHead(200, file.headers).end(request.method === 'HEAD' ? undefined : file.body);
  });
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  return server;
}

/** A line of `_headers` that names addresses, and the headers below it. */
interface HeaderRule {
  readonly pattern: string;
  readonly headers: Record<string, string>;
}

/** The rules of a `_headers` file, as static hosts read it: later ones win. */
function headerRules(text: string): readonly HeaderRule[] {
  const rules: HeaderRule[] = [];
  for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
    const [name = '', ...value] = line.trim().split(': ');
    if (line.startsWith('/')) rules.push({ pattern: line, headers: {} });
    else Object.assign(rules.at(-1)?.headers ?? {}, { [name]: value.join(': ') });
  }
  return rules;
}

function headersOf(address: string, rules: readonly HeaderRule[]): Readonly<Record<string, string>> {
  const matching = rules.filter(({ pattern }) =>
    pattern.endsWith('*') ? address.startsWith(pattern.slice(0, -1)) : address === pattern,
  );
  return Object.assign({}, ...matching.map(({ headers }) => headers)) as Record<string, string>;
}

/** By the path of its address. */
function filesBelow(folder: string): ReadonlyMap<string, StaticFile> {
  const rules = headerRules(readFileSync(join(folder, '_headers'), 'utf8'));
  const files = new Map<string, StaticFile>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (!statSync(path).isFile()) continue;
    const body = readFileSync(path);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, {
      body,
      headers: {
        'Content-Type': MEDIA_TYPES[extname(path)] ?? 'application/octet-stream',
        'Content-Length': String(body.byteLength),
        ...headersOf(address, rules),
      },
    });
  }
  return files;
}
