/** `events`. */
import type { BuiltinModule } from './module.ts';

export const events: BuiltinModule = {
  source: `
class EventEmitter {
  constructor() { EventEmitter.init(this); }
  static init(self) {
    if (self._events === undefined || self._events === Object.getPrototypeOf(self)._events) {
      self._events = Object.create(null);
      self._eventsCount = 0;
    }
    self._maxListeners = self._maxListeners || undefined;
  }
  _list(event) {
    if (this._events === undefined) EventEmitter.init(this);
    return this._events[event] || [];
  }
  _add(event, listener, first) {
    if (typeof listener !== 'function') {
      const error = new TypeError('The "listener" argument must be of type function. Received ' + (listener === null ? 'null' : listener === undefined ? 'undefined' : 'type ' + typeof listener));
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    const list = this._list(event);
    if (this._events.newListener) this.emit('newListener', event, listener.listener || listener);
    this._events[event] = first ? [listener, ...list] : [...list, listener];
    if (list.length === 0) this._eventsCount++;
    return this;
  }
  on(event, listener) { return this._add(event, listener, false); }
  addListener(event, listener) { return this._add(event, listener, false); }
  prependListener(event, listener) { return this._add(event, listener, true); }
  _once(event, listener) {
    const wrapped = (...args) => { this.removeListener(event, wrapped); return listener.apply(this, args); };
    wrapped.listener = listener;
    return wrapped;
  }
  once(event, listener) {
    return this._add(event, typeof listener === 'function' ? this._once(event, listener) : listener, false);
  }
  prependOnceListener(event, listener) { return this._add(event, this._once(event, listener), true); }
  removeListener(event, listener) {
    const list = this._list(event);
    const index = list.findLastIndex((one) => one === listener || one.listener === listener);
    if (index < 0) return this;
    this._events[event] = list.filter((_, at) => at !== index);
    if (this._events[event].length === 0) { delete this._events[event]; this._eventsCount--; }
    if (this._events.removeListener) this.emit('removeListener', event, listener);
    return this;
  }
  off(event, listener) { return this.removeListener(event, listener); }
  removeAllListeners(event) {
    if (event === undefined) { this._events = Object.create(null); this._eventsCount = 0; }
    else if (this._list(event).length > 0) { delete this._events[event]; this._eventsCount--; }
    return this;
  }
  emit(event, ...args) {
    const list = this._list(event);
    if (list.length === 0) {
      if (event !== 'error') return false;
      const [error] = args;
      if (error instanceof Error) throw error;
      const wrapped = new Error('Unhandled error. (' + (typeof error === 'string' ? "'" + error + "'" : String(error)) + ')');
      wrapped.code = 'ERR_UNHANDLED_ERROR';
      wrapped.context = error;
      throw wrapped;
    }
    for (const listener of list) listener.apply(this, args);
    return true;
  }
  listenerCount(event) { return this._list(event).length; }
  listeners(event) { return this._list(event).map((one) => one.listener || one); }
  rawListeners(event) { return [...this._list(event)]; }
  eventNames() { return this._events === undefined ? [] : Reflect.ownKeys(this._events); }
  setMaxListeners(count) { this._maxListeners = count; return this; }
  getMaxListeners() { return this._maxListeners === undefined ? EventEmitter.defaultMaxListeners : this._maxListeners; }
}
for (const name of Reflect.ownKeys(EventEmitter.prototype))
  if (name.startsWith('_')) Object.defineProperty(EventEmitter.prototype, name, { enumerable: false });
// functions of old code call it without new
function Emitter() { EventEmitter.init(this); }
Emitter.prototype = EventEmitter.prototype;
Object.defineProperty(EventEmitter.prototype, 'constructor', { value: Emitter, writable: true, configurable: true });
Object.defineProperty(Emitter, 'name', { value: 'EventEmitter' });
Emitter.init = EventEmitter.init;
Emitter.defaultMaxListeners = 10;
Emitter.EventEmitter = Emitter;
Emitter.once = (emitter, event) => new Promise((resolve, reject) => {
  const failed = (error) => { emitter.removeListener(event, done); reject(error); };
  const done = (...args) => { emitter.removeListener('error', failed); resolve(args); };
  emitter.once(event, done);
  if (event !== 'error') emitter.once('error', failed);
});
Emitter.listenerCount = (emitter, event) => emitter.listenerCount(event);
module.exports = Emitter;
`,
};
