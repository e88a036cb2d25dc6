/**
 * The page's Content-Security-Policy, in one place. As a meta element it travels with index.html to any static host; workers take
 * theirs from the response they came with, so it is written as headers too (`_headers`, which static hosts read, and the preview).
 *
 * Scripts and workers are files of this site: nothing inline, no eval, no code from elsewhere. Styles may be inline, because the
 * editor and the terminal measure and paint with them. Connections may go anywhere by HTTP: a registry can have any address, and
 * one that a person called insecure has no certificate. What they may never do is to bring code.
 */
import type { Plugin } from 'vite';

const POLICY: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  // A frame in a sandbox is of no origin: its workers start from a script that the page made, which imports the site's own.
  'worker-src': ["'self'", 'blob:'],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'", 'https:', 'http:'],
  'manifest-src': ["'self'"],
  'frame-src': ["'self'", 'blob:'],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

export const CONTENT_SECURITY_POLICY = Object.entries(POLICY)
  .map(([directive, sources]) => [directive, ...sources].join(' '))
  .join('; ');

/** Headers for every file of the site. */
const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

const IMMUTABLE = { 'Cache-Control': 'public, max-age=31536000, immutable' };
const NO_CACHE = { 'Cache-Control': 'no-cache' };
/** Frames in a sandbox are of no origin, and must be let in. */
const FOR_ALL_ORIGINS = { 'Access-Control-Allow-Origin': '*' };

/** Headers by path, as the file `_headers` of static hosts has them; docs/hosting.md tells of each. */
const HEADERS_BY_PATH: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/*': HEADERS,
  '/assets/*': { ...IMMUTABLE, ...FOR_ALL_ORIGINS },
  '/mirror/blobs/*': { ...IMMUTABLE, ...FOR_ALL_ORIGINS },
  '/mirror/index.json': { ...NO_CACHE, ...FOR_ALL_ORIGINS },
  '/catalogue/*': FOR_ALL_ORIGINS,
  '/index.html': NO_CACHE,
  '/sw.js': NO_CACHE,
};

/** Puts the policy into the built page, beside it, and on what the preview serves. The development server needs eval: it has none. */
export function securityPolicy(): Plugin {
  return {
    name: 'strata:security-policy',
    config: () => ({ preview: { headers: HEADERS } }),
    transformIndexHtml: {
      order: 'pre',
      handler: (_html, { server }) =>
        server === undefined
          ? [
              {
                tag: 'meta',
                attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
                injectTo: 'head-prepend',
              },
            ]
          : [],
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile() });
    },
  };
}

function headersFile(): string {
  return Object.entries(HEADERS_BY_PATH)
    .map(([path, headers]) => {
      const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
      return `${path}\n${lines.join('')}`;
    })
    .join('');
}
