/** Failed system calls as Node words them: `ENOENT: no such file or directory, open '/x'`. */
import { errnoOf, type Errno } from '../../../../kernel/errno.ts';
import type { Obj } from '../callable.ts';
import { Thrown } from '../machine.ts';
import type { Realm } from '../realm.ts';

/** libuv's words and Linux's numbers. */
const WORDS: Partial<Record<Errno, readonly [number, string]>> = {
  EPERM: [1, 'operation not permitted'],
  ENOENT: [2, 'no such file or directory'],
  ESRCH: [3, 'no such process'],
  EIO: [5, 'i/o error'],
  EBADF: [9, 'bad file descriptor'],
  EAGAIN: [11, 'resource temporarily unavailable'],
  ENOMEM: [12, 'not enough memory'],
  EACCES: [13, 'permission denied'],
  EBUSY: [16, 'resource busy or locked'],
  EEXIST: [17, 'file already exists'],
  EXDEV: [18, 'cross-device link not permitted'],
  ENOTDIR: [20, 'not a directory'],
  EISDIR: [21, 'illegal operation on a directory'],
  EINVAL: [22, 'invalid argument'],
  ENOSPC: [28, 'no space left on device'],
  EROFS: [30, 'read-only file system'],
  EPIPE: [32, 'broken pipe'],
  ENOTEMPTY: [39, 'directory not empty'],
  ELOOP: [40, 'too many symbolic links encountered'],
};

/** The error of a call on a path. */
export function systemCallError(realm: Realm, errno: Errno, syscall: string, path?: string, dest?: string): Obj {
  const [number, words] = WORDS[errno] ?? [5, 'i/o error'];
  const where = path === undefined ? '' : ` '${path}'`;
  const to = dest === undefined ? '' : ` -> '${dest}'`;
  return realm.makeError('Error', `${errno}: ${words}, ${syscall}${where}${to}`, {
    errno: -number,
    code: errno,
    syscall,
    ...(path === undefined ? {} : { path }),
    ...(dest === undefined ? {} : { dest }),
  });
}

/** What a call of the kernel threw, as an error of the program; anything else as it is. */
export function toProgramError(realm: Realm, error: unknown, syscall = 'read', path?: string, dest?: string): unknown {
  const errno = errnoOf(error);
  return errno === undefined
    ? error
    : new Thrown(systemCallError(realm, errno, syscall, path, dest), realm.machine.frame);
}
