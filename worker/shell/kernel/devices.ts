/** Character devices of a container's /dev, by their numbers (Linux "devices.txt"), and the standard streams. */
import { EMPTY_BYTES } from '../../base/bytes.ts';
import type { Random } from '../../base/ports.ts';
import type { AbsolutePath } from '../../base/path.ts';
import type { DeviceNumber, Inode } from '../../vfs/inode.ts';
import { systemError } from './errno.ts';
import { UNSEEKABLE, type OpenFile, type Soon } from './open-file.ts';

/** What a device that is not a stream does with reads and writes. */
interface DeviceBehaviour {
  read(maxBytes: number): Uint8Array;
  write(data: Uint8Array): void;
}

const discard = (): void => undefined;
const zeros = (maxBytes: number): Uint8Array => new Uint8Array(maxBytes);

function behaviourOf(device: DeviceNumber, random: Random): DeviceBehaviour | undefined {
  switch (`${device.major}:${device.minor}`) {
    case '1:3':
      return { read: () => EMPTY_BYTES, write: discard };
    case '1:5':
      return { read: zeros, write: discard };
    case '1:7':
      return {
        read: zeros,
        write: () => {
          throw systemError('ENOSPC');
        },
      };
    case '1:8':
    case '1:9':
      return { read: (maxBytes) => random.bytes(maxBytes), write: discard };
    default:
      return undefined;
  }
}

/** Opens a device node; ENXIO for one that is not there (a disk, a terminal where there is none). */
export function openDevice(path: AbsolutePath, inode: Inode, device: DeviceNumber, random: Random): OpenFile {
  const behaviour = behaviourOf(device, random);
  if (behaviour === undefined) throw systemError('ENXIO', path);
  let offset = 0;
  return {
    inode: () => inode,
    label: path,
    path: () => path,
    terminal: false,
    read: (maxBytes) => behaviour.read(Math.min(maxBytes, 65_536)),
    write: (data) => behaviour.write(data),
    seek: (to) => void (offset = to),
    tell: () => offset,
    truncate: () => {
      throw systemError('EINVAL', path);
    },
    close: discard,
  };
}

/** How a standard stream looks to a process. */
export interface StreamLook {
  readonly label: string;
  readonly inode: Inode;
  readonly terminal: boolean;
}

/** A descriptor that hands what is written to `sink`. */
export function outputStream(look: StreamLook, sink: (data: Uint8Array) => Soon<void>): OpenFile {
  return {
    ...UNSEEKABLE,
    label: look.label,
    inode: () => look.inode,
    terminal: look.terminal,
    read: () => {
      throw systemError('EBADF');
    },
    write: (data) => sink(data.slice()),
    close: discard,
  };
}

/**
 * A descriptor that reads `source`; without one it is at its end at once. An empty chunk of a terminal (Ctrl-D) ends one read,
 * not the stream.
 */
export function inputStream(look: StreamLook, source: ReadableStream<Uint8Array> | undefined): OpenFile {
  const reader = source?.getReader();
  let rest: Uint8Array = EMPTY_BYTES;
  /** A read that is under way: whoever was interrupted while it waited leaves it to the next. */
  let reading: Promise<void> | undefined;
  let atEnd = source === undefined;
  let endOfTyping = false;
  const fill = (from: ReadableStreamDefaultReader<Uint8Array>): Promise<void> => {
    reading ??= from
      .read()
      .then(
        ({ done, value }) => {
          if (done) atEnd = true;
          else rest = value;
          endOfTyping = !done && look.terminal && value.byteLength === 0;
        },
        () => void (atEnd = true),
      )
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };
  const take = (maxBytes: number): Uint8Array => {
    const taken = rest.subarray(0, maxBytes);
    rest = rest.subarray(taken.byteLength);
    return taken;
  };
  return {
    ...UNSEEKABLE,
    label: look.label,
    inode: () => look.inode,
    terminal: look.terminal,
    async read(maxBytes, waiter) {
      while (reader !== undefined && !atEnd && rest.byteLength === 0) {
        const filled = fill(reader);
        await waiter.block((wake) => {
          void filled.then(wake);
          return discard;
        });
        if (endOfTyping) {
          endOfTyping = false;
          return EMPTY_BYTES;
        }
      }
      return take(maxBytes);
    },
    write: () => {
      throw systemError('EBADF');
    },
    close: () => void reader?.cancel().catch(discard),
  };
}
