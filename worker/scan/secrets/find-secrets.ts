/** Secrets in the files of all layers, those too that a later layer deleted or replaced: their bytes are pulled by everyone. */
import type { Job } from '../../base/job.ts';
import type { FileCensus, HiddenFile, StoredFile } from '../../layer/hidden-files.ts';
import type { Tree } from '../../vfs/tree.ts';
import { layerTexts, type TextPiece } from '../layer-texts.ts';
import type { ScanCoverage, SecretFinding, Severity } from '../report.ts';
import type { SecretDetector, SecretHit } from './detector.ts';
import { SECRET_DETECTORS } from './index.ts';
import { masked } from './masked.ts';

/** Secrets of one file are told up to so many: more is a dump of them. */
const MOST_PER_FILE = 20;
/** Directories in which packages keep keys for show: what is there is told as a small matter. */
const FOR_SHOW = /\/(?:testdata|tests?|examples?|doc|docs|man|fixtures)\//;

/** `progress` is told how many of all files were looked at. */
export async function findSecrets(
  tree: Tree,
  census: FileCensus,
  job: Job,
  progress: (done: number, total: number) => void,
): Promise<{ readonly secrets: readonly SecretFinding[]; readonly coverage: ScanCoverage }> {
  const hidden = new Map(census.hidden.map((each) => [each.file, each]));
  const files = [...census.seen, ...hidden.keys()];
  const perLayer = byLayer(files);
  const secrets: SecretFinding[] = [];
  const coverage = { files: files.length, read: 0, binary: 0, cut: 0 };
  let done = 0;
  for (const [layer, stack] of tree.layers.entries()) {
    const reading = new FileReading();
    for await (const piece of layerTexts(perLayer.get(layer) ?? [], stack.tar, job)) {
      if ('unread' in piece) {
        coverage[piece.unread]++;
      } else {
        secrets.push(...reading.secretsIn(piece, hidden.get(piece.file)));
        if (piece.offset === 0) coverage.read++;
      }
      progress(Math.min(++done, files.length), files.length);
    }
  }
  // a file that was cut was counted as read by its first piece
  return { secrets, coverage: { ...coverage, read: coverage.read - coverage.cut } };
}

function byLayer(files: readonly StoredFile[]): ReadonlyMap<number, readonly StoredFile[]> {
  const layers = new Map<number, StoredFile[]>();
  for (const file of files) {
    const known = layers.get(file.layer);
    if (known === undefined) layers.set(file.layer, [file]);
    else known.push(file);
  }
  return layers;
}

/** Reads a layer's files piece by piece: knows at which line a piece begins, and what was found in its overlap. */
class FileReading {
  #file: StoredFile | undefined;
  #found = new Set<string>();
  /** Line of the piece's first byte. */
  #line = 1;
  #text = '';
  #offset = 0;

  *secretsIn(piece: TextPiece, hidden: HiddenFile | undefined): Generator<SecretFinding> {
    this.#enter(piece);
    const { file, text, offset } = piece;
    for (const detector of SECRET_DETECTORS) {
      if (detector.holds?.(file.path) === false) continue;
      if (detector.marks?.some((mark) => text.includes(mark)) === false) continue;
      for (const hit of detector.find(text)) {
        const key = `${detector.title} ${offset + hit.index}`;
        if (this.#found.has(key) || this.#found.size >= MOST_PER_FILE) continue;
        this.#found.add(key);
        yield finding(detector, hit, file, this.#line + linesIn(text, hit.index), hidden);
      }
    }
  }

  #enter({ file, text, offset }: TextPiece): void {
    if (file === this.#file) {
      this.#line += linesIn(this.#text, offset - this.#offset);
    } else {
      this.#file = file;
      this.#found = new Set();
      this.#line = 1;
    }
    this.#text = text;
    this.#offset = offset;
  }
}

function linesIn(text: string, end: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

function finding(
  detector: SecretDetector,
  hit: SecretHit,
  { path, layer }: StoredFile,
  line: number,
  hidden: HiddenFile | undefined,
): SecretFinding {
  const isForShow = FOR_SHOW.test(path);
  const severity: Severity = isForShow ? 'low' : (hit.severity ?? detector.severity);
  return {
    title: hit.title ?? detector.title,
    severity,
    place: { kind: 'file', path, layer, line },
    ...(hidden === undefined
      ? {}
      : { hidden: { by: hidden.by, how: hidden.replacement === undefined ? 'deleted' : 'overwritten' } as const }),
    masked: masked(hit.value),
    why: isForShow
      ? 'It lies where packages keep keys for tests and examples, and is likely one of those.'
      : detector.why,
    advice: adviceFor(hidden),
  };
}

function adviceFor(hidden: HiddenFile | undefined): string {
  const revoke = 'Revoke it, since everyone who has the image has it';
  if (hidden !== undefined) {
    return `${revoke}. A later layer cannot take it back: give it to the one step that needs it with RUN --mount=type=secret, or leave it in an earlier stage, and build again.`;
  }
  return `${revoke}. Leave it out with .dockerignore, and give it to the step that needs it with RUN --mount=type=secret, or to the container when it starts.`;
}
