/** Two images put side by side: which paths came, went or changed, and what differs in how their containers start. */
import type { ImageDetail, TreeRow } from '../../worker/api/types.ts';
import { inSlices } from '../ui/slices.ts';

export interface PathDifference {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Bytes more than before; less than 0 where it shrank. */
  readonly deltaBytes: number;
  readonly isFile: boolean;
}

export interface Comparison {
  readonly paths: readonly PathDifference[];
  readonly sharedLayers: number;
  readonly settings: readonly SettingDifference[];
}

export interface SettingDifference {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export interface ComparedImage {
  readonly image: ImageDetail;
  readonly rows: Iterable<TreeRow>;
}

/** What `after` has that `before` has not, and the other way round. */
export async function compareImages(before: ComparedImage, after: ComparedImage): Promise<Comparison> {
  const sharedLayers = commonStart(before.image.layers, after.image.layers);
  return {
    sharedLayers,
    paths: await comparePaths(before.rows, after.rows, sharedLayers),
    settings: compareSettings(before.image, after.image),
  };
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  const different = before.findIndex((layer, place) => layer !== after[place]);
  return different < 0 ? before.length : different;
}

/** What both have from the layers they share is the same without a look. */
async function comparePaths(
  before: Iterable<TreeRow>,
  after: Iterable<TreeRow>,
  sharedLayers: number,
): Promise<PathDifference[]> {
  const earlier = new Map<string, TreeRow>();
  await inSlices(before, (row) => {
    if (!row.deleted) earlier.set(row.path, row);
  });
  const differences: PathDifference[] = [];
  await inSlices(after, (row) => {
    if (row.deleted) return;
    const was = earlier.get(row.path);
    earlier.delete(row.path);
    if (was === undefined) differences.push(difference('added', row, bytesOf(row)));
    else if (!isSame(was, row, sharedLayers)) differences.push(difference('changed', row, bytesOf(row) - bytesOf(was)));
  });
  for (const row of earlier.values()) differences.push(difference('removed', row, -bytesOf(row)));
  return differences.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function difference(
  kind: PathDifference['kind'],
  { path, kind: fileKind }: TreeRow,
  deltaBytes: number,
): PathDifference {
  return { path, kind, deltaBytes, isFile: fileKind === 'file' };
}

function isSame(was: TreeRow, is: TreeRow, sharedLayers: number): boolean {
  if (was.layer === is.layer && is.layer < sharedLayers) return true;
  const alike =
    was.kind === is.kind &&
    was.mode === is.mode &&
    was.uid === is.uid &&
    was.gid === is.gid &&
    was.target === is.target;
  if (!alike || is.kind === 'directory') return alike;
  return was.sizeBytes === is.sizeBytes && was.mtimeMs === is.mtimeMs;
}

const bytesOf = ({ kind, sizeBytes }: TreeRow): number => (kind === 'file' ? sizeBytes : 0);

function compareSettings(was: ImageDetail, is: ImageDetail): SettingDifference[] {
  const settings: readonly (readonly [string, (image: ImageDetail) => string])[] = [
    ['Entrypoint', ({ entrypoint }) => JSON.stringify(entrypoint)],
    ['Command', ({ cmd }) => JSON.stringify(cmd)],
    ['Working directory', ({ workingDir }) => workingDir || '/'],
    ['User', ({ user }) => user || 'root'],
    ['Environment', ({ env }) => env.join('\n')],
  ];
  const more = [...(was.settings ?? []), ...(is.settings ?? [])].map(({ name }) => name);
  const valueOf = ({ settings: all }: ImageDetail, name: string): string =>
    all?.find((setting) => setting.name === name)?.value ?? '';
  const told = [...new Set(more)].map((name) => [name, (image: ImageDetail) => valueOf(image, name)] as const);
  return [...settings, ...told]
    .map(([name, of]) => ({ name, before: of(was), after: of(is) }))
    .filter((setting) => setting.before !== setting.after);
}
