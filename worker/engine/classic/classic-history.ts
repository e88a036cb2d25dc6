/** The image config and history lines that the classic builder writes, made of those that BuildKit writes. */
import type { HistoryEntry, ImageConfig } from '../../oci/config.ts';

/**
 * A line of history in the classic builder's words. `directive` is the instruction's, in lower case; `line` is what BuildKit
 * wrote. A copy is told by a digest of what it copied: we have that of the layer it made.
 */
export function classicCreatedBy(directive: string, line: string, config: ImageConfig): string {
  const plain = line.replace(/ # buildkit$/, '');
  if (directive === 'run') return plain.replace(/^RUN /, '');
  if (directive === 'copy' || directive === 'add') {
    const layer = (config.rootfs.diff_ids.at(-1) ?? '').slice('sha256:'.length);
    const [keyword = '', ...words] = plain.split(' ');
    return `/bin/sh -c #(nop) ${keyword} file:${layer} in ${words.at(-1) ?? ''} `;
  }
  return `/bin/sh -c #(nop)  ${plain}`;
}

/** The config of the image that an instruction made: `config` as BuildKit has it by then, on its parent's history. */
export function classicConfig(
  config: ImageConfig,
  parent: ImageConfig | undefined,
  createdBy: string,
  created: string,
): ImageConfig {
  const empty = config.rootfs.diff_ids.length === (parent?.rootfs.diff_ids.length ?? 0);
  const entry: HistoryEntry = { created, created_by: createdBy, ...(empty ? { empty_layer: true } : {}) };
  return { ...config, created, history: [...(parent?.history ?? []), entry] };
}
