/** What stands beside an instruction in the editor: bytes, state and the colour of its layer. */
import type { BuildResult, ImageDetail, SourceRange, StepSummary } from '../../worker/api/types.ts';
import type { BuildProgress, StepProgress } from '../state/build-progress.ts';
import { stateOf } from '../state/build-progress.ts';
import type { LayerPaint } from '../state/layer-paint.ts';
import { layersOf } from '../state/layer-stack.ts';
import { longVerdict, shortVerdict } from '../state/verdict-words.ts';

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
  /** Layer of the image shown, where this instruction made one. */
  readonly layer?: number;
  readonly paint?: LayerPaint;
  /** The instruction made a layer that is not in the image: it belongs to another stage. */
  readonly elsewhere: boolean;
}

/** Annotations of a finished build's steps, one for each first line, in line order. */
export function annotationsOf(steps: BuildResult['steps'], image: ImageDetail | undefined): Annotation[] {
  const layers = image === undefined ? [] : layersOf(image);
  const layerAt = new Map<number, number>();
  for (const row of image?.stack ?? []) {
    if (row.layer !== undefined && row.source !== undefined) layerAt.set(row.source.startLine, row.layer);
  }
  const byLine = new Map<number, Annotation>();
  for (const step of steps) {
    if (step.source === undefined) continue;
    byLine.set(step.source.startLine, annotationOf(step, step.source, layers, layerAt.get(step.source.startLine)));
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line);
}

function annotationOf(
  step: StepSummary,
  source: SourceRange,
  layers: readonly { readonly paint: LayerPaint }[],
  layer: number | undefined,
): Annotation {
  const paint = layer === undefined ? undefined : layers[layer]?.paint;
  return {
    line: source.startLine,
    endLine: source.endLine,
    ...wordsOf(step),
    ...(step.failed === true ? {} : { sizeBytes: step.sizeBytes }),
    ...(step.simulated === undefined ? {} : { simulated: step.simulated }),
    ...(layer === undefined || paint === undefined ? {} : { layer, paint }),
    elsewhere: layer === undefined && step.layer,
  };
}

function wordsOf(step: StepSummary): Pick<Annotation, 'words' | 'detail' | 'tone'> {
  if (step.failed === true) return { words: 'failed', detail: 'This step failed.', tone: 'bad' };
  if (step.cache === undefined) return { words: '', detail: '', tone: 'quiet' };
  const { hit, differences } = step.cache;
  const first = differences.every((difference) => difference.kind === 'no-record' || difference.kind === 'parent');
  return {
    words: shortVerdict(step.cache),
    detail: longVerdict(step.cache),
    tone: hit ? 'good' : first && differences.some((each) => each.kind === 'no-record') ? 'quiet' : 'changed',
  };
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
  switch (stateOf(step)) {
    case 'running':
      return { words: 'running', detail: 'This step is running.', tone: 'busy' };
    case 'failed':
      return { words: 'failed', detail: step.vertex.error?.message ?? 'This step failed.', tone: 'bad' };
    case 'cached':
      return { words: 'cached', detail: longVerdict({ hit: true, differences: [] }), tone: 'good' };
    case 'done':
      return step.vertex.cache === undefined
        ? undefined
        : { words: shortVerdict(step.vertex.cache), detail: longVerdict(step.vertex.cache), tone: 'changed' };
    default:
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
