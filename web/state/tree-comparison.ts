/** Two images put side by side: which paths came, went or changed, and what differs in how their containers start. */
import { TreeRows, type ImageDetail, type TreeRow } from '../../worker/api/types.ts';
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
  readonly rows: TreeRows;
}

/** What `after` has that `before` has not, and the other way round. Nobody waits for it once `signal` is aborted: then it stops. */
export async function compareImages(
  before: ComparedImage,
  after: ComparedImage,
  signal?: AbortSignal,
): Promise<Comparison> {
  const sharedLayers = commonStart(before.image.layers, after.image.layers);
  return {
    sharedLayers,
    paths: await comparePaths(before.rows, after.rows, sharedLayers, signal),
    settings: compareSettings(before.image, after.image),
  };
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  const different = before.findIndex((layer, place) => layer !== after[place]);
  return different < 0 ? before.length : different;
}

async function comparePaths(
  before: TreeRows,
  after: TreeRows,
  sharedLayers: number,
  signal: AbortSignal | undefined,
): Promise<PathDifference[]> {
  const differences: PathDifference[] = [];
  const note = (found: PathDifference | undefined): void => {
    if (found !== undefined) differences.push(found);
  };
  await inSlices(differencesOf(before, after, sharedLayers), note, signal);
  return differences;
}

/** Both trees side by side in the order of a walk: for each path what differs, or undefined. */
function* differencesOf(
  before: TreeRows,
  after: TreeRows,
  sharedLayers: number,
): Generator<PathDifference | undefined, void> {
  let [was, is] = [0, 0];
  while (was < before.length || is < after.length) {
    if (before.deleted[was] === 1) was += 1;
    else if (after.deleted[is] === 1) is += 1;
    else {
      const order = TreeRows.order(before, was, after, is);
      if (order < 0) yield difference('removed', before, was, -bytesOf(before, was));
      else if (order > 0) yield difference('added', after, is, bytesOf(after, is));
      else if (isSame(before, was, after, is, sharedLayers)) yield undefined;
      else yield difference('changed', after, is, bytesOf(after, is) - bytesOf(before, was));
      if (order <= 0) was += 1;
      if (order >= 0) is += 1;
    }
  }
}

function difference(kind: PathDifference['kind'], tree: TreeRows, place: number, deltaBytes: number): PathDifference {
  return { path: tree.pathAt(place), kind, deltaBytes, isFile: tree.isFile(place) };
}

/** What both have from a layer they share is the same without a look. */
function isSame(before: TreeRows, was: number, after: TreeRows, is: number, sharedLayers: number): boolean {
  const layer = after.layers[is]!;
  return (before.layers[was] === layer && layer < sharedLayers) || isAlike(before.at(was)!, after.at(is)!);
}

function isAlike(was: TreeRow, is: TreeRow): boolean {
  const alike =
    was.kind === is.kind &&
    was.mode === is.mode &&
    was.uid === is.uid &&
    was.gid === is.gid &&
    was.target === is.target;
  if (!alike || is.kind === 'directory') return alike;
  return was.sizeBytes === is.sizeBytes && was.mtimeMs === is.mtimeMs;
}

const bytesOf = (tree: TreeRows, place: number): number => (tree.isFile(place) ? tree.sizesBytes[place]! : 0);

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
