/** `proxy_pass`: nginx asks another server, by the network of its container, and hands on what that answers. */
import { isEngineError } from '../../../base/errors.ts';
import { fieldsOf, type Field } from '../../http/head.ts';
import type { Process } from '../../kernel/process.ts';
import { expandVariables, type Exchange } from './exchange.ts';
import type { Configuration, Scope } from './sites.ts';

export interface PassedOn {
  readonly exchange: Exchange;
  readonly scope: Scope;
  readonly configuration: Configuration;
  /** The argument of `proxy_pass`. */
  readonly target: string;
  /** The location's prefix, which a path of the target takes the place of. */
  readonly prefix: string;
}

export type Passed =
  | { readonly status: number; readonly fields: readonly Field[]; readonly body: Uint8Array<ArrayBuffer> }
  | { readonly status: 502 | 500; readonly problem: string };

/** Fields that belong to one connection, or that nginx writes itself. */
const OWN_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'server',
  'transfer-encoding',
]);

export async function passOn(process: Process, passed: PassedOn): Promise<Passed> {
  const { exchange, scope } = passed;
  const { transport } = process.kernel;
  const url = upstreamUrl(passed);
  if (url === undefined || transport === undefined)
    return { status: 500, problem: `invalid URL prefix in "${passed.target}"` };
  const headers = new Headers(exchange.request.headers);
  headers.delete('host');
  for (const { args } of scope.all('proxy_set_header')) {
    const [name = '', value = ''] = args;
    if (name.toLowerCase() !== 'host') headers.set(name, expandVariables(value, exchange));
  }
  const { method } = exchange;
  const bodyless = method === 'GET' || method === 'HEAD';
  try {
    const body = bodyless ? null : await exchange.request.arrayBuffer();
    const response = await process.waitFor(transport(new Request(url, { method, headers, body, redirect: 'manual' })));
    return {
      status: response.status,
      fields: fieldsOf(response).filter(([name]) => !OWN_FIELDS.has(name.toLowerCase())),
      body: new Uint8Array(await process.waitFor(response.arrayBuffer())),
    };
  } catch (error) {
    if (!isEngineError(error, 'network') && !isEngineError(error, 'cors') && !(error instanceof TypeError)) throw error;
    const why = isEngineError(error) ? error.data['why'] : undefined;
    const problem =
      why === 'unresolved'
        ? `${url.hostname} could not be resolved (3: Host not found)`
        : `connect() failed (111: Connection refused) while connecting to upstream`;
    return { status: 502, problem };
  }
}

/** Where to ask: the target's own path takes the place of the prefix; without one the path is handed on as it is. */
function upstreamUrl({ exchange, target, prefix, configuration }: PassedOn): URL | undefined {
  const match = /^(https?):\/\/([^/]+)(\/.*)?$/.exec(expandVariables(target, exchange));
  if (match === null) return undefined;
  const [, scheme = 'http', authority = '', path] = match;
  const servers = configuration.upstreams.get(authority);
  const server = servers === undefined ? authority : servers[exchange.connection % servers.length];
  const { search } = new URL(exchange.request.url);
  const uri = path === undefined ? exchange.uri : path + exchange.uri.slice(prefix.length);
  const text = `${scheme}://${server ?? ''}${uri}${search}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}
