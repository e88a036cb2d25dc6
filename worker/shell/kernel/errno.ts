/** System call errors by name, with the texts of `strerror` (glibc's wording). */
import { EngineError, isEngineError } from '../../base/errors.ts';

const MESSAGES = {
  EPERM: 'Operation not permitted',
  ENOENT: 'No such file or directory',
  ESRCH: 'No such process',
  EINTR: 'Interrupted system call',
  EIO: 'Input/output error',
  ENXIO: 'No such device or address',
  E2BIG: 'Argument list too long',
  ENOEXEC: 'Exec format error',
  EBADF: 'Bad file descriptor',
  ECHILD: 'No child processes',
  EAGAIN: 'Resource temporarily unavailable',
  ENOMEM: 'Cannot allocate memory',
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EXDEV: 'Invalid cross-device link',
  ENODEV: 'No such device',
  ENOTDIR: 'Not a directory',
  EISDIR: 'Is a directory',
  EINVAL: 'Invalid argument',
  ENOTTY: 'Inappropriate ioctl for device',
  ETXTBSY: 'Text file busy',
  EFBIG: 'File too large',
  ENOSPC: 'No space left on device',
  ESPIPE: 'Illegal seek',
  EADDRINUSE: 'Address already in use',
  EROFS: 'Read-only file system',
  EMLINK: 'Too many links',
  EPIPE: 'Broken pipe',
  ERANGE: 'Numerical result out of range',
  ENAMETOOLONG: 'File name too long',
  ENOSYS: 'Function not implemented',
  ENOTEMPTY: 'Directory not empty',
  ELOOP: 'Too many levels of symbolic links',
  ENOTSUP: 'Operation not supported',
} as const;

/** Name of a system call error. */
export type Errno = keyof typeof MESSAGES;

/** What `strerror` says. */
export function strerror(errno: Errno): string {
  return MESSAGES[errno];
}

/** The error a failed system call throws: `filesystem`, with `data.errno` and, where one is concerned, `data.path`. */
export function systemError(errno: Errno, path?: string): EngineError {
  return new EngineError('filesystem', MESSAGES[errno], { data: { errno, path } });
}

/** The name of a system call error; undefined for every other thrown value. */
export function errnoOf(error: unknown): Errno | undefined {
  if (!isEngineError(error, 'filesystem')) return undefined;
  const name = error.data['errno'];
  return typeof name === 'string' && name in MESSAGES ? (name as Errno) : 'EIO';
}
