/** `readline`: lines of a stream. */
import type { BuiltinModule } from './module.ts';

export const readline: BuiltinModule = {
  source: `
const EventEmitter = require('events');
class Interface extends EventEmitter {
  constructor(options) {
    super();
    this.input = options.input;
    this.output = options.output;
    this.closed = false;
    this._prompt = options.prompt ?? '> ';
    this._rest = '';
    this._questions = [];
    this._lines = [];
    this._decoder = new TextDecoder();
    this._data = (chunk) => this._take(typeof chunk === 'string' ? chunk : this._decoder.decode(chunk));
    this._end = () => { if (this._rest !== '') this._line(this._rest); this._rest = ''; this.close(); };
    this.input?.on('data', this._data);
    this.input?.on('end', this._end);
  }
  _take(text) {
    const lines = (this._rest + text).split(/\\r?\\n/);
    this._rest = lines.pop();
    for (const line of lines) this._line(line);
  }
  _line(line) {
    if (this.closed) return;
    const question = this._questions.shift();
    if (question) question(line);
    else if (this.listenerCount('line') === 0 && this._asks) this._lines.push(line);
    else this.emit('line', line);
  }
  setPrompt(prompt) { this._prompt = prompt; }
  prompt() { this.output?.write(this._prompt); }
  question(text, options, callback = options) {
    this._asks = true;
    this.output?.write(text);
    if (this._lines.length > 0) { const line = this._lines.shift(); process.nextTick(() => callback(line)); }
    else this._questions.push(callback);
  }
  write(data) { if (typeof data === 'string') this.output?.write(data); }
  pause() { this.input?.pause?.(); return this; }
  resume() { this.input?.resume?.(); return this; }
  close() {
    if (this.closed) return;
    this.closed = true;
    this.input?.pause?.();
    this.emit('close');
  }
  [Symbol.asyncIterator]() {
    const lines = [];
    let wake = () => {};
    let ended = this.closed;
    this.on('line', (line) => { lines.push(line); wake(); });
    this.on('close', () => { ended = true; wake(); });
    return (async function* () {
      for (;;) {
        if (lines.length > 0) yield lines.shift();
        else if (ended) return;
        else await new Promise((resolve) => { wake = resolve; });
      }
    })();
  }
}
const createInterface = (input, output) => new Interface(input?.input ? input : { input, output });
class Asking extends Interface {
  question(text) { return new Promise((resolve) => super.question(text, resolve)); }
}
module.exports = {
  Interface,
  createInterface,
  clearLine: () => true,
  cursorTo: () => true,
  moveCursor: () => true,
  promises: { Interface: Asking, createInterface: (options, output) => new Asking(options?.input ? options : { input: options, output }) },
};
`,
};

export const readlinePromises: BuiltinModule = { source: "module.exports = require('readline').promises;" };
