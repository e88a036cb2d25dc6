/** The image config and history lines that the classic builder writes, made of those that BuildKit writes. */
import type { HistoryEntry, ImageConfig } from '../../oci/config.ts';

/** An instruction that was carried out, as the classic builder's history tells it. */
export interface ToldInstruction {
  /** In lower case: `run`. */
  readonly directive: string;
  /** As it is shown, variables replaced. */
  readonly shown: string;
  /** What it copied: `file`, `dir` or `multi`. */
  readonly copied?: string;
}

const DEFAULT_SHELL = ['/bin/sh', '-c'];

/**
 * A line of history in the classic builder's words; `config` is the image's by then, whose last line is BuildKit's. A copy is told
 * by a digest of what it copied: we have that of the layer it made.
 */
export function classicCreatedBy({ directive, shown, copied = 'file' }: ToldInstruction, config: ImageConfig): string {
  const plain = (config.history?.at(-1)?.created_by ?? '').replace(/ # buildkit$/, '');
  if (directive === 'run') return plain.replace(/^RUN /, '');
  const shell = (config.config?.Shell ?? DEFAULT_SHELL).join(' ');
  const [keyword = '', ...words] = plain.split(' ');
  switch (directive) {
    case 'copy':
    case 'add': {
      const layer = (config.rootfs.diff_ids.at(-1) ?? '').slice('sha256:'.length);
      return `${shell} #(nop) ${keyword} ${copied}:${layer} in ${words.at(-1) ?? ''} `;
    }
    case 'workdir':
      return `${shell} #(nop) ${plain}`;
    case 'expose':
    case 'onbuild':
      return `${shell} #(nop)  ${shown.replace(/\s+/g, ' ')}`;
    default:
      return `${shell} #(nop)  ${plain}`;
  }
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
