/** System calls that fail, as the OSError a program gets. */
import { errnoOf, strerror, type Errno } from '../../../../kernel/errno.ts';
import { Tuple } from '../objects/containers.ts';
import { ExceptionObject, exceptionType, Raised } from '../objects/exceptions.ts';
import type { Value } from '../objects/values.ts';
import { wait, type Steps } from '../machine/steps.ts';

/** Numbers of Linux (asm-generic/errno). */
const NUMBERS: Readonly<Partial<Record<Errno, number>>> = {
  EPERM: 1,
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EIO: 5,
  ENXIO: 6,
  E2BIG: 7,
  ENOEXEC: 8,
  EBADF: 9,
  ECHILD: 10,
  EAGAIN: 11,
  ENOMEM: 12,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  ENOTTY: 25,
  ETXTBSY: 26,
  EFBIG: 27,
  ENOSPC: 28,
  ESPIPE: 29,
  EROFS: 30,
  EMLINK: 31,
  EPIPE: 32,
  ERANGE: 34,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  ELOOP: 40,
  ENOTSUP: 95,
  EADDRINUSE: 98,
};
const CLASSES: Readonly<Partial<Record<Errno, string>>> = {
  ENOENT: 'FileNotFoundError',
  EEXIST: 'FileExistsError',
  EISDIR: 'IsADirectoryError',
  ENOTDIR: 'NotADirectoryError',
  EACCES: 'PermissionError',
  EPERM: 'PermissionError',
  EPIPE: 'BrokenPipeError',
  ECHILD: 'ChildProcessError',
  ESRCH: 'ProcessLookupError',
  EINTR: 'InterruptedError',
  EAGAIN: 'BlockingIOError',
};

/** The exceptions of error numbers. */
export const CLASS_OF_NUMBER: ReadonlyMap<number, string> = new Map(
  Object.entries(CLASSES).map(([errno, name]) => [NUMBERS[errno as Errno] ?? 0, name]),
);

/** The OSError of a failed system call; undefined for other errors. */
export function osError(error: unknown, file: Value | undefined): Raised | undefined {
  const errno = errnoOf(error);
  return errno === undefined ? undefined : osErrorOf(errno, file);
}

export function osErrorOf(errno: Errno, file?: Value, second?: Value): Raised {
  const number = NUMBERS[errno] ?? 5;
  const text = strerror(errno);
  const exception = new ExceptionObject(exceptionType(CLASSES[errno] ?? 'OSError'), new Tuple([number, text]));
  exception.attributes.set('errno', number);
  exception.attributes.set('strerror', text);
  exception.attributes.set('filename', file ?? null);
  if (second !== undefined) exception.attributes.set('filename2', second);
  return new Raised(exception);
}

/** Does something with files and waits for it. */
export function* withSystemErrors<T>(file: Value | undefined, run: () => Promise<T> | T): Steps<T> {
  try {
    return yield* wait(run());
  } catch (error) {
    throw osError(error, file) ?? error;
  }
}

/** The same at once. */
export function systemCall<T>(file: Value | undefined, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw osError(error, file) ?? error;
  }
}
