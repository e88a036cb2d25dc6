/**
 * `busybox`: no replica but the real thing, so that what is built on it runs in Docker. The tree and the binary are those of
 * Debian's busybox-static; where its archive is not at hand, the blob that is in the mirror already serves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAll, streamOf } from '../../../worker/base/bytes.ts';
import { gunzip } from '../../../worker/codec/gzip.ts';
import type { TarEntry, TarSegment } from '../../../worker/codec/tar-entry.ts';
import { TarReader } from '../../../worker/codec/tar-reader.ts';
import { TarWriter } from '../../../worker/codec/tar-writer.ts';
import { compressed } from '../compress.ts';
import { BUILDKIT, type MirrorImage, type PreparedLayer } from '../image.ts';

const ARCHIVE = resolve(import.meta.dirname, '../../../../shared/images/busybox-rootfs.tar.gz');
const REPOSITORY = 'library/busybox';

export async function busyboxImage(mirror: string): Promise<MirrorImage> {
  return {
    repository: REPOSITORY,
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
        layer: existsSync(ARCHIVE) ? await layerOfArchive() : layerOfMirror(mirror),
      },
      { createdBy: 'CMD ["sh"]', comment: BUILDKIT },
    ],
  };
}

/** The archive as a layer: the same entries without the root directory and the leading `./`. */
async function layerOfArchive(): Promise<PreparedLayer> {
  const tar = await readAll(gunzip(streamOf(new Uint8Array(readFileSync(ARCHIVE)))));
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
  return { blob: await compressed(writer.finish()) };
}

function segmentsOf(extents: TarEntry['extents'], tar: Uint8Array<ArrayBuffer>): readonly TarSegment[] {
  return extents.map(({ tarOffset, length }) =>
    tarOffset === undefined
      ? { kind: 'hole', length }
      : { kind: 'data', source: tar, start: tarOffset, end: tarOffset + length },
  );
}

function layerOfMirror(mirror: string): PreparedLayer {
  const folder = join(mirror, 'v2', REPOSITORY);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'manifests/latest'), 'utf8'));
  const digest = /"digest": "(sha256:[0-9a-f]{64})"[^}]*\}\s*\]/.exec(JSON.stringify(manifest, null, 2))?.[1];
  if (digest === undefined) throw new Error('the mirror has no busybox, and its archive is not at hand');
  return { blob: new Uint8Array(readFileSync(join(folder, 'blobs', digest))) };
}
