/** The members of a cpio archive in the portable format of SVR4, called newc (cpio(5)). */
import { concatBytes } from '../../../base/bytes.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Input } from '../streams.ts';

const MAGIC = '070701';
/** The same with checksums, which are not checked. */
const MAGIC_WITH_SUMS = '070702';
const HEADER_BYTES = 110;
const TRAILER = 'TRAILER!!!';
const BLOCK_BYTES = 512;

interface CpioHeader {
  readonly name: string;
  readonly ino: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly links: number;
  readonly mtimeSeconds: number;
  readonly sizeBytes: number;
  readonly device: readonly [major: number, minor: number];
}

/** A header with what fills it up to four bytes. */
export function headerBytes(header: CpioHeader): Uint8Array {
  const name = encodeText(`${header.name}\0`);
  const fields = [
    header.ino, header.mode, header.uid, header.gid, header.links, header.mtimeSeconds, header.sizeBytes, 0, 0,
    ...header.device, name.byteLength, 0,
  ]; // prettier-ignore
  const digits = fields.map((field) => field.toString(16).toUpperCase().padStart(8, '0')).join('');
  const bytes = concatBytes([encodeText(MAGIC + digits), name]);
  return concatBytes([bytes, padding(bytes.byteLength, 4)]);
}

/** What ends an archive of so many bytes: a member of its own, and zeros up to a block. */
export function trailerBytes(lengthBefore: number): Uint8Array {
  const nothing = { ino: 0, mode: 0, uid: 0, gid: 0, links: 1, mtimeSeconds: 0, sizeBytes: 0 };
  const bytes = headerBytes({ ...nothing, name: TRAILER, device: [0, 0] });
  return concatBytes([bytes, padding(lengthBefore + bytes.byteLength, BLOCK_BYTES)]);
}

/** Zeros up to the next multiple. */
export function padding(length: number, multiple: number): Uint8Array {
  return new Uint8Array((multiple - (length % multiple)) % multiple);
}

/** Thrown for bytes that are no archive; the message is busybox's. */
export class CpioError extends Error {
  override readonly name = 'CpioError';
}

export interface CpioMember {
  readonly header: CpioHeader;
  readonly contents: Uint8Array;
}

/** Reads member after member. Throws {@link CpioError}. `bytesRead` counts along. */
export class CpioReader {
  readonly #input: Input;
  #rest: Uint8Array = new Uint8Array(0);
  bytesRead = 0;

  constructor(input: Input) {
    this.#input = input;
  }

  async next(): Promise<CpioMember | undefined> {
    const head = decodeText(await this.#take(HEADER_BYTES));
    const magic = head.slice(0, MAGIC.length);
    if (magic !== MAGIC && magic !== MAGIC_WITH_SUMS) throw new CpioError('unsupported cpio format, use newc or crc');
    const field = (index: number): number => parseInt(head.slice(6 + index * 8, 14 + index * 8), 16);
    const nameBytes = field(11);
    const name = decodeText(await this.#take(nameBytes)).replace(/\0.*$/s, '');
    await this.#skipTo(4);
    const sizeBytes = field(6);
    const contents = await this.#take(sizeBytes);
    await this.#skipTo(4);
    if (name === TRAILER) return undefined;
    const header = {
      name,
      ino: field(0),
      mode: field(1),
      uid: field(2),
      gid: field(3),
      links: field(4),
      mtimeSeconds: field(5),
      sizeBytes,
      device: [field(9), field(10)],
    } as const;
    return { header, contents };
  }

  /** What is left behind the trailer counts too. */
  async drain(): Promise<void> {
    this.bytesRead += this.#rest.byteLength;
    for (let bytes = await this.#input.chunk(); bytes !== undefined; bytes = await this.#input.chunk())
      this.bytesRead += bytes.byteLength;
  }

  async #skipTo(multiple: number): Promise<void> {
    await this.#take(padding(this.bytesRead, multiple).byteLength);
  }

  async #take(length: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [this.#rest];
    let have = this.#rest.byteLength;
    while (have < length) {
      const bytes = await this.#input.chunk();
      if (bytes === undefined) throw new CpioError('short read');
      parts.push(bytes.slice());
      have += bytes.byteLength;
    }
    const all = parts.length === 1 ? this.#rest : concatBytes(parts);
    this.#rest = all.subarray(length);
    this.bytesRead += length;
    return all.subarray(0, length);
  }
}
