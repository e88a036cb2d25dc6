/** The tree of one release under the names of another: releases of a language differ in little of what an image shows. */
import { utf8, utf8Text } from '../../worker/base/bytes.ts';
import type { MirrorLayer } from './layer-tar.ts';
import type { ListedEntry } from './tree-list.ts';

/** The layer with every `from` in a path, a link's target or a kept text made `to`. */
export function renamedTree(
  layer: MirrorLayer,
  renames: readonly (readonly [from: string, to: string])[],
): MirrorLayer {
  const renamed = (text: string): string => renames.reduce((before, [from, to]) => before.replaceAll(from, to), text);
  const bodies = new Map([...layer.bodies].map(([path, body]) => [renamed(path), utf8(renamed(utf8Text(body)))]));
  const entries = layer.entries.map((entry): ListedEntry => {
    const path = renamed(entry.path);
    switch (entry.kind) {
      case 'symlink':
      case 'hardlink':
        return { ...entry, path, target: renamed(entry.target) };
      case 'file': {
        const isWhole = layer.bodies.get(entry.path)?.byteLength === entry.sizeBytes;
        return { ...entry, path, sizeBytes: (isWhole ? bodies.get(path)?.byteLength : undefined) ?? entry.sizeBytes };
      }
      case 'directory':
      case 'whiteout':
        return { ...entry, path };
    }
  });
  return { ...layer, entries, bodies };
}
