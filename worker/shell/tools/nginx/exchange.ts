/** One request as nginx sees it, and the variables that its configuration may name. */
import type { Peer } from '../../kernel/listeners.ts';
import { accessTime, requestLine } from '../../http/serving.ts';

export interface Exchange {
  readonly request: Request;
  readonly peer: Peer;
  /** The port it came to, inside the container. */
  readonly port: number;
  /** `Host` as the client sent it. */
  readonly host: string;
  readonly method: string;
  /** Path, decoded and normalised; rewritten by `try_files` and `error_page`. */
  uri: string;
  /** What follows the question mark. */
  readonly query: string;
  /** What `set` gave. */
  readonly variables: Map<string, string>;
  /** Of the worker process that answers. */
  readonly worker: number;
  readonly connection: number;
  readonly nowMs: number;
  readonly serverName: string;
}

/** What a log's line is made of besides. */
export interface Answered {
  readonly status: number;
  readonly bodyBytes: number;
}

/** Replaces `$name` and `${name}`; what nobody knows is empty. */
export function expandVariables(text: string, exchange: Exchange, answered?: Answered): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, braced: string | undefined, plain: string | undefined) =>
    variable(braced ?? plain ?? '', exchange, answered),
  );
}

function variable(name: string, exchange: Exchange, answered: Answered | undefined): string {
  const { request, peer, host, uri, query, variables } = exchange;
  const own = variables.get(name);
  if (own !== undefined) return own;
  if (name.startsWith('http_')) return request.headers.get(name.slice('http_'.length).replaceAll('_', '-')) ?? '-';
  if (name.startsWith('arg_')) return new URLSearchParams(query).get(name.slice('arg_'.length)) ?? '';
  const { pathname, search } = new URL(request.url);
  switch (name) {
    case 'uri':
    case 'document_uri':
      return uri;
    case 'request_uri':
      return pathname + search;
    case 'args':
    case 'query_string':
      return query;
    case 'is_args':
      return query === '' ? '' : '?';
    case 'host':
      return host.replace(/:\d+$/, '');
    case 'remote_addr':
    case 'binary_remote_addr':
    case 'proxy_add_x_forwarded_for':
    case 'realip_remote_addr':
      return peer.address;
    case 'remote_port':
      return String(peer.port);
    case 'remote_user':
      return '-';
    case 'time_local':
      return accessTime(exchange.nowMs);
    case 'time_iso8601':
      return new Date(exchange.nowMs).toISOString().replace(/\.\d+Z$/, '+00:00');
    case 'msec':
      return (exchange.nowMs / 1_000).toFixed(3);
    case 'request':
      return requestLine(request);
    case 'request_method':
      return exchange.method;
    case 'request_time':
      return '0.000';
    case 'scheme':
      return 'http';
    case 'server_name':
      return exchange.serverName;
    case 'server_port':
      return String(exchange.port);
    case 'server_protocol':
      return 'HTTP/1.1';
    case 'status':
      return String(answered?.status ?? '');
    case 'body_bytes_sent':
    case 'bytes_sent':
      return String(answered?.bodyBytes ?? 0);
    case 'connection':
      return String(exchange.connection);
    case 'pid':
      return String(exchange.worker);
    default:
      return '';
  }
}
