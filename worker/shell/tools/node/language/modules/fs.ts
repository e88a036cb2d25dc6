/** `fs`, `fs/promises`: the container's files, with its permissions. */
import { bodyOf, joinBodies, readBody } from '../../../../../vfs/body.ts';
import { errnoOf } from '../../../../kernel/errno.ts';
import type { FileStatus } from '../../../../kernel/file-status.ts';
import { isObject, type Obj } from '../callable.ts';
import { Thrown, type Steps, type Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import type { NodeHost } from '../runtime/host.ts';
import { toProgramError } from '../runtime/system-errors.ts';
import { bytesOf, bytesOfData } from './buffer-bytes.ts';
import { createBuffer } from './buffer.ts';
import { decodeBytes } from './encodings.ts';
import { FS_SOURCE } from './fs-source.ts';
import type { BuiltinModule } from './module.ts';

export const fs: BuiltinModule = { create: createBinding, source: FS_SOURCE };
export const fsPromises: BuiltinModule = { source: "module.exports = require('fs').promises;" };

const KINDS: Readonly<Record<string, number>> = {
  file: 0o100000, directory: 0o040000, symlink: 0o120000, character: 0o020000, block: 0o060000, fifo: 0o010000, socket: 0o140000,
}; // prettier-ignore

/** The operations, as the source of the module calls them: each does its work before it gives. */
function createBinding(host: NodeHost): Obj {
  const { realm, context, output } = host;
  const { files } = context;
  const binding = realm.object();
  /** Runs a call on a path; what the system refuses is thrown as Node words it. */
  const attempt = <T>(syscall: string, work: () => T, path?: string, dest?: string): T => {
    try {
      return work();
    } catch (error) {
      throw toProgramError(realm, error, syscall, path, dest);
    }
  };
  const pathOf = (value: Value): string => {
    if (typeof value === 'string') return value;
    const bytes = bytesOf(value);
    if (bytes !== undefined) return decodeBytes(bytes, 'utf8');
    if (isObject(value) && typeof value['pathname'] === 'string') return decodeURIComponent(value['pathname']);
    return realm.fail(
      'TypeError',
      `The "path" argument must be of type string or an instance of Buffer or URL. Received ${value === undefined || value === null ? textOf(value) : isObject(value) ? 'an instance of Object' : `type ${typeof value} (${textOf(value)})`}`,
      { code: 'ERR_INVALID_ARG_TYPE' },
    );
  };
  const calls: Record<string, (args: readonly Value[]) => Value> = {
    unlink: ([path]) => attempt('unlink', () => files.unlink(pathOf(path)), pathOf(path)),
    rmdir: ([path]) => attempt('rmdir', () => files.removeDirectory(pathOf(path)), pathOf(path)),
    mkdir: ([path, mode]) =>
      attempt(
        'mkdir',
        () => files.makeDirectory(pathOf(path), mode === undefined ? 0o777 : Number(mode)),
        pathOf(path),
      ),
    rename: ([from, to]) => attempt('rename', () => files.rename(pathOf(from), pathOf(to)), pathOf(from), pathOf(to)),
    symlink: ([target, path]) =>
      attempt('symlink', () => files.makeSymlink(pathOf(target), pathOf(path)), pathOf(target), pathOf(path)),
    link: ([from, to]) => attempt('link', () => files.makeLink(pathOf(from), pathOf(to)), pathOf(from), pathOf(to)),
    chmod: ([path, mode]) =>
      attempt(
        'chmod',
        () => files.changeMode(pathOf(path), typeof mode === 'string' ? parseInt(mode, 8) : Number(mode)),
        pathOf(path),
      ),
    chown: ([path, uid, gid]) =>
      attempt('chown', () => files.changeOwner(pathOf(path), Number(uid), Number(gid)), pathOf(path)),
    utimes: ([path, , mtime]) =>
      attempt(
        'utime',
        () => files.changeTime(pathOf(path), Number(mtime) * (typeof mtime === 'number' ? 1000 : 1)),
        pathOf(path),
      ),
    readlink: ([path]) => attempt('readlink', () => files.readLink(pathOf(path)), pathOf(path)),
    realpath: ([path]) =>
      attempt('lstat', () => (files.stat(pathOf(path)), files.realPath(pathOf(path))), pathOf(path)),
    exists: ([path]) => typeof path === 'string' && files.find(path) !== undefined,
    access: ([path, mode]) =>
      attempt(
        'access',
        () => {
          files.stat(pathOf(path));
          if (!files.mayAccess(pathOf(path), Number(mode ?? 0))) denied(host, 'access', pathOf(path));
        },
        pathOf(path),
      ),
    stat: ([path]) =>
      statusOf(
        host,
        attempt('stat', () => files.stat(pathOf(path)), pathOf(path)),
      ),
    lstat: ([path]) =>
      statusOf(
        host,
        attempt('lstat', () => files.lstat(pathOf(path)), pathOf(path)),
      ),
    list: ([path]) =>
      realm.array(
        attempt('scandir', () => files.list(pathOf(path)), pathOf(path)).map(({ name, inode }) =>
          realm.array([name, KINDS[inode.kind] ?? 0]),
        ),
      ),
    write: ([path, data, encoding, append, mode]) => {
      const bytes = bytesOfData(data, encoding ?? 'utf8');
      attempt(
        'open',
        () => {
          const there = append === true ? files.find(pathOf(path))?.inode : undefined;
          const body = bodyOf(bytes.slice());
          files.writeBody(
            pathOf(path),
            there?.kind === 'file' ? joinBodies([files.body(pathOf(path)), body]) : body,
            mode === undefined ? 0o666 : Number(mode),
          );
        },
        pathOf(path),
      );
      return undefined;
    },
    copy: ([from, to]) =>
      attempt('copyfile', () => files.writeBody(pathOf(to), files.body(pathOf(from))), pathOf(from), pathOf(to)),
    print: ([descriptor, data]) =>
      output.write(Number(descriptor), typeof data === 'string' ? data : bytesOfData(data)),
    random: () => Array.from(context.process.kernel.random.bytes(6), (byte) => LETTERS[byte % LETTERS.length]).join(''),
  };
  for (const [name, run] of Object.entries(calls))
    binding[name] = realm.native(name, run.length, (_self, args) => run(args) ?? undefined);
  binding['read'] = realm.stepped('read', 2, (_self, [path, encoding]) =>
    readFile(host, path === 0 ? '/dev/stdin' : pathOf(path), encoding),
  );
  return binding;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

function denied({ realm }: NodeHost, syscall: string, path: string): never {
  throw new Thrown(
    realm.makeError('Error', `EACCES: permission denied, ${syscall} '${path}'`, {
      errno: -13,
      code: 'EACCES',
      syscall,
      path,
    }),
    realm.machine.frame,
  );
}

function* readFile({ realm, context }: NodeHost, path: string, encoding: Value): Steps {
  const bytes = (yield { kind: 'wait', promise: readAll() }) as Uint8Array | { readonly failure: unknown };
  if (!(bytes instanceof Uint8Array)) {
    // a directory can be opened, but not read
    const isDirectory = errnoOf(bytes.failure) === 'EISDIR';
    throw isDirectory
      ? toProgramError(realm, bytes.failure, 'read')
      : toProgramError(realm, bytes.failure, 'open', path);
  }
  realm.charge(bytes.byteLength / 64);
  return encoding === undefined || encoding === null
    ? createBuffer(realm, bytes)
    : decodeBytes(bytes, textOf(encoding));

  async function readAll(): Promise<unknown> {
    try {
      const kind = context.files.stat(path).inode.kind;
      if (kind === 'file' && !path.startsWith('/proc/')) return await readBody(context.files.body(path));
      if (kind === 'directory') context.files.body(path);
      const input = await context.open(path);
      const parts: Uint8Array[] = [];
      for (let chunk = await input.chunk(); chunk !== undefined; chunk = await input.chunk()) parts.push(chunk.slice());
      return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
    } catch (failure) {
      if (errnoOf(failure) === undefined) throw failure;
      return { failure };
    }
  }
}

/** The numbers of a Stats object. */
function statusOf({ realm }: NodeHost, { inode, sizeBytes, links, device, ino }: FileStatus): Obj {
  const { mtimeMs } = inode;
  return realm.object({
    dev: device,
    mode: (KINDS[inode.kind] ?? 0) | inode.mode,
    nlink: links(),
    uid: inode.uid,
    gid: inode.gid,
    rdev: 0,
    blksize: 4096,
    ino,
    size: sizeBytes,
    blocks: Math.ceil(sizeBytes / 512),
    atimeMs: mtimeMs,
    mtimeMs,
    ctimeMs: mtimeMs,
    birthtimeMs: mtimeMs,
  });
}
