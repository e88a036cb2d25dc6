/** `_os`: the system calls behind `os` and `os.path`. */
import { parentPath, resolvePath } from '../../../../../base/path.ts';
import {
  MD5,
  SHA1,
  SHA224,
  SHA256,
  SHA384,
  SHA512,
  type DigestAlgorithm,
} from '../../../../applets/digests/algorithms.ts';
import type { FileStatus } from '../../../../kernel/file-status.ts';
import { SIGNAL_NAMES } from '../../../../kernel/signals.ts';
import { textOf } from '../objects/classes.ts';
import { builtinType, Bytes, Dict, dictOfNames, Float, List, Tuple, tupleType } from '../objects/containers.ts';
import { raised } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import { osErrorOf, systemCall, withSystemErrors } from '../files/system-errors.ts';
import { pathText } from '../files/open.ts';
import type { Machine } from '../machine/machine.ts';
import { plain, stepped } from '../machine/native.ts';
import { wait, type Steps } from '../machine/steps.ts';
import { smallIndex } from '../machine/truth.ts';
import { runCommand } from './os-commands.ts';
import type { BundledModule } from './index.ts';

const statType = builtinType('os.stat_result', [tupleType]);
const TYPE_BITS = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  character: 0o020000,
  block: 0o060000,
  fifo: 0o010000,
  socket: 0o140000,
} as const;

function statusOf(status: FileStatus): Tuple {
  const { inode, ino, device, sizeBytes } = status;
  const mode = TYPE_BITS[inode.kind] | inode.mode;
  const seconds = Math.floor(inode.mtimeMs / 1000);
  const values = [mode, ino, device, status.links(), inode.uid, inode.gid, sizeBytes, seconds, seconds, seconds];
  const made = new Tuple(values, statType);
  const names = ['st_mode', 'st_ino', 'st_dev', 'st_nlink', 'st_uid', 'st_gid', 'st_size'];
  made.attributes = new Map<string, Value>(names.map((name, index) => [name, values[index]!]));
  for (const name of ['st_atime', 'st_mtime', 'st_ctime']) made.attributes.set(name, new Float(inode.mtimeMs / 1000));
  return made;
}

export const osNative: BundledModule = {
  kind: 'native',
  make: (machine) => [
    ['_environ', dictOfNames(machine.process.environment)],
    ...[...fileCalls(machine), ...processCalls(machine)].map((one) => [one.name, one] as const),
  ],
};

function fileCalls(machine: Machine) {
  const { files } = machine.process;
  /** A call on the path that is its first argument. */
  const onPath = <T extends Value>(value: Value | undefined, run: (path: string) => T): T => {
    const path = pathText(value ?? '.', machine);
    return systemCall(value ?? '.', () => run(path));
  };
  const rename = plain('rename(src, dst)', ([from, to]) => {
    onPath(from, (path) => {
      files.rename(path, pathText(to!, machine));
      return null;
    });
    return null;
  });
  const unlink = ([value]: readonly Value[]): Value =>
    onPath(value, (path) => {
      files.unlink(path);
      return null;
    });
  return [
    plain('getcwd()', () => machine.process.cwd),
    plain('chdir(path)', ([value]) =>
      onPath(value, (path) => {
        machine.process.cwd = files.directoryToEnter(path);
        return null;
      }),
    ),
    plain('listdir(path=)', ([value]) => onPath(value, (path) => new List(files.list(path).map(({ name }) => name)))),
    plain('mkdir(path, mode=)', ([value, mode = 0o777], own) =>
      onPath(value, (path) => {
        files.makeDirectory(path, smallIndex(mode, own));
        return null;
      }),
    ),
    plain('rmdir(path)', ([value]) =>
      onPath(value, (path) => {
        files.removeDirectory(path);
        return null;
      }),
    ),
    plain('remove(path)', unlink),
    plain('unlink(path)', unlink),
    rename,
    plain('replace(src, dst)', (args) => machine.callNow(rename, args)),
    plain('link(src, dst)', ([from, to]) =>
      onPath(from, (path) => {
        files.makeLink(path, pathText(to!, machine));
        return null;
      }),
    ),
    plain('symlink(src, dst)', ([target, path]) =>
      onPath(path, (at) => {
        files.makeSymlink(pathText(target!, machine), at);
        return null;
      }),
    ),
    plain('readlink(path)', ([value]) => onPath(value, (path) => files.readLink(path))),
    plain('chmod(path, mode)', ([value, mode], own) =>
      onPath(value, (path) => {
        files.changeMode(path, smallIndex(mode!, own) & 0o7777);
        return null;
      }),
    ),
    plain('chown(path, uid, gid)', ([value, uid, gid], own) =>
      onPath(value, (path) => {
        const [user, group] = [smallIndex(uid!, own), smallIndex(gid!, own)];
        files.changeOwner(path, user < 0 ? undefined : user, group < 0 ? undefined : group);
        return null;
      }),
    ),
    plain('stat(path)', ([value]) => onPath(value, (path) => statusOf(files.stat(path)))),
    plain('lstat(path)', ([value]) => onPath(value, (path) => statusOf(files.lstat(path)))),
    plain('access(path, mode)', ([value, mode], own) => files.mayAccess(pathText(value!, own), smallIndex(mode!, own))),
    plain('utime(path, times=)', ([value, times = null]) =>
      onPath(value, (path) => {
        const at = times instanceof Tuple ? Number(times.items[1]) * 1000 : 'now';
        files.changeTime(path, at);
        return null;
      }),
    ),
    plain('_exists(path, follow)', ([value, follow]) => files.find(textOf(value) ?? '', follow === true) !== undefined),
    plain(
      '_kind(path, follow)',
      ([value, follow]) => files.find(textOf(value) ?? '', follow === true)?.inode.kind ?? null,
    ),
    plain('_realpath(path)', ([value]) => realPath(textOf(value) ?? '', machine)),
  ];
}

