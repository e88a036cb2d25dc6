/** What a layout of the graph says, and the measures all of its layouts keep. Lengths are in pixels. */
import type { GraphEdge, GraphStage, GraphStep } from './stage-graph.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly stages: readonly { readonly stage: GraphStage; readonly box: Box }[];
  readonly steps: readonly { readonly step: GraphStep; readonly box: Box }[];
  /** A line of each edge, as an SVG path. */
  readonly edges: readonly { readonly edge: GraphEdge; readonly path: string }[];
}

export const STEP_HEIGHT = 40;
/** Between steps of a stage. */
export const STEP_GAP = 22;
/** Room for a stage's name above its steps. */
export const TITLE = 22;
/** Around the whole graph. */
export const MARGIN = 14;
/** Between a stage's border and its steps. */
export const STAGE_PADDING = 9;

/** The border of a stage around its steps. */
export function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x)) - STAGE_PADDING;
  const top = Math.min(...boxes.map(({ y }) => y)) - TITLE;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + STAGE_PADDING;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + STAGE_PADDING;
  return { x: left, y: top, width: right - left, height: bottom - top };
}
