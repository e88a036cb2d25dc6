/** Reading lines from a descriptor without taking more than the line: what follows is for the next program. */
import { concatBytes } from '../../base/bytes.ts';
import { errnoOf } from '../kernel/errno.ts';
import type { OpenFile } from '../kernel/open-file.ts';
import { decodeText } from '../text.ts';
import type { Shell } from './shell.ts';

const CHUNK_BYTES = 4096;

export interface InputLine {
  readonly text: string;
  /** The delimiter was there. */
  readonly complete: boolean;
}

/** The next line, without its delimiter; undefined at the end of input. At most `maxBytes` bytes where given. */
export async function readLine(
  shell: Shell,
  descriptor: number,
  delimiter = 0x0a,
  maxBytes = Infinity,
): Promise<InputLine | undefined> {
  const file = shell.process.descriptors.get(descriptor);
  const parts: Uint8Array[] = [];
  let total = 0;
  const done = (complete: boolean): InputLine | undefined =>
    complete || total > 0 ? { text: decodeText(concatBytes(parts)), complete } : undefined;
  const step = seekable(file) ? CHUNK_BYTES : 1;
  while (total < maxBytes) {
    const bytes = await file.read(Math.min(step, maxBytes - total), shell.process);
    if (bytes.byteLength === 0) return done(false);
    const end = bytes.indexOf(delimiter);
    if (end === -1) {
      parts.push(bytes.slice());
      total += bytes.byteLength;
      continue;
    }
    parts.push(bytes.slice(0, end));
    if (end + 1 < bytes.byteLength) file.seek(file.tell() - (bytes.byteLength - end - 1));
    return done(true);
  }
  return done(true);
}

/** What was read too much can be given back to a file, not to a pipe. */
function seekable(file: OpenFile): boolean {
  try {
    file.tell();
    return true;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}
