/**
 * `busybox`: no replica but the real thing, so that what is built on it runs in Docker. The tree and the binary are those of
 * Debian's busybox-static; where its archive is not at hand, the blob that is in the mirror already serves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Bytes } from '../../../worker/base/bytes.ts';
import type { BytePart } from '../../../worker/codec/byte-parts.ts';
import type { TarEntry, TarSegment } from '../../../worker/codec/tar-entry.ts';
import { TarReader } from '../../../worker/codec/tar-reader.ts';
import { TarWriter } from '../../../worker/codec/tar-writer.ts';
import { BUILDKIT, type MirrorImage } from '../image.ts';

const ARCHIVE = resolve(import.meta.dirname, '../../../../shared/images/busybox-rootfs.tar.gz');
/** What the archive becomes as a layer. */
const DIFF_ID = 'sha256:1a539cad51e9405afd5cc2f9bedef18ada857846c5207400b515a28dbbcb6208';

/** `known` are the layers of the mirror as it is, by diffID. */
export function busyboxImage(known: ReadonlyMap<string, Bytes>): MirrorImage {
  return {
    repository: 'library/busybox',
    tags: ['latest', '1', '1.37', '1.37.0', 'stable', 'glibc'],
    created: '2024-01-01T00:00:00Z',
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Cmd: ['sh'],
      WorkingDir: '/',
      ArgsEscaped: true,
    },
    steps: [
      {
        createdBy: 'COPY root/ / # buildkit',
        comment: BUILDKIT,
        layer: { tar: existsSync(ARCHIVE) ? tarOfArchive() : tarOfMirror(known) },
      },
      { createdBy: 'CMD ["sh"]', comment: BUILDKIT },
    ],
  };
}

/** The archive as a layer: the same entries without the root directory and the leading `./`. */
function tarOfArchive(): readonly BytePart[] {
  const tar = new Uint8Array(gunzipSync(readFileSync(ARCHIVE)));
  const writer = new TarWriter();
  const reader = new TarReader((entry) => {
    const path = entry.path.replace(/^\.\/|\/$/g, '');
    if (path === '') return;
    const { sizeBytes, extents, ...header } = entry;
    if (entry.type !== 'file') writer.add({ ...header, path });
    else writer.add({ ...header, path }, { sizeBytes, segments: segmentsOf(extents, tar) });
  });
  reader.write(tar);
  reader.end();
  return writer.finish();
}

function segmentsOf(extents: TarEntry['extents'], tar: Uint8Array<ArrayBuffer>): readonly TarSegment[] {
  return extents.map(({ tarOffset, length }) =>
    tarOffset === undefined
      ? { kind: 'hole', length }
      : { kind: 'data', source: tar, start: tarOffset, end: tarOffset + length },
  );
}

function tarOfMirror(known: ReadonlyMap<string, Bytes>): readonly BytePart[] {
  const blob = known.get(DIFF_ID);
  if (blob === undefined) throw new Error('the mirror has no busybox, and its archive is not at hand');
  return [new Uint8Array(gunzipSync(blob))];
}
