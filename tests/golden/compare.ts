/**
 * Compares two records of one build case by the rules of the golden suite: what must be equal, what engines may tell in
 * different ways, and what only a lax comparison lets pass (an error's wording, further lines of its range, entries that repeat
 * what lies below).
 */
import {
  applyLayer,
  byCodePoint,
  COMPARED,
  inhabitedDirectories,
  layerModel,
  type Entry,
  type LayerModel,
  type MergedView,
} from './layer-model.ts';
import type { BuildRecord, LayerRow } from './record-types.ts';

/** `soft`: right but for what a lax comparison lets pass. `reason` is the first difference. */
export type Verdict =
  | { readonly kind: 'equal' }
  | { readonly kind: 'soft'; readonly reason: string }
  | { readonly kind: 'different'; readonly reason: string };

/** A difference no comparison lets pass. */
class Difference extends Error {}

/** Compares what we made with the golden record; `base` holds the layers of busybox. */
export function compareRecords(
  golden: BuildRecord,
  ours: BuildRecord,
  base: readonly (readonly LayerRow[])[],
): Verdict {
  try {
    const [reason] =
      golden.exit === 0 && ours.exit === 0 ? compareImages(golden, ours, base) : compareFailures(golden, ours);
    return reason === undefined ? { kind: 'equal' } : { kind: 'soft', reason };
  } catch (error) {
    if (error instanceof Difference) return { kind: 'different', reason: error.message };
    throw error;
  }
}

/** What is different in every run: names of contexts, and where an engine keeps its layers. */
function cleanError(text: string | undefined): string {
  return (text ?? '')
    .replace(/checksum of ref \S+: /g, 'checksum of ref <ref>: ')
    .replace(/\/var\/lib\/docker\/(?:vfs\/dir\/\w+|overlay2\/\w+\/merged|tmp\/buildkit-mount\d+)/g, '<root>')
    .trim();
}

function compareFailures(golden: BuildRecord, ours: BuildRecord): string[] {
  if ((golden.exit === 0) !== (ours.exit === 0)) {
    const said = ours.exit === 0 ? '' : ` (${cleanError(ours.error)})`;
    throw new Difference(`exit is ${ours.exit}${said}, not ${golden.exit}`);
  }
  const want = golden.lines ?? [];
  const got = ours.lines ?? [];
  if (want[0] !== got[0]) throw new Difference(`error at line ${got[0] ?? 'none'}, not ${want[0] ?? 'none'}`);
  const soft: string[] = [];
  const meant = cleanError(golden.error);
  const said = cleanError(ours.error);
  // how a missing network is worded is the machine's
  if (said !== meant && !/dial tcp|no such host/.test(meant)) {
    soft.push(`message differs: ${JSON.stringify(said)}, not ${JSON.stringify(meant)}`);
  }
  if (want.join() !== got.join()) soft.push(`error lines are ${got.join()}, not ${want.join()}`);
  return soft;
}

function compareImages(golden: BuildRecord, ours: BuildRecord, base: readonly (readonly LayerRow[])[]): string[] {
  compareConfigs(golden.config ?? {}, ours.config ?? {});
  compareHistories(golden, ours);
  const want = golden.layers ?? [];
  const got = ours.layers ?? [];
  if (want.length !== got.length) throw new Difference(`${got.length} layers, not ${want.length}`);
  const soft: string[] = [];
  let below: MergedView = new Map();
  if (golden.base === 'busybox') for (const rows of base) below = applyLayer(below, layerModel(rows));
  let belowOurs = below;
  want.forEach((rows, number) => {
    const goldenLayer = layerModel(rows);
    const ourLayer = layerModel(got[number] ?? []);
    soft.push(...compareLayers(goldenLayer, ourLayer, below, belowOurs, `layer ${number}`));
    below = applyLayer(below, goldenLayer);
    belowOurs = applyLayer(belowOurs, ourLayer);
  });
  return soft;
}

/** JSON with sorted keys; `undefined` for what counts as empty. */
function canonical(value: unknown): string | undefined {
  const text = JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => byCodePoint(a, b)))
      : part,
  );
  return ['null', '""', 'false', '0', '[]', '{}'].includes(text) ? undefined : text;
}

function compareConfigs(golden: Readonly<Record<string, unknown>>, ours: Readonly<Record<string, unknown>>): void {
  for (const key of [...new Set([...Object.keys(golden), ...Object.keys(ours)])].sort(byCodePoint)) {
    const want = canonical(golden[key]);
    const got = canonical(ours[key]);
    if (want !== got) throw new Difference(`config ${key} is ${got ?? 'absent'}, not ${want ?? 'absent'}`);
  }
}

