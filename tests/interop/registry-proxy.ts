/**
 * A registry as browsers meet it: in front of a real one, with CORS headers or some of them missing, with connections that break.
 * It speaks plain HTTP on a loopback port.
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the proxy adds to answers; a header left out is one the browser does without. */
export interface CorsRules {
  readonly allowOrigin?: string;
  readonly allowMethods?: string;
  readonly allowHeaders?: string;
  readonly exposeHeaders?: string;
  /** Status of the answer to OPTIONS; 204 by default. */
  readonly preflightStatus?: number;
}

export const FULL_CORS: CorsRules = {
  allowOrigin: '*',
  allowMethods: 'HEAD, GET, POST, PUT, PATCH, DELETE, OPTIONS',
  allowHeaders: 'Authorization, Accept, Content-Type, Content-Range, Range',
  exposeHeaders: 'Docker-Content-Digest, Location, Range, WWW-Authenticate, Link',
};

/** Answers instead of the registry, when it returns true. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface RegistryProxy {
  /** `127.0.0.1:PORT`. */
  readonly domain: string;
  /** What was asked: `GET /v2/`. */
  readonly asked: string[];
  /** Changed while it runs. */
  cors: CorsRules;
  intercept: Intercept | undefined;
  stop(): Promise<void>;
}

/** Starts a proxy in front of `upstream` (`127.0.0.1:PORT`). */
export async function startRegistryProxy(upstream: string, cors: CorsRules = FULL_CORS): Promise<RegistryProxy> {
  const server = createServer((request, response) => answer(proxy, upstream, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: RegistryProxy = {
    domain: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    cors,
    intercept: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return proxy;
}

function answer(proxy: RegistryProxy, upstream: string, request: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/' } = request;
  proxy.asked.push(`${method} ${url}`);
  for (const [name, value] of corsHeaders(proxy.cors)) response.setHeader(name, value);
  if (method === 'OPTIONS') {
    response.writeHead(proxy.cors.preflightStatus ?? 204).end();
    return;
  }
  if (proxy.intercept?.(request, response) === true) return;
  forward(upstream, request, response);
}

/** Passes a request on as it came, host included, so that addresses in answers lead back here. */
export function forward(upstream: string, request: IncomingMessage, response: ServerResponse): void {
  const { method, url, headers } = request;
  const onward = httpRequest(`http://${upstream}${url ?? ''}`, { method, headers }, (answered) => {
    for (const [name, value] of Object.entries(answered.headers)) {
      if (value !== undefined && !name.startsWith('access-control-')) response.setHeader(name, value);
    }
    response.writeHead(answered.statusCode ?? 502);
    answered.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

function corsHeaders(cors: CorsRules): readonly (readonly [string, string])[] {
  const headers = [
    ['Access-Control-Allow-Origin', cors.allowOrigin],
    ['Access-Control-Allow-Methods', cors.allowMethods],
    ['Access-Control-Allow-Headers', cors.allowHeaders],
    ['Access-Control-Expose-Headers', cors.exposeHeaders],
  ] as const;
  return headers.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}
