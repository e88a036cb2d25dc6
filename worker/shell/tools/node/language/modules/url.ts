/** `url` and `querystring`. */
import type { BuiltinModule } from './module.ts';

export const url: BuiltinModule = {
  source: `
const parse = (text, withQuery) => {
  const [, protocol = null, , host = null, pathname = null, search = null, hash = null] = /^([a-z][a-z0-9+.-]*:)?(\\/\\/([^/?#]*))?([^?#]+)?(\\?[^#]*)?(#.*)?$/i.exec(text) ?? [];
  const authority = host ?? '';
  const at = authority.lastIndexOf('@');
  const [, hostname = '', port = null] = /^(.*?)(?::(\\d+))?$/.exec(authority.slice(at + 1)) ?? [];
  const path = pathname === null && search === null ? null : (pathname ?? '') + (search ?? '');
  const query = search === null ? (withQuery ? '' : null) : search.slice(1);
  return {
    protocol, slashes: host === null ? null : true, auth: at < 0 ? null : authority.slice(0, at), host: host === null ? null : authority.slice(at + 1), port,
    hostname: host === null ? null : hostname, hash, search: search ?? (withQuery ? '' : null), query: withQuery ? require('querystring').parse(query) : query,
    pathname: pathname ?? (host === null ? null : '/'), path, href: text,
  };
};
module.exports = {
  URL,
  URLSearchParams,
  parse,
  format: (value) => typeof value === 'string' ? value : value instanceof URL ? value.href :
    (value.protocol ?? '') + (value.slashes || value.host || value.hostname ? '//' : '') + (value.host ?? ((value.hostname ?? '') + (value.port ? ':' + value.port : ''))) +
    (value.pathname ?? '') + (value.search ?? (value.query && Object.keys(value.query).length > 0 ? '?' + require('querystring').stringify(value.query) : '')) + (value.hash ?? ''),
  resolve: (from, to) => { const base = new URL(from, 'http://none'); const full = new URL(to, base); return full.origin === 'http://none' ? full.pathname + full.search + full.hash : full.href; },
  fileURLToPath: (value) => decodeURIComponent(new URL(value).pathname),
  pathToFileURL: (path) => new URL('file://' + require('path').resolve(path)),
};
`,
};

export const querystring: BuiltinModule = {
  source: `
const escape = (value) => encodeURIComponent(value);
const unescape = (text) => { try { return decodeURIComponent(text.replaceAll('+', ' ')); } catch { return text; } };
const parse = (text, separator = '&', equals = '=') => {
  const found = Object.create(null);
  for (const pair of String(text ?? '').split(separator)) {
    if (pair === '') continue;
    const at = pair.indexOf(equals);
    const name = unescape(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : unescape(pair.slice(at + equals.length));
    found[name] = name in found ? [].concat(found[name], value) : value;
  }
  return found;
};
const stringify = (object, separator = '&', equals = '=') => Object.entries(object ?? {})
  .flatMap(([name, value]) => [].concat(value).map((one) => escape(name) + equals + escape(one ?? ''))).join(separator);
module.exports = { parse, stringify, decode: parse, encode: stringify, escape, unescape };
`,
};
