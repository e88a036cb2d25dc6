/** Waste told by the instruction that caused it. */
import type { ImageDetail, WastedFile, WasteFacts, WasteKind, WasteReport } from '../../../worker/api/types.ts';
import { layersOf, type LayerView } from '../../state/layer-stack.ts';
import { formatAmount } from '../../ui/format.ts';

/** Waste of one kind by one instruction. */
export interface WasteGroup {
  readonly key: string;
  readonly kind: WasteKind;
  readonly cause: LayerView;
  /** The layers that hold the bytes. */
  readonly makers: readonly LayerView[];
  readonly sizeBytes: number;
  /** Largest first. */
  readonly files: readonly WastedFile[];
  /** To ask for a saving with; absent where the cause is not in the Dockerfile. */
  readonly facts?: WasteFacts;
}

/** Paths a question names: enough to be sure what the files are. */
const PATHS_ASKED = 50;

/** The groups of a report, largest first. What the base image wastes in itself is one cause after the other, too. */
export function wasteGroups(report: WasteReport, image: ImageDetail): readonly WasteGroup[] {
  const layers = layersOf(image);
  const lines = image.stack.flatMap((row) =>
    row.layer === undefined ? [] : [row.base ? undefined : row.source?.startLine],
  );
  const groups = new Map<string, WastedFile[]>();
  for (const file of report.files) {
    const key = `${file.cause} ${file.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups]
    .flatMap(([key, files]) => groupOf(key, files, layers, lines) ?? [])
    .sort((a, b) => b.sizeBytes - a.sizeBytes);
}

function groupOf(
  key: string,
  files: readonly WastedFile[],
  layers: readonly LayerView[],
  lines: readonly (number | undefined)[],
): WasteGroup | undefined {
  const [first] = files;
  const cause = first === undefined ? undefined : layers[first.cause];
  if (first === undefined || cause === undefined) return undefined;
  const makers = [...new Set(files.map(({ layer }) => layer))].sort((a, b) => a - b);
  const causeLine = lines[first.cause];
  const makerLines = makers.flatMap((layer) => lines[layer] ?? []);
  return {
    key,
    kind: first.kind,
    cause,
    makers: makers.flatMap((layer) => layers[layer] ?? []),
    sizeBytes: files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    files,
    ...(causeLine === undefined
      ? {}
      : {
          facts: {
            kind: first.kind,
            causeLine,
            makerLines,
            inBase: makerLines.length < makers.length,
            paths: files.slice(0, PATHS_ASKED).map(({ path }) => path),
            ...shared('owner', files),
            ...shared('mode', files),
          },
        }),
  };
}

function shared<K extends 'owner' | 'mode'>(key: K, files: readonly WastedFile[]): Partial<Pick<WastedFile, K>> {
  const value = files[0]?.[key];
  return value !== undefined && files.every((file) => file[key] === value)
    ? ({ [key]: value } as Pick<WastedFile, K>)
    : {};
}

const CAUSES: Readonly<Record<WasteKind, string>> = {
  deleted: 'deletes',
  overwritten: 'replaces',
  metadata: 'copies again, for owner, mode or time alone,',
  duplicate: 'holds a copy of',
};

/** `deletes 23 files that a lower layer keeps`. */
export function causeWords({ kind, files, makers }: WasteGroup): string {
  const what = `${CAUSES[kind]} ${formatAmount(files.length, 'file')}`;
  if (kind === 'duplicate') return `${what} that ${files.length === 1 ? 'is' : 'are'} in the image already`;
  const keepers = makers.length === 1 ? 'a lower layer keeps' : `${makers.length} lower layers keep`;
  return `${what} that ${keepers}`;
}

/** Efficiency as dive means it, each byte counted once: the share of the layers' bytes that the image shows. */
export function efficiencyOf({ totalBytes, hiddenBytes }: WasteReport): number {
  return totalBytes === 0 ? 1 : (totalBytes - hiddenBytes) / totalBytes;
}

/** `87.3 %`: never 100 where something is wasted. */
export function formatShare(share: number): string {
  const percent = Math.floor(share * 1000) / 10;
  return `${percent.toFixed(percent === 100 ? 0 : 1)}\u00a0%`;
}

/** Bytes by kind, in the order in which they are told. */
export function bytesByKind({ files }: WasteReport): readonly (readonly [WasteKind, number])[] {
  return (['deleted', 'overwritten', 'metadata', 'duplicate'] as const).map((kind) => [
    kind,
    files.filter((file) => file.kind === kind).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  ]);
}