/** The path without links; what is not there stays as it is written. */
function realPath(path: string, machine: Machine): string {
  const absolute = resolvePath(path, machine.process.cwd);
  const found = machine.process.files.find(absolute);
  if (found !== undefined) return found.path;
  const parent = parentPath(absolute);
  return parent === absolute
    ? absolute
    : `${realPath(parent, machine).replace(/\/$/, '')}/${absolute.slice(absolute.lastIndexOf('/') + 1)}`;
}

function processCalls(machine: Machine) {
  const { process } = machine;
  const { kernel } = process;
  return [
    plain('getpid()', () => process.pid),
    plain('getppid()', () => process.parent?.pid ?? 0),
    plain('getuid()', () => process.credentials.uid),
    plain('geteuid()', () => process.credentials.uid),
    plain('getgid()', () => process.credentials.gid),
    plain('getegid()', () => process.credentials.gid),
    plain('getlogin()', () => (process.credentials.uid === 0 ? 'root' : 'user')),
    plain('cpu_count()', () => 1),
    plain('getloadavg()', () => new Tuple([new Float(0), new Float(0), new Float(0)])),
    plain('urandom(size)', ([size], own) => new Bytes(kernel.random.bytes(Math.min(smallIndex(size!, own), 65_536)))),
    plain('umask(mask)', ([mask], own) => {
      const before = process.umask;
      process.umask = smallIndex(mask!, own) & 0o777;
      return before;
    }),
    plain('_uname()', () => new Tuple(['Linux', kernel.hostname, kernel.release, '#1 SMP PREEMPT_DYNAMIC', 'x86_64'])),
    plain('kill(pid, signal)', ([pid, number], own) => {
      const name = SIGNAL_NAMES[smallIndex(number!, own)];
      if (name === undefined || !kernel.signal(smallIndex(pid!, own), name))
        throw raised('ProcessLookupError', 3, 'No such process');
      return null;
    }),
    plain('_exit(status)', ([status]) => {
      throw raised('SystemExit', status!);
    }),
    stepped('_digest(name, data)', function* ([name, data]) {
      const algorithm = DIGESTS[textOf(name) ?? ''];
      if (algorithm === undefined || !(data instanceof Bytes)) throw raised('ValueError', 'unsupported hash type');
      const hash = algorithm.create();
      hash.update(data.data);
      return yield* wait(Promise.resolve(hash.digestHex()));
    }),
    stepped('_run(words, input, stdout, stderr, cwd, env)', function* (args, own) {
      return yield* runProgram(args, own);
    }),
    stepped('system(command)', function* ([command], own) {
      const status = yield* wait(runCommand(own, ['/bin/sh', '-c', textOf(command) ?? '']));
      return status.code << 8;
    }),
  ];
}

const DIGESTS: Readonly<Record<string, DigestAlgorithm>> = {
  md5: MD5,
  sha1: SHA1,
  sha224: SHA224,
  sha256: SHA256,
  sha384: SHA384,
  sha512: SHA512,
};
/** What `subprocess` calls its special streams. */
const [PIPE, STDOUT, DEVNULL] = [-1, -2, -3];

function* runProgram([words, input, stdout, stderr, cwd, env]: readonly Value[], machine: Machine): Steps<Value> {
  const argv = words instanceof List ? words.items.map((word) => textOf(word) ?? '') : [];
  const environment =
    env instanceof Dict
      ? new Map([...env.entries.values()].map(({ key, value }) => [textOf(key) ?? '', textOf(value) ?? '']))
      : undefined;
  const result = yield* withSystemErrors(cwd, () =>
    runCommand(machine, argv, {
      input: input instanceof Bytes ? input.data.slice() : undefined,
      capturesOutput: stdout === PIPE,
      capturesErrors: stderr === PIPE,
      joinsErrors: stderr === STDOUT,
      silencesOutput: stdout === DEVNULL,
      silencesErrors: stderr === DEVNULL,
      cwd: textOf(cwd),
      environment,
    }),
  );
  const { failure } = result;
  const problem = failure === undefined ? null : osErrorOf(failure.errno).exception.args;
  // a death by signal n is -n
  const code = result.code > 128 && result.code < 160 ? 128 - result.code : result.code;
  return new Tuple([code, new Bytes(result.output), new Bytes(result.errors), problem]);
}
