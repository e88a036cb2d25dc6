/** The part of `child_process` that is JavaScript: its many forms over one way to run a program. */

export const CHILD_PROCESS_SOURCE = `
const EventEmitter = require('events');
const { Readable } = require('stream');
const shell = (command) => ['/bin/sh', '-c', command];
const inherits = (options) => options?.stdio === 'inherit';
const shape = (data, options) => options?.encoding && options.encoding !== 'buffer' ? data.toString(options.encoding) : data;
const failure = (command, { status, stdout, stderr }) => {
  const error = new Error('Command failed: ' + command + (stderr.length > 0 ? '\\n' + stderr.toString() : ''));
  return Object.assign(error, { status, signal: null, output: [null, stdout, stderr], pid: process.pid + 1, stdout, stderr });
};
const missing = (file) => Object.assign(new Error('spawn ' + file + ' ENOENT'), { errno: -2, code: 'ENOENT', syscall: 'spawn ' + file, path: file });
const sync = (argv, command, options) => {
  const result = binding.run(argv, options, inherits(options), false);
  if (result.missing) throw missing(argv[0]);
  if (!inherits(options) && options?.stdio !== 'pipe' && result.stderr.length > 0) process.stderr.write(result.stderr);
  if (result.status !== 0) throw failure(command, result);
  return inherits(options) ? null : shape(result.stdout, options);
};
const args = (list, options, callback) => {
  if (typeof list === 'function') return [[], {}, list];
  if (!Array.isArray(list)) [list, options, callback] = [[], list, options];
  if (typeof options === 'function') [options, callback] = [{}, options];
  return [list, options ?? {}, callback];
};
const spawn = (file, list, options) => {
  [list, options] = args(list, options);
  const child = new EventEmitter();
  child.pid = process.pid + 1;
  child.stdout = new Readable();
  child.stderr = new Readable();
  child.stdin = { write() {}, end() {} };
  child.kill = () => false;
  const argv = options.shell ? shell([file, ...list].join(' ')) : [file, ...list];
  binding.run(argv, options, inherits(options), true).then((result) => {
    if (result.missing) return child.emit('error', missing(file));
    for (const name of ['stdout', 'stderr']) {
      if (result[name].length > 0) child[name].push(result[name]);
      child[name].push(null);
    }
    globalThis['setImmediate'](() => {
      child.exitCode = result.status;
      child.emit('exit', result.status, null);
      child.emit('close', result.status, null);
    });
  });
  return child;
};
const run = (argv, command, options, callback) => {
  binding.run(argv, options, false, true).then((result) => {
    const [stdout, stderr] = [result.stdout, result.stderr].map((data) => shape(data, { encoding: 'utf8', ...options }));
    const error = result.missing ? missing(argv[0]) : result.status === 0 ? null : Object.assign(new Error('Command failed: ' + command + '\\n' + stderr), { code: result.status, killed: false, signal: null, cmd: command });
    callback?.(error, stdout, stderr);
  });
  return new EventEmitter();
};
const exec = (command, options, callback) => typeof options === 'function' ? run(shell(command), command, {}, options) : run(shell(command), command, options ?? {}, callback);
const execFile = (file, list, options, callback) => {
  [list, options, callback] = args(list, options, callback);
  return run([file, ...list], [file, ...list].join(' '), options, callback);
};
const custom = Symbol.for('nodejs.util.promisify.custom');
for (const one of [exec, execFile])
  one[custom] = (...given) => new Promise((resolve, reject) => one(...given, (error, stdout, stderr) => error ? reject(Object.assign(error, { stdout, stderr })) : resolve({ stdout, stderr })));
module.exports = {
  exec,
  execFile,
  spawn,
  execSync: (command, options) => sync(shell(command), command, options),
  execFileSync: (file, list, options) => { [list, options] = args(list, options); return sync([file, ...list], [file, ...list].join(' '), options); },
  spawnSync: (file, list, options) => {
    [list, options] = args(list, options);
    const argv = options.shell ? shell([file, ...list].join(' ')) : [file, ...list];
    const result = binding.run(argv, options, inherits(options), false);
    const [stdout, stderr] = [shape(result.stdout, options), shape(result.stderr, options)];
    const found = { pid: process.pid + 1, output: [null, stdout, stderr], stdout, stderr, status: result.missing ? null : result.status, signal: null };
    return result.missing ? { ...found, error: missing(file) } : found;
  },
  fork: () => { throw new Error('Strata forks no Node programs'); },
};
`;
