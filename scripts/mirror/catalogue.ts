/**
 * The recorded data: `data/NAME.tree` (paths, modes, owners, sizes: see `tree-list.ts`) and `data/NAME.bodies.json.gz` (the files
 * whose text is kept, by path). Written by the scripts in `record/`, read as layers.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'fflate';
import { utf8, utf8Text } from '../../worker/base/bytes.ts';
import type { MirrorLayer } from './layer-tar.ts';
import { formatTreeList, parseTreeList, type ListedEntry } from './tree-list.ts';

const DATA = resolve(import.meta.dirname, 'data');

/** A sum of what a layer lists, for the lines of history that name one. */
export function treeSum(layer: MirrorLayer): string {
  return createHash('sha256').update(formatTreeList(layer.entries, 'sum')).digest('hex');
}

/** dpkg's record of what is installed; the data of an upper layer tells only the paragraphs that are new in it. */
const STATUS_FILE = '/var/lib/dpkg/status';

/** A recorded layer. `below` are the recorded layers under it, of which it continues dpkg's status. */
export function recordedLayer(name: string, mtimeMs: number, below: readonly MirrorLayer[] = []): MirrorLayer {
  const bodies = readBodies(name);
  const status = bodies.get(STATUS_FILE);
  if (status !== undefined) bodies.set(STATUS_FILE, withSynopses(mergedStatus(statusBelow(below), status)));
  const entries = parseTreeList(readFileSync(resolve(DATA, `${name}.tree`), 'utf8')).map((entry) =>
    sized(entry, bodies),
  );
  return { entries, bodies, mtimeMs };
}

/** Writes a recording; `about` says where the facts are from. */
export function writeRecording(
  name: string,
  about: string,
  entries: readonly ListedEntry[],
  bodies: ReadonlyMap<string, string>,
): void {
  writeFileSync(resolve(DATA, `${name}.tree`), formatTreeList(entries, about));
  const document = utf8(JSON.stringify(Object.fromEntries(bodies), null, 1));
  writeFileSync(bodiesFile(name), gzipSync(document, { level: 9, mtime: 0 }));
}

const bodiesFile = (name: string): string => resolve(DATA, `${name}.bodies.json.gz`);

function readBodies(name: string): Map<string, Uint8Array<ArrayBuffer>> {
  const file = bodiesFile(name);
  if (!existsSync(file)) return new Map();
  const document: unknown = JSON.parse(utf8Text(gunzipSync(new Uint8Array(readFileSync(file)))));
  const entries = Object.entries(typeof document === 'object' && document !== null ? document : {});
  return new Map(entries.map(([path, text]: [string, unknown]) => [path, utf8(String(text))]));
}

function statusBelow(below: readonly MirrorLayer[]): Uint8Array {
  return below.findLast((layer) => layer.bodies.has(STATUS_FILE))?.bodies.get(STATUS_FILE) ?? new Uint8Array();
}

/** Two records as one: the later paragraph of a package counts, and dpkg writes them by name. */
function mergedStatus(lower: Uint8Array, upper: Uint8Array): Uint8Array<ArrayBuffer> {
  const paragraphs = new Map<string, string>();
  for (const text of [utf8Text(lower), utf8Text(upper)]) {
    for (const paragraph of text.split('\n\n')) {
      const name = /^Package: (.*)$/m.exec(paragraph)?.[1];
      if (name !== undefined) paragraphs.set(name, paragraph.trimEnd());
    }
  }
  const names = [...paragraphs.keys()].sort();
  return utf8(names.map((name) => `${paragraphs.get(name) ?? ''}\n\n`).join(''));
}

/** dpkg's record with the first line of each description: the long ones would be half of it, in every layer again. */
function withSynopses(status: Uint8Array): Uint8Array<ArrayBuffer> {
  return utf8(utf8Text(status).replace(/^(Description: .*)\n(?: .*(?:\n|$))+/gm, '$1\n'));
}

/** A file whose body was put together here has that body's size. */
function sized(entry: ListedEntry, bodies: ReadonlyMap<string, Uint8Array>): ListedEntry {
  const body = entry.path === STATUS_FILE && entry.kind === 'file' ? bodies.get(entry.path) : undefined;
  return body === undefined || entry.kind !== 'file' ? entry : { ...entry, sizeBytes: body.byteLength };
}
