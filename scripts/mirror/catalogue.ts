/** The recorded data as layers: `data/NAME.tree` with `data/NAME.bodies.json`. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { utf8, utf8Text } from '../../worker/base/bytes.ts';
import type { MirrorLayer } from './layer-tar.ts';
import { parseTreeList, type ListedEntry } from './tree-list.ts';

const DATA = resolve(import.meta.dirname, 'data');

/** dpkg's record of what is installed; the data of an upper layer tells only the paragraphs that are new in it. */
const STATUS_FILE = '/var/lib/dpkg/status';

/** A recorded layer. `below` are the recorded layers under it, of which it continues dpkg's status. */
export function recordedLayer(name: string, mtimeMs: number, below: readonly MirrorLayer[] = []): MirrorLayer {
  const bodies = readBodies(name);
  const status = bodies.get(STATUS_FILE);
  if (status !== undefined) bodies.set(STATUS_FILE, mergedStatus(statusBelow(below), status));
  const entries = parseTreeList(readFileSync(resolve(DATA, `${name}.tree`), 'utf8')).map((entry) =>
    sized(entry, bodies),
  );
  return { entries, bodies, mtimeMs };
}

function readBodies(name: string): Map<string, Uint8Array<ArrayBuffer>> {
  const file = resolve(DATA, `${name}.bodies.json`);
  if (!existsSync(file)) return new Map();
  const document: unknown = JSON.parse(readFileSync(file, 'utf8'));
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

/** A file whose body was put together here has that body's size. */
function sized(entry: ListedEntry, bodies: ReadonlyMap<string, Uint8Array>): ListedEntry {
  const body = entry.path === STATUS_FILE && entry.kind === 'file' ? bodies.get(entry.path) : undefined;
  return body === undefined || entry.kind !== 'file' ? entry : { ...entry, sizeBytes: body.byteLength };
}
