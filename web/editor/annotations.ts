/** What stands beside an instruction in the editor: bytes, state and the colour of its layer. */
import type { BuildResult, CacheVerdict, ImageDetail, StepSummary } from '../../worker/api/types.ts';
import type { BuildProgress, StepProgress } from '../state/build-progress.ts';
import { stateOf, transferOf } from '../state/build-progress.ts';
import { formatBytes } from '../ui/format.ts';
import type { LayerPaint } from '../state/layer-paint.ts';
import { layersOf } from '../state/layer-stack.ts';
import type { LayerRange } from '../state/layer-range.ts';
import { isFrom, layersByVertex } from '../state/step-layers.ts';
import { longVerdict, shortVerdict, verdictTone } from '../state/verdict-words.ts';

export type AnnotationTone = 'quiet' | 'good' | 'changed' | 'bad' | 'busy';

/** Beside one instruction, at its first line. */
export interface Annotation {
  readonly line: number;
  readonly endLine: number;
  readonly words: string;
  /** The whole sentence, for the title and screen readers. */
  readonly detail: string;
  readonly tone: AnnotationTone;
  readonly sizeBytes?: number;
  readonly simulated?: string;
  /** Layers of the image shown that this instruction stands for. */
  readonly layers?: LayerRange;
  readonly paint?: LayerPaint;
  /** The instruction made a layer that is not in the image: it belongs to another stage. */
  readonly elsewhere: boolean;
}

/** Annotations of a finished build's steps, one for each first line, in line order. */
export function annotationsOf(steps: BuildResult['steps'], image: ImageDetail | undefined): Annotation[] {
  const found = image === undefined ? new Map<string, LayerRange>() : layersByVertex(steps, image);
  const paints = image === undefined ? [] : layersOf(image).map((layer) => layer.paint);
  const byLine = new Map<number, Annotation>();
  for (const step of steps) {
    if (step.source === undefined) continue;
    const layers = found.get(step.vertex);
    const paint = layers === undefined ? undefined : paints[layers.first];
    byLine.set(step.source.startLine, {
      line: step.source.startLine,
      endLine: step.source.endLine,
      ...wordsOf(step),
      ...(tellsSize(step, layers) ? { sizeBytes: sizeOf(step, layers, image) } : {}),
      ...(step.simulated === undefined ? {} : { simulated: step.simulated }),
      ...(layers === undefined || paint === undefined ? {} : { layers, paint }),
      elsewhere: layers === undefined && step.layer,
    });
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

/** A failed step has none to tell, and what another stage is based on is not in the image. */
function tellsSize(step: StepSummary, layers: LayerRange | undefined): boolean {
  return step.failed !== true && (layers !== undefined || !isFrom(step));
}

/** Bytes of the layers that a step stands for. */
function sizeOf(step: StepSummary, layers: LayerRange | undefined, image: ImageDetail | undefined): number {
  if (image === undefined || layers === undefined) return step.sizeBytes;
  return image.stack
    .filter(({ layer }) => layer !== undefined && layer >= layers.first && layer <= layers.last)
    .reduce((sum, row) => sum + row.sizeBytes, 0);
}

function wordsOf(step: StepSummary): Pick<Annotation, 'words' | 'detail' | 'tone'> {
  if (step.failed === true) return { words: 'failed', detail: 'This step failed.', tone: 'bad' };
  if (step.cache === undefined) return { words: '', detail: '', tone: 'quiet' };
  return verdictWords(step.cache);
}

function verdictWords(verdict: CacheVerdict): Pick<Annotation, 'words' | 'detail' | 'tone'> {
  return { words: shortVerdict(verdict), detail: longVerdict(verdict), tone: verdictTone(verdict) };
}

/** The annotations while a build runs: lines whose step has reported say what it does, the others what they said. */
export function annotationsWhileRunning(before: readonly Annotation[], progress: BuildProgress): Annotation[] {
  const byLine = new Map(before.map((annotation) => [annotation.line, annotation]));
  for (const step of progress.steps) {
    const source = step.vertex.source;
    const now = source === undefined ? undefined : runningWords(step);
    if (source === undefined || now === undefined) continue;
    const known = byLine.get(source.startLine) ?? {
      line: source.startLine,
      endLine: source.endLine,
      elsewhere: false,
    };
    byLine.set(source.startLine, { ...known, ...now });
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

function runningWords(step: StepProgress): Pick<Annotation, 'words' | 'detail' | 'tone'> | undefined {
  const { cache, error } = step.vertex;
  switch (stateOf(step)) {
    case 'running': {
      const moved = transferOf({ steps: [step], warnings: [] });
      const words =
        moved === undefined ? 'running' : `${formatBytes(moved.currentBytes)} of ${formatBytes(moved.totalBytes)}`;
      return { words, detail: 'This step is running.', tone: 'busy' };
    }
    case 'failed':
      return { words: 'failed', detail: error?.message ?? 'This step failed.', tone: 'bad' };
    case 'cached':
    case 'done':
      return cache === undefined ? undefined : verdictWords(cache);
    case 'waiting':
    case 'cancelled':
      return undefined;
  }
}

/**
 * Where a line of the text that was built is in the text as it is now, or undefined where it was edited: what is before
 * the first and after the last difference has only moved.
 */
export function lineMover(built: string, current: string): (line: number) => number | undefined {
  if (built === current) return (line) => line;
  const [before, after] = [built.split('\n'), current.split('\n')];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return (line) => {
    if (line <= head) return line;
    if (line > before.length - tail) return line + after.length - before.length;
    // An edit within a line leaves its place: with as many lines as before, the annotation stays until the build answers.
    return before.length === after.length ? line : undefined;
  };
}

/** The annotations moved to where their lines are now. */
export function moveAnnotations(annotations: readonly Annotation[], built: string, current: string): Annotation[] {
  const move = lineMover(built, current);
  return annotations.flatMap((annotation) => {
    const line = move(annotation.line);
    return line === undefined ? [] : [{ ...annotation, line, endLine: line + annotation.endLine - annotation.line }];
  });
}

/** As {@link moveAnnotations}, without those whose lines read otherwise now: they tell of another instruction. */
export function keepAnnotations(annotations: readonly Annotation[], built: string, current: string): Annotation[] {
  const [was, is] = [built.split('\n'), current.split('\n')];
  const textOf = (lines: readonly string[], { line, endLine }: Annotation): string =>
    lines.slice(line - 1, endLine).join('\n');
  return annotations.flatMap((annotation) =>
    moveAnnotations([annotation], built, current).filter((moved) => textOf(was, annotation) === textOf(is, moved)),
  );
}
