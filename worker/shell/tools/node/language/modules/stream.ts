/** `stream`: streams that hold what they are given, without a limit to it. */
import type { BuiltinModule } from './module.ts';

export const stream: BuiltinModule = {
  source: `
const EventEmitter = require('events');
const soon = (run) => process.nextTick(run);
class Stream extends EventEmitter {
  pipe(target) {
    this.on('data', (chunk) => target.write(chunk));
    this.on('end', () => { if (target !== process.stdout && target !== process.stderr) target.end(); });
    target.emit('pipe', this);
    return target;
  }
}
class Readable extends Stream {
  constructor(options = {}) {
    super();
    this._waiting = [];
    this._flowing = false;
    this._encoding = options.encoding;
    this._objects = !!(options.objectMode || options.readableObjectMode);
    this.readable = true;
    this.readableEnded = false;
    this.destroyed = false;
    if (options.read) this._read = options.read;
  }
  static from(values) {
    const stream = new Readable({ objectMode: true });
    (async () => { for await (const value of values) stream.push(value); stream.push(null); })().catch((error) => stream.destroy(error));
    return stream;
  }
  _read() {}
  setEncoding(encoding) { this._encoding = encoding; return this; }
  push(chunk) {
    this._waiting.push(chunk);
    if (this._flowing) soon(() => this._deliver());
    return true;
  }
  on(event, listener) {
    super.on(event, listener);
    if (event === 'data') this.resume();
    return this;
  }
  resume() {
    this._flowing = true;
    soon(() => { if (!this.readableEnded) this._read(); this._deliver(); });
    return this;
  }
  pause() { this._flowing = false; return this; }
  isPaused() { return !this._flowing; }
  read() { const chunk = this._waiting.shift(); return chunk === undefined ? null : this._shape(chunk); }
  _shape(chunk) {
    if (this._objects) return chunk;
    if (this._encoding) return typeof chunk === 'string' ? chunk : chunk.toString(this._encoding);
    return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  }
  _deliver() {
    while (this._flowing && this._waiting.length > 0) {
      const chunk = this._waiting.shift();
      if (chunk === null) {
        this.readableEnded = true;
        this.readable = false;
        this.emit('end');
        this.emit('close');
        return;
      }
      this.emit('data', this._shape(chunk));
      if (this._waiting.length === 0 && !this.readableEnded) this._read();
    }
  }
  destroy(error) {
    if (this.destroyed) return this;
    this.destroyed = true;
    soon(() => { if (error) this.emit('error', error); this.emit('close'); });
    return this;
  }
  [Symbol.asyncIterator]() {
    const chunks = [];
    let wake = () => {};
    let ended = false;
    let failure;
    this.on('data', (chunk) => { chunks.push(chunk); wake(); });
    this.once('end', () => { ended = true; wake(); });
    this.once('error', (error) => { failure = error; wake(); });
    return (async function* () {
      for (;;) {
        if (failure) throw failure;
        if (chunks.length > 0) yield chunks.shift();
        else if (ended) return;
        else await new Promise((resolve) => { wake = resolve; });
      }
    })();
  }
}
const writing = (Base) => class extends Base {
  constructor(options = {}) {
    super(options);
    this._queue = [];
    this._writing = false;
    this._ending = false;
    this.writable = true;
    this.writableEnded = false;
    this._plain = !!(options.objectMode || options.writableObjectMode || options.decodeStrings === false);
    for (const name of ['write', 'final', 'transform', 'flush']) if (options[name]) this['_' + name] = options[name];
  }
  write(chunk, encoding, callback) {
    if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    if (this._ending) {
      const error = new Error('write after end');
      error.code = 'ERR_STREAM_WRITE_AFTER_END';
      soon(() => this.emit('error', error));
      return false;
    }
    this._queue.push([typeof chunk === 'string' && !this._plain ? Buffer.from(chunk, encoding) : chunk, encoding ?? 'utf8', callback]);
    this._next();
    return true;
  }
  end(chunk, encoding, callback) {
    if (typeof chunk === 'function') [chunk, callback] = [undefined, chunk];
    else if (typeof encoding === 'function') [encoding, callback] = [undefined, encoding];
    if (chunk !== undefined && chunk !== null) this.write(chunk, encoding);
    if (callback) this.once('finish', callback);
    this._ending = true;
    this.writableEnded = true;
    this._next();
    return this;
  }
  _next() {
    if (this._writing) return;
    const entry = this._queue.shift();
    if (entry === undefined) {
      if (!this._ending) return;
      this._writing = true;
      const finish = (error) => {
        if (error) return this.emit('error', error);
        soon(() => { this.emit('finish'); this._finished?.(); });
      };
      this._final ? this._final(finish) : finish();
      return;
    }
    this._writing = true;
    this._write(entry[0], entry[1], (error) => {
      this._writing = false;
      if (error) { soon(() => this.emit('error', error)); return; }
      entry[2]?.();
      soon(() => { this.emit('drain'); this._next(); });
    });
  }
  cork() {}
  uncork() {}
};
class Writable extends writing(Stream) {
  _write(chunk, encoding, callback) { callback(); }
  _finished() { this.emit('close'); }
  destroy(error) { soon(() => { if (error) this.emit('error', error); this.emit('close'); }); return this; }
}
class Duplex extends writing(Readable) {}
class Transform extends Duplex {
  _transform(chunk, encoding, callback) { callback(null, chunk); }
  _write(chunk, encoding, callback) {
    this._transform(chunk, encoding, (error, value) => {
      if (value !== undefined && value !== null) this.push(value);
      callback(error);
    });
  }
  _final(callback) {
    const done = (error, value) => {
      if (value !== undefined && value !== null) this.push(value);
      this.push(null);
      callback(error);
    };
    this._flush ? this._flush(done) : done();
  }
}
class PassThrough extends Transform {}
const pipeline = (...streams) => {
  const callback = typeof streams.at(-1) === 'function' ? streams.pop() : () => {};
  let done = false;
  const finish = (error) => { if (!done) { done = true; callback(error); } };
  for (const one of streams) one.on('error', finish);
  streams.at(-1).on('finish', () => finish());
  return streams.reduce((from, to) => from.pipe(to));
};
const finished = (stream, callback) => { for (const event of ['end', 'finish']) stream.once(event, () => callback()); stream.once('error', callback); };
Stream.promises = {
  pipeline: (...streams) => new Promise((resolve, reject) => pipeline(...streams, (error) => error ? reject(error) : resolve())),
  finished: (stream) => new Promise((resolve, reject) => finished(stream, (error) => error ? reject(error) : resolve())),
};
module.exports = Object.assign(Stream, { Stream, Readable, Writable, Duplex, Transform, PassThrough, pipeline, finished });
`,
};
