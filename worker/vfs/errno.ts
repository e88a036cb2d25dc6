/** POSIX errors of a file system, as `filesystem` errors with `data.errno` and `data.path`. */
import { EngineError } from '../base/errors.ts';

/** What `strerror` says of each. */
const MESSAGES = {
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EINVAL: 'Invalid argument',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  ENOENT: 'No such file or directory',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
} as const;

export type Errno = keyof typeof MESSAGES;

/** The error a failed call on `path` throws. */
export function filesystemError(errno: Errno, path: string): EngineError {
  return new EngineError('filesystem', `${path}: ${MESSAGES[errno]}`, { data: { errno, path } });
}
