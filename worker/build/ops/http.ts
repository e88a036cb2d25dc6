/** ADD of a URL: one file, with the mode and time BuildKit gives it. */
import { readAll } from '../../base/bytes.ts';
import { EngineError } from '../../base/errors.ts';
import { ROOT, childPath } from '../../base/path.ts';
import { digestOf } from '../../codec/sha256.ts';
import { bodyOfBlob } from '../../vfs/body.ts';
import { EMPTY_TREE } from '../../vfs/merge.ts';
import type { Operation } from '../operation.ts';
import { stepView } from '../step-view.ts';

const FILE_MODE = 0o600;

/** The name BuildKit gives a download: the last segment of the URL's path. */
export function downloadName(url: string): string {
  try {
    const name = decodeURIComponent(new URL(url).pathname).split('/').pop();
    return name === undefined || name === '' ? '__unnamed__' : name;
  } catch {
    return '__unnamed__';
  }
}

export function download(url: string, checksum: string | undefined): Operation {
  return {
    kind: 'http',
    definition: { url, checksum },
    keyParts: () => Promise.resolve(undefined),
    async execute(_base, _sources, context) {
      const { environment, job } = context;
      const response = await environment.transport(new Request(url, { signal: job.signal }));
      if (!response.ok) throw new EngineError('build', `invalid response status ${response.status}`, { data: { url } });
      const bytes = response.body === null ? new Uint8Array(0) : await readAll(response.body);
      const digest = await digestOf(bytes);
      if (checksum !== undefined && checksum !== digest) {
        throw new EngineError('build', `digest mismatch ${digest}: ${checksum}`, { data: { url } });
      }
      const modified = Date.parse(response.headers.get('last-modified') ?? '');
      const view = stepView(EMPTY_TREE, context);
      view.writeFile(childPath(ROOT, downloadName(url)), bodyOfBlob(new Blob([bytes])), {
        mode: FILE_MODE,
        uid: 0,
        gid: 0,
        mtimeMs: Number.isNaN(modified) ? 0 : modified,
      });
      return { kind: 'file-system', fileSystem: { tree: view.freeze() } };
    },
  };
}
