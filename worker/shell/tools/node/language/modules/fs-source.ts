/** The part of `fs` that is JavaScript: its three forms (plain, with callbacks, with promises) over the same operations. */

export const FS_SOURCE = `
const encodingOf = (options) => typeof options === 'string' ? options : options?.encoding;
const join = (directory, name) => directory.endsWith('/') ? directory + name : directory + '/' + name;
const KIND = 0o170000;
const constants = { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1, COPYFILE_EXCL: 1, O_RDONLY: 0, O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_APPEND: 1024 };
class Stats {
  constructor(fields) {
    Object.assign(this, fields);
    for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) this[name] = new Date(this[name + 'Ms']);
  }
  isFile() { return (this.mode & KIND) === 0o100000; }
  isDirectory() { return (this.mode & KIND) === 0o040000; }
  isSymbolicLink() { return (this.mode & KIND) === 0o120000; }
  isFIFO() { return (this.mode & KIND) === 0o010000; }
  isSocket() { return (this.mode & KIND) === 0o140000; }
  isCharacterDevice() { return (this.mode & KIND) === 0o020000; }
  isBlockDevice() { return (this.mode & KIND) === 0o060000; }
}
const KIND_OF = Symbol('type');
class Dirent {
  constructor(name, path, kind) {
    this.name = name;
    this.parentPath = path;
    this.path = path;
    this[KIND_OF] = kind;
  }
  isFile() { return this[KIND_OF] === 0o100000; }
  isDirectory() { return this[KIND_OF] === 0o040000; }
  isSymbolicLink() { return this[KIND_OF] === 0o120000; }
}
const list = (path, options, prefix = '') => {
  const entries = [];
  for (const [name, kind] of binding.list(path)) {
    entries.push(options?.withFileTypes ? new Dirent(name, path, kind) : prefix + name);
    if (options?.recursive && kind === 0o040000) entries.push(...list(join(path, name), options, prefix + name + '/'));
  }
  return entries;
};
const makeAll = (path, mode) => {
  let first;
  let at = path.startsWith('/') ? '/' : '';
  for (const part of path.split('/').filter(Boolean)) {
    at = at === '' || at === '/' ? at + part : at + '/' + part;
    if (binding.exists(at)) continue;
    binding.mkdir(at, mode);
    first ??= at;
  }
  if (first === undefined && !(binding.stat(path).mode & 0o040000)) binding.mkdir(path, mode);
  return first;
};
const remove = (path, options) => {
  let status;
  try { status = new Stats(binding.lstat(path)); } catch (error) {
    if (options?.force && error.code === 'ENOENT') return;
    throw error;
  }
  if (!status.isDirectory()) return binding.unlink(path);
  if (!options?.recursive) {
    const error = new Error('Path is a directory: rm returned EISDIR (is a directory) ' + path);
    Object.assign(error, { name: 'SystemError', code: 'ERR_FS_EISDIR' });
    throw error;
  }
  for (const [name] of binding.list(path)) remove(join(path, name), options);
  binding.rmdir(path);
};
const write = (path, data, options, append) => {
  if (typeof path === 'number') return binding.print(path, data);
  const text = typeof data === 'string' || ArrayBuffer.isView(data);
  if (!text) {
    const error = new TypeError('The "data" argument must be of type string or an instance of Buffer, TypedArray, or DataView. Received ' + (data === undefined || data === null ? data : typeof data === 'object' ? 'an instance of ' + data.constructor.name : 'type ' + typeof data + ' (' + String(data) + ')'));
    error.code = 'ERR_INVALID_ARG_TYPE';
    throw error;
  }
  binding.write(path, data, encodingOf(options), append || options?.flag === 'a', options?.mode);
};
const copyTree = (from, to, options) => {
  const status = new Stats(binding.stat(from));
  if (!status.isDirectory()) return binding.copy(from, to);
  makeAll(to);
  for (const [name] of binding.list(from)) copyTree(join(from, name), join(to, name), options);
};
const operations = {
  access: (path, mode) => binding.access(path, mode),
  appendFile: (path, data, options) => write(path, data, options, true),
  chmod: binding.chmod,
  chown: binding.chown,
  copyFile: (from, to) => binding.copy(from, to),
  cp: (from, to, options) => copyTree(from, to, options),
  link: binding.link,
  lstat: (path) => new Stats(binding.lstat(path)),
  mkdir: (path, options) => options?.recursive ? makeAll(String(path), options.mode) : binding.mkdir(path, typeof options === 'number' ? options : options?.mode),
  mkdtemp: (prefix) => { const path = prefix + binding.random(); binding.mkdir(path, 0o700); return path; },
  readFile: (path, options) => binding.read(path, encodingOf(options)),
  readdir: (path, options) => list(path, options),
  readlink: binding.readlink,
  realpath: binding.realpath,
  rename: binding.rename,
  rm: remove,
  rmdir: (path, options) => options?.recursive ? remove(path, options) : binding.rmdir(path),
  stat: (path) => new Stats(binding.stat(path)),
  symlink: binding.symlink,
  truncate: (path, size = 0) => binding.write(path, binding.read(path).subarray(0, size)),
  unlink: binding.unlink,
  utimes: binding.utimes,
  writeFile: (path, data, options) => write(path, data, options, false),
};
const soon = globalThis['setImmediate'];
const later = (run) => new Promise((resolve, reject) => soon(() => { try { resolve(run()); } catch (error) { reject(error); } }));
const promises = { constants };
module.exports = { constants, ...constants, promises, Stats, Dirent };
for (const [name, run] of Object.entries(operations)) {
  Object.defineProperty(run, 'name', { value: name });
  module.exports[name + 'Sync'] = (...args) => run(...args);
  Object.defineProperty(module.exports[name + 'Sync'], 'name', { value: name + 'Sync' });
  promises[name] = (...args) => later(() => run(...args));
  module.exports[name] = (...args) => {
    const callback = args.pop();
    if (typeof callback !== 'function') {
      const error = new TypeError('The "cb" argument must be of type function. Received ' + (callback === undefined ? 'undefined' : typeof callback));
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    soon(() => {
      let result;
      try { result = run(...args); } catch (error) { return callback(error); }
      callback(null, result);
    });
  };
}
module.exports.statSync = (path, options) => {
  try { return operations.stat(path); } catch (error) {
    if (options?.throwIfNoEntry === false && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
module.exports.existsSync = (path) => binding.exists(path);
module.exports.exists = (path, callback) => { soon(() => callback(binding.exists(path))); };
module.exports.writeSync = (descriptor, data) => { binding.print(descriptor, data); return Buffer.byteLength(data); };
module.exports.fsyncSync = () => {};
module.exports.watch = module.exports.watchFile = () => { throw new Error('Strata tells programs of no changes to files'); };
const streams = () => require('stream');
module.exports.createReadStream = (path, options) => {
  const stream = new (streams().Readable)({ encoding: encodingOf(options), read() {} });
  stream.path = path;
  soon(() => {
    let data;
    try { data = binding.read(path); } catch (error) { return stream.destroy(error); }
    const start = options?.start ?? 0;
    const end = (options?.end ?? data.length - 1) + 1;
    const size = options?.highWaterMark ?? 65536;
    for (let at = start; at < end; at += size) stream.push(data.subarray(at, Math.min(at + size, end)));
    stream.push(null);
  });
  return stream;
};
module.exports.createWriteStream = (path, options) => {
  let started = options?.flags === 'a';
  const stream = new (streams().Writable)({
    write(chunk, encoding, callback) {
      try { binding.write(path, chunk, encoding, started); } catch (error) { return callback(error); }
      started = true;
      callback();
    },
    final(callback) {
      if (!started) binding.write(path, '', 'utf8', false);
      callback();
    },
  });
  stream.path = path;
  return stream;
};
`;
