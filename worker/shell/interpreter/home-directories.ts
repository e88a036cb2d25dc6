/**
 * Home directories of the image's users, for `~user`. An expansion cannot wait for a layer to be read, so what of /etc/passwd is
 * stored is read ahead of a line that names a user this way; what the line itself adds to it lies in memory.
 */
import { concatBytes } from '../../base/bytes.ts';
import { readBody, type Body, type DataSegment, type Segment } from '../../vfs/body.ts';
import type { Files } from '../kernel/files.ts';
import { decodeText } from '../text.ts';

const PASSWD = '/etc/passwd';

/** A tilde with a name behind it. */
const USER_TILDE = /~[A-Za-z_]/;

interface ReadSegment {
  readonly segment: DataSegment;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export class HomeDirectories {
  #read: readonly ReadSegment[] = [];

  /** Reads ahead what the expansions of this text may ask for; a promise only where something has to be read. */
  prepare(text: string, files: Files): Promise<void> | undefined {
    if (!USER_TILDE.test(text)) return undefined;
    const segments = segmentsOfPasswd(files);
    return segments.some((segment) => this.#bytesOf(segment) === undefined) ? this.#readAll(segments) : undefined;
  }

  /** The home of a user; undefined for one who has no entry. */
  of(user: string, files: Files): string | undefined {
    const text = decodeText(concatBytes(segmentsOfPasswd(files).flatMap((segment) => this.#bytesOf(segment) ?? [])));
    const entries = text.split('\n').map((line) => line.split(':'));
    return entries.find(([name]) => name === user)?.[5];
  }

  async #readAll(segments: readonly DataSegment[]): Promise<void> {
    this.#read = await Promise.all(
      segments.map(async (segment) => ({ segment, bytes: await readBody(bodyOfSegment(segment)) })),
    );
  }

  #bytesOf({ source, start, end }: DataSegment): Uint8Array<ArrayBuffer> | undefined {
    if (source instanceof Uint8Array) return source.subarray(start, end);
    return this.#read.find(
      ({ segment: known }) => known.source === source && known.start === start && known.end === end,
    )?.bytes;
  }
}

function segmentsOfPasswd(files: Files): DataSegment[] {
  const inode = files.find(PASSWD)?.inode;
  return inode?.kind === 'file' ? inode.body.segments.filter(isData) : [];
}

const isData = (segment: Segment): segment is DataSegment => segment.kind === 'data';

const bodyOfSegment = (segment: DataSegment): Body => ({
  sizeBytes: segment.end - segment.start,
  segments: [segment],
});
