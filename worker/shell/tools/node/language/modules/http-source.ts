/** The part of `http` that is JavaScript: messages and servers as programs see them. */

export const HTTP_SOURCE = `
const EventEmitter = require('events');
const { Readable, Writable } = require('stream');
const STATUS_CODES = {};
for (let status = 100; status < 600; status++) { const reason = binding.reason(status); if (reason) STATUS_CODES[status] = reason; }
STATUS_CODES[418] = "I'm a Teapot";
class IncomingMessage extends Readable {
  constructor(fields, body) {
    super();
    Object.assign(this, { httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1, complete: true, socket: { remoteAddress: '172.17.0.1', remotePort: 40000, encrypted: false }, ...fields });
    this.connection = this.socket;
    this.rawHeaders = Object.entries(this.headers).flat();
    if (body.length > 0) this.push(body);
    this.push(null);
  }
}
class OutgoingMessage extends Writable {
  constructor() {
    super();
    this._headers = new Map();
    this._chunks = [];
    this.headersSent = false;
    this.finished = false;
  }
  setHeader(name, value) {
    if (this.headersSent) {
      const error = new Error('Cannot set headers after they are sent to the client');
      error.code = 'ERR_HTTP_HEADERS_SENT';
      throw error;
    }
    this._headers.set(String(name).toLowerCase(), [String(name), value]);
    return this;
  }
  getHeader(name) { return this._headers.get(name.toLowerCase())?.[1]; }
  getHeaders() { return Object.fromEntries([...this._headers].map(([name, [, value]]) => [name, value])); }
  getHeaderNames() { return [...this._headers.keys()]; }
  hasHeader(name) { return this._headers.has(name.toLowerCase()); }
  removeHeader(name) { this._headers.delete(name.toLowerCase()); }
  appendHeader(name, value) { const known = this.getHeader(name); return this.setHeader(name, known === undefined ? value : [].concat(known, value)); }
  flushHeaders() {}
  ['setTimeout']() { return this; }
  _write(chunk, encoding, callback) { this.headersSent = true; this._chunks.push(chunk); callback(); }
  get _fields() { return [...this._headers.values()].flatMap(([name, value]) => Array.isArray(value) ? value.map((one) => [name, one]) : [[name, value]]); }
}
class ServerResponse extends OutgoingMessage {
  constructor(request, answer) {
    super();
    this.req = request;
    this.statusCode = 200;
    this.statusMessage = undefined;
    this._answer = answer;
    this.socket = request.socket;
  }
  writeHead(status, reason, headers = typeof reason === 'object' ? reason : undefined) {
    this.statusCode = status;
    if (typeof reason === 'string') this.statusMessage = reason;
    if (Array.isArray(headers)) for (let index = 0; index < headers.length; index += 2) this.setHeader(headers[index], headers[index + 1]);
    else for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value);
    this.headersSent = true;
    return this;
  }
  _final(callback) {
    this.headersSent = true;
    this.finished = true;
    this._answer(this.statusCode, this._fields, Buffer.concat(this._chunks));
    callback();
  }
}
class Server extends EventEmitter {
  constructor(options, handler = options) {
    super();
    this.listening = false;
    if (typeof handler === 'function') this.on('request', handler);
  }
  listen(...given) {
    const callback = typeof given.at(-1) === 'function' ? given.pop() : undefined;
    const options = typeof given[0] === 'object' && given[0] !== null ? given[0] : { port: given[0], host: typeof given[1] === 'string' ? given[1] : undefined };
    const port = Number(options.port ?? 0);
    if (!(port >= 0 && port < 65536)) {
      const error = new RangeError('options.port should be >= 0 and < 65536. Received type ' + typeof options.port + ' (' + String(options.port) + ').');
      error.code = 'ERR_SOCKET_BAD_PORT';
      throw error;
    }
    if (callback) this.once('listening', callback);
    this._port = port || 32768 + Math.floor(Math['random']() * 20000);
    this._host = options.host;
    this._stop = binding.listen(this._port, (asked, answer) => {
      const { body, ...fields } = asked;
      const request = new IncomingMessage(fields, body);
      const response = new ServerResponse(request, answer);
      if (!this.emit('request', request, response)) response.end();
    });
    process.nextTick(() => {
      if (this._stop) { this.listening = true; return this.emit('listening'); }
      const error = new Error('listen EADDRINUSE: address already in use ' + (this._host ?? '::') + ':' + this._port);
      this.emit('error', Object.assign(error, { code: 'EADDRINUSE', errno: -98, syscall: 'listen', address: this._host ?? '::', port: this._port }));
    });
    return this;
  }
  address() { return this._stop ? { address: this._host ?? '::', family: this._host?.includes('.') ? 'IPv4' : 'IPv6', port: this._port } : null; }
  close(callback) {
    if (callback) this.once('close', callback);
    this._stop?.();
    this._stop = undefined;
    this.listening = false;
    process.nextTick(() => this.emit('close'));
    return this;
  }
  closeAllConnections() {}
  closeIdleConnections() {}
  ['setTimeout']() { return this; }
  ref() { return this; }
  unref() { return this; }
}
const addressOf = (given, options) => {
  if (typeof given === 'string' || given instanceof URL) return [String(given), options];
  const { protocol = 'http:', hostname, host = 'localhost', port, path = '/' } = given;
  return [protocol + '//' + (hostname ?? host) + (port ? ':' + port : '') + path, given];
};
class ClientRequest extends OutgoingMessage {
  constructor(url, options = {}) {
    super();
    this._url = url;
    this.method = (options.method ?? 'GET').toUpperCase();
    for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, value);
  }
  _final(callback) {
    const body = this._chunks.length > 0 ? Buffer.concat(this._chunks) : undefined;
    binding.ask(this._url, this.method, Object.fromEntries(this._fields), body).then(({ status, headers, body }) => {
      const response = new IncomingMessage({ statusCode: status, statusMessage: STATUS_CODES[status] ?? '', headers }, body);
      this.emit('response', response);
    }, (error) => this.emit('error', error));
    callback();
  }
  abort() {}
  destroy() { return this; }
}
const request = (given, options, callback) => {
  if (typeof options === 'function') [options, callback] = [undefined, options];
  const made = new ClientRequest(...addressOf(given, options));
  if (callback) made.once('response', callback);
  return made;
};
const get = (...given) => request(...given).end();
module.exports = {
  STATUS_CODES, METHODS: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'], Server, IncomingMessage, ServerResponse, ClientRequest, OutgoingMessage,
  Agent: class Agent {}, globalAgent: {}, createServer: (...given) => new Server(...given), request, get,
};
`;
