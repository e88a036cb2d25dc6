/** `express`, as far as tutorials go: routes, middleware, parameters, JSON, static files. Its own code is not in the images. */
import type { BuiltinModule } from './module.ts';

export const express: BuiltinModule = {
  simulated: 'express is a stand-in: routes, middleware, json, urlencoded and static files',
  source: `
const http = require('http');
const fs = require('fs');
const path = require('path');
const querystring = require('querystring');
const TYPES = { html: 'text/html', htm: 'text/html', css: 'text/css', js: 'application/javascript', json: 'application/json', txt: 'text/plain', svg: 'image/svg+xml', png: 'image/png', jpg: 'image/jpeg', ico: 'image/x-icon' };
const typeOf = (name) => TYPES[name.split('.').at(-1)] ?? 'application/octet-stream';
const withCharset = (type) => /^text\\/|json|javascript/.test(type) && !type.includes('charset') ? type + '; charset=utf-8' : type;
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const compile = (pattern, isPrefix) => {
  if (pattern instanceof RegExp) return { expression: pattern, names: [] };
  const names = [];
  const source = pattern.replace(/\\/$/, '').replace(/[.+^$()|[\\]\\\\]/g, '\\\\$&').replace(/\\/:(\\w+)(\\?)?/g, (_, name, optional) => { names.push(name); return optional ? '(?:/([^/]+))?' : '/([^/]+)'; }).replace(/\\*\\w*/g, '.*');
  return { expression: new RegExp('^' + source + (isPrefix ? '(?=/|$)' : '/?$'), 'i'), names };
};
const page = (text) => '<!DOCTYPE html>\\n<html lang="en">\\n<head>\\n<meta charset="utf-8">\\n<title>Error</title>\\n</head>\\n<body>\\n<pre>' + text + '</pre>\\n</body>\\n</html>\\n';
const requestMethods = {
  get(name) { return this.headers[name.toLowerCase()]; },
  header(name) { return this.headers[name.toLowerCase()]; },
  is(type) { return (this.headers['content-type'] ?? '').includes(type); },
};
const responseMethods = {
  status(code) { this.statusCode = code; return this; },
  sendStatus(code) { this.statusCode = code; return this.type('txt').send(http.STATUS_CODES[code] ?? String(code)); },
  set(name, value) {
    if (typeof name === 'object') for (const [key, one] of Object.entries(name)) this.setHeader(key, one);
    else this.setHeader(name, name.toLowerCase() === 'content-type' ? withCharset(value) : value);
    return this;
  },
  get(name) { return this.getHeader(name); },
  append(name, value) { this.appendHeader(name, value); return this; },
  type(type) { return this.set('Content-Type', type.includes('/') ? type : typeOf('.' + type)); },
  json(value) {
    if (!this.hasHeader('content-type')) this.set('Content-Type', 'application/json; charset=utf-8');
    this.end(JSON.stringify(value));
    return this;
  },
  send(body) {
    if (body === undefined || body === null) body = '';
    if (typeof body === 'object' && !Buffer.isBuffer(body)) return this.json(body);
    if (typeof body === 'number' || typeof body === 'boolean') return this.json(body);
    if (!this.hasHeader('content-type')) this.set('Content-Type', Buffer.isBuffer(body) ? 'application/octet-stream' : 'text/html; charset=utf-8');
    this.end(body);
    return this;
  },
  sendFile(file, options, callback = typeof options === 'function' ? options : undefined) {
    const full = options?.root ? path.join(options.root, file) : file;
    let data;
    try { data = fs.readFileSync(full); } catch (error) {
      if (callback) return callback(error);
      this.statusCode = 404;
      return this.send(page(escape('Error: ' + error.message)));
    }
    if (!this.hasHeader('content-type')) this.type(typeOf(full));
    this.end(data);
    callback?.();
  },
  redirect(status, url) {
    if (url === undefined) [status, url] = [302, status];
    this.statusCode = status;
    this.setHeader('Location', url);
    this.type('txt').send(http.STATUS_CODES[status] + '. Redirecting to ' + url);
  },
  location(url) { this.setHeader('Location', url); return this; },
  cookie(name, value) { return this.append('Set-Cookie', name + '=' + encodeURIComponent(value) + '; Path=/'); },
  render() { throw new Error('Strata\\'s express has no view engines'); },
};
const createRouter = () => {
  const layers = [];
  const router = (request, response, out) => {
    let index = 0;
    const [base, wholePath, params] = [request.baseUrl ?? '', request.path, request.params ?? {}];
    const next = (error) => {
      if (error === 'route') error = undefined;
      for (;;) {
        const layer = layers[index++];
        if (layer === undefined) { Object.assign(request, { baseUrl: base, path: wholePath, params }); return out(error); }
        const found = layer.expression.exec(wholePath);
        if (found === null || (layer.method && layer.method !== request.method && !(layer.method === 'GET' && request.method === 'HEAD'))) continue;
        if ((layer.handler.length === 4) !== (error !== undefined)) continue;
        request.params = { ...params };
        layer.names.forEach((name, at) => { if (found[at + 1] !== undefined) request.params[name] = decodeURIComponent(found[at + 1]); });
        if (layer.isPrefix) {
          request.baseUrl = base + found[0];
          request.path = wholePath.slice(found[0].length) || '/';
          const query = request.originalUrl.indexOf('?');
          request.url = request.path + (query < 0 ? '' : request.originalUrl.slice(query));
        } else Object.assign(request, { baseUrl: base, path: wholePath });
        try {
          const result = error === undefined ? layer.handler(request, response, next) : layer.handler(error, request, response, next);
          if (typeof result?.then === 'function') result.then(undefined, next);
        } catch (thrown) { next(thrown); }
        return;
      }
    };
    next();
  };
  const add = (method, pattern, handlers, isPrefix) => {
    for (const one of [].concat(pattern)) for (const handler of handlers.flat(Infinity)) {
      if (typeof handler !== 'function') throw new TypeError('argument handler must be a function');
      layers.push({ method, handler, isPrefix, ...compile(one, isPrefix) });
    }
    return router;
  };
  router.use = (...given) => typeof given[0] === 'string' || given[0] instanceof RegExp ? add(undefined, given[0], given.slice(1), true) : add(undefined, '', given, true);
  router.all = (pattern, ...handlers) => add(undefined, pattern, handlers, false);
  for (const method of ['get', 'post', 'put', 'delete', 'patch', 'head', 'options']) router[method] = (pattern, ...handlers) => add(method.toUpperCase(), pattern, handlers, false);
  router.route = (pattern) => {
    const route = {};
    for (const method of ['all', 'get', 'post', 'put', 'delete', 'patch']) route[method] = (...handlers) => { router[method](pattern, ...handlers); return route; };
    return route;
  };
  return router;
};
const finish = (request, response) => (error) => {
  if (response.headersSent) return;
  if (error === undefined) {
    response.statusCode = 404;
    return response.send(page('Cannot ' + request.method + ' ' + escape(request.originalUrl.split('?')[0])));
  }
  console.error(error?.stack ?? String(error));
  response.statusCode = error?.status ?? error?.statusCode ?? 500;
  response.send(page(escape(String(error?.stack ?? error)).replaceAll('\\n', '<br>').replaceAll('  ', ' &nbsp;')));
};
const express = () => {
  const router = createRouter();
  const settings = { env: process.env.NODE_ENV ?? 'development', 'x-powered-by': true };
  const app = (request, response, out) => {
    const [pathname, search = ''] = request.url.split('?');
    if (!request.originalUrl) {
      Object.assign(request, { originalUrl: request.url, path: decodeURI(pathname), query: { ...querystring.parse(search) }, params: {}, app, protocol: 'http', secure: false, hostname: (request.headers.host ?? '').split(':')[0], ip: request.socket.remoteAddress, baseUrl: '' }, requestMethods);
      Object.assign(response, responseMethods, { locals: {}, app });
      if (settings['x-powered-by']) response.setHeader('X-Powered-By', 'Express');
    }
    router(request, response, out ?? finish(request, response));
  };
  for (const name of Object.keys(router)) app[name] = (...given) => { const result = router[name](...given); return result === router ? app : result; };
  const route = app.get;
  app.get = (name, ...handlers) => handlers.length === 0 ? settings[name] : route(name, ...handlers);
  app.set = (name, value) => { settings[name] = value; return app; };
  app.enable = (name) => app.set(name, true);
  app.disable = (name) => app.set(name, false);
  app.locals = {};
  app.listen = (...given) => http.createServer(app).listen(...given);
  return app;
};
const body = (accepts, parse) => (options) => (request, response, next) => {
  if (request.body !== undefined || !accepts.test(request.headers['content-type'] ?? '')) return next();
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    try { request.body = text === '' ? {} : parse(text); } catch (error) { error.status = 400; return next(error); }
    next();
  });
};
express.json = body(/json/, JSON.parse);
express.urlencoded = body(/urlencoded/, (text) => ({ ...querystring.parse(text) }));
express.text = body(/^text\\/plain/, (text) => text);
express.static = (root, options) => (request, response, next) => {
  if (request.method !== 'GET' && request.method !== 'HEAD') return next();
  let file = path.join(path.resolve(root), decodeURIComponent(request.path));
  if (!file.startsWith(path.resolve(root))) return next();
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, options?.index ?? 'index.html');
  fs.existsSync(file) ? response.sendFile(file) : next();
};
express.Router = createRouter;
module.exports = express;
`,
};
