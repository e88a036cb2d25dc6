/** Which distribution an image is of (os-release(5)), and what advisories call it. */
import { utf8Text } from '../base/bytes.ts';
import { resolvePath } from '../base/path.ts';
import { readBody } from '../vfs/body.ts';
import { resolveInTree } from '../vfs/resolve.ts';
import type { Tree } from '../vfs/tree.ts';
import type { Distribution } from './report.ts';

const PLACES = ['/etc/os-release', '/usr/lib/os-release'].map((path) => resolvePath(path));
/** The file has a dozen lines; more than this is something else. */
const MOST_BYTES = 64 << 10;

/** Undefined where the image has no os-release, as one of a single program. */
export async function findDistribution(tree: Tree): Promise<Distribution | undefined> {
  for (const path of PLACES) {
    const place = resolveInTree(tree.root, path, { follow: true });
    const inode = typeof place === 'string' ? undefined : place.node?.inode;
    if (inode?.kind === 'file') return parseOsRelease(utf8Text(await readBody(inode.body, 0, MOST_BYTES)));
  }
  return undefined;
}

/** Undefined for a text without an ID. */
export function parseOsRelease(text: string): Distribution | undefined {
  const fields = new Map(
    text.split('\n').flatMap((line) => {
      const match = /^([A-Z_]+)=(.*)$/.exec(line.trim());
      return match === null ? [] : [[match[1] ?? '', unquoted(match[2] ?? '')] as const];
    }),
  );
  const id = (fields.get('ID') ?? '').toLowerCase();
  if (id === '') return undefined;
  const versionID = fields.get('VERSION_ID') ?? '';
  return { id, versionID, title: fields.get('PRETTY_NAME') ?? `${id} ${versionID}`.trim() };
}

function unquoted(value: string): string {
  const quoted = /^(["'])(.*)\1$/.exec(value);
  return quoted === null ? value : (quoted[2] ?? '').replace(/\\(.)/g, '$1');
}

/** The release that support and advisories are told by: of Alpine's `3.22.0` it is `3.22`. */
export function releaseOf({ id, versionID }: Distribution): string {
  return id === 'alpine' ? versionID.split('.').slice(0, 2).join('.') : versionID;
}
