/**
 * Configurations that let a page in: complete, for the programs people run in front of their images. The lists of headers are what
 * the distribution-spec needs of a browser; `tests/interop` runs the first two against the programs themselves.
 */
import type { ConfigFix } from './diagnosis.ts';

const METHODS = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const REQUEST_HEADERS = ['Authorization', 'Accept', 'Content-Type', 'Content-Range', 'Range'];
const EXPOSED_HEADERS = [
  'Docker-Content-Digest',
  'Location',
  'Range',
  'WWW-Authenticate',
  'Link',
  'Content-Range',
  'Retry-After',
  'OCI-Chunk-Min-Length',
  'OCI-Subject',
];
const MAX_AGE_S = 3600;

export interface FixOptions {
  /** The page's origin. */
  readonly origin: string;
  /** `registry.example.com:5000`. */
  readonly registry: string;
  /** OPTIONS is not answered as it should be, so that the registry's own settings do not help. */
  readonly needsProxy: boolean;
}

/** All of them, the one that helps first. */
export function configFixes(options: FixOptions): readonly ConfigFix[] {
  const own = registryConfig(options);
  const proxies = [nginx(options), caddy(options)];
  return options.needsProxy ? [...proxies, own, zot(options)] : [own, ...proxies, zot(options)];
}

function registryConfig({ origin, needsProxy }: FixOptions): ConfigFix {
  const list = (values: readonly (string | number)[]): string => `[${values.map((value) => `'${value}'`).join(', ')}]`;
  return {
    id: 'registry',
    title: 'registry:2',
    file: 'config.yml',
    text: `http:
  headers:
    Access-Control-Allow-Origin: ${list([origin])}
    Access-Control-Allow-Methods: ${list(METHODS)}
    Access-Control-Allow-Headers: ${list(REQUEST_HEADERS)}
    Access-Control-Expose-Headers: ${list(EXPOSED_HEADERS)}
    Access-Control-Max-Age: ${list([MAX_AGE_S])}
storage:
  redirect:
    disable: true
  delete:
    enabled: true
`,
    note: needsProxy
      ? 'Not enough alone while the registry asks for a password: it then answers OPTIONS with 401 as well (distribution issue 4458), and a browser gives up there. Put a proxy in front.'
      : 'Merge it into /etc/docker/registry/config.yml and restart the registry. redirect.disable has the registry send blobs itself: behind a redirect to its storage the browser asks with origin “null”, which the storage would have to allow.',
  };
}

function nginx({ origin, registry }: FixOptions): ConfigFix {
  const headers = (more: readonly (readonly [string, string])[]): string =>
    [...more].map(([name, value]) => `add_header ${name} "${value}" always;`).join('\n    ');
  const shared = [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Expose-Headers', EXPOSED_HEADERS.join(', ')],
  ] as const;
  const preflight = [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Methods', METHODS.join(', ')],
    ['Access-Control-Allow-Headers', REQUEST_HEADERS.join(', ')],
    ['Access-Control-Max-Age', String(MAX_AGE_S)],
  ] as const;
  return {
    id: 'nginx',
    title: 'nginx in front',
    file: 'nginx.conf',
    text: `server {
  listen 5001;
  client_max_body_size 0;

  location /v2/ {
    if ($request_method = OPTIONS) {
      ${headers(preflight).replaceAll('\n    ', '\n      ')}
      return 204;
    }
    ${headers(shared)}
    proxy_hide_header Access-Control-Allow-Origin;
    proxy_hide_header Access-Control-Expose-Headers;
    proxy_pass http://${registry};
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-Proto $scheme;
    proxy_request_buffering off;
    proxy_read_timeout 900;
  }
}
`,
    note: 'The proxy answers OPTIONS itself, so that no password is asked for it. Use its address, port 5001 here, instead of the registry’s; give it a certificate unless it is on this machine.',
  };
}

function caddy({ origin, registry }: FixOptions): ConfigFix {
  return {
    id: 'caddy',
    title: 'Caddy in front',
    file: 'Caddyfile',
    text: `:5001 {
  @preflight method OPTIONS
  handle @preflight {
    header Access-Control-Allow-Origin "${origin}"
    header Access-Control-Allow-Methods "${METHODS.join(', ')}"
    header Access-Control-Allow-Headers "${REQUEST_HEADERS.join(', ')}"
    header Access-Control-Max-Age "${MAX_AGE_S}"
    respond 204
  }
  handle {
    reverse_proxy ${registry} {
      header_down Access-Control-Allow-Origin "${origin}"
      header_down Access-Control-Expose-Headers "${EXPOSED_HEADERS.join(', ')}"
    }
  }
}
`,
    note: 'The proxy answers OPTIONS itself. With a host name instead of :5001 Caddy fetches a certificate for it too.',
  };
}

function zot({ origin }: FixOptions): ConfigFix {
  return {
    id: 'zot',
    title: 'zot',
    file: 'config.json',
    text: `{
  "http": {
    "address": "0.0.0.0",
    "port": "5000",
    "allowOrigin": "${origin}"
  }
}
`,
    note: 'Enough to pull. zot lists no header in Access-Control-Expose-Headers, so a page cannot see where to send a blob: to push, put nginx or Caddy in front of it.',
  };
}