function compareHistories(golden: BuildRecord, ours: BuildRecord): void {
  const rows = (record: BuildRecord): string[] =>
    (record.history ?? []).map((row) => JSON.stringify([row.created_by ?? '', row.empty_layer ?? false]));
  const want = rows(golden);
  const got = rows(ours);
  want.forEach((row, number) => {
    if (number < got.length && got[number] !== row) {
      throw new Difference(`history ${number}: ${got[number] ?? ''}, not ${row}`);
    }
  });
  if (want.length !== got.length) throw new Difference(`${got.length} rows of history, not ${want.length}`);
}

const sameEntry = (a: Entry, b: Entry): boolean => COMPARED.every((key) => a[key] === b[key]);

function compareEntries(path: string, golden: Entry, ours: Entry, where: string): void {
  for (const key of COMPARED) {
    if (golden[key] !== ours[key]) {
      throw new Difference(`${where}: ${path}: ${key} is ${ours[key] ?? 'absent'}, not ${golden[key] ?? 'absent'}`);
    }
  }
}

function compareViews(golden: MergedView, ours: MergedView, where: string): void {
  for (const path of [...new Set([...golden.keys(), ...ours.keys()])].sort(byCodePoint)) {
    const want = golden.get(path);
    const got = ours.get(path);
    if (want === undefined || got === undefined) {
      throw new Difference(`${where}: merged view: ${path}: ${brief(got)}, not ${brief(want)}`);
    }
    compareEntries(path, want, got, `${where}: merged view`);
  }
}

/** Throws on a hard difference; gives the redundant entries, which a lax comparison lets pass. */
function compareLayers(
  golden: LayerModel,
  ours: LayerModel,
  below: MergedView,
  belowOurs: MergedView,
  where: string,
): string[] {
  const covered = [...new Set([...golden.opaque, ...ours.opaque])];
  // an opaque directory on one side says what single whiteouts say on the other: what is left to compare is the result
  if (covered.length > 0) compareViews(applyLayer(below, golden), applyLayer(belowOurs, ours), where);
  const hidden = (path: string): boolean => covered.some((folder) => folder === '' || path.startsWith(`${folder}/`));
  for (const path of [...new Set([...golden.whiteouts, ...ours.whiteouts])].sort(byCodePoint)) {
    if (golden.whiteouts.has(path) === ours.whiteouts.has(path) || hidden(path)) continue;
    throw new Difference(`${where}: ${golden.whiteouts.has(path) ? 'missing' : 'unexpected'} whiteout of ${path}`);
  }
  const soft: string[] = [];
  const inhabited = { golden: inhabitedDirectories(golden), ours: inhabitedDirectories(ours) };
  for (const path of [...new Set([...golden.entries.keys(), ...ours.entries.keys()])].sort(byCodePoint)) {
    if (hidden(path)) continue;
    const want = golden.entries.get(path);
    const got = ours.entries.get(path);
    if (want !== undefined && got !== undefined) {
      compareEntries(path, want, got, where);
      continue;
    }
    const entry = want ?? got;
    if (entry === undefined) continue;
    const lower = below.get(path);
    const repeats = lower !== undefined && sameEntry(lower, entry);
    const lived = want === undefined ? inhabited.ours : inhabited.golden;
    if (entry.type === 'dir' && lived.has(path) && (repeats || (lower === undefined && isPlain(entry)))) continue;
    const note = `${where}: ${want === undefined ? 'unexpected' : 'missing'} entry ${path} (${brief(entry)})`;
    if (!repeats || golden.whiteouts.has(path) || ours.whiteouts.has(path)) throw new Difference(note);
    soft.push(`${note}, the same as in the layers below`);
  }
  return soft;
}

/** A directory as engines make it where a path needs one. */
function isPlain(entry: Entry): boolean {
  return entry.mode === '0755' && entry.uid === 0 && entry.gid === 0;
}

function brief(entry: Entry | undefined): string {
  if (entry === undefined) return 'absent';
  const words = [entry.type, entry.mode ?? '?', `${entry.uid ?? '?'}:${entry.gid ?? '?'}`];
  if (entry.type === 'file') words.push(`${entry.size ?? 0} bytes`, entry.sha256?.slice(0, 12) ?? 'no sha256');
  if (entry.target !== undefined) words.push(`-> ${entry.target}`);
  return words.join(' ');
}
