/** The graph where stages have no room side by side: below each other, with the lines between them at their right. */
import { around, MARGIN, STAGE_PADDING, STEP_HEIGHT, TITLE, type Box, type GraphLayout } from './graph-boxes.ts';
import type { BuildGraph, GraphEdge, GraphStage } from './stage-graph.ts';

/** Between steps of a stage: room for the tip of an arrow. */
const STEP_GAP = 15;
/** Between two stages, the name of the lower one left out. */
const STAGE_GAP = 18;
/** Between two lines that run beside each other. */
const LANE = 11;
/** Above and below the middle of a step: where lines come in and go out. */
const PORT = 8;
const CORNER = 5;
/** The last steps of a panel that is narrower still would not be read. */
const LEAST_STEP_WIDTH = 160;

/** Lays a graph out in one column that is `panelPx` wide: what is needed first, in the order of the file. */
export function layoutStacked({ stages, edges }: BuildGraph, panelPx: number): GraphLayout {
  const rows = stepRows([...stages.filter(({ used }) => used), ...stages.filter(({ used }) => !used)]);
  const lanes = lanesOf(edges, rows.tops);
  const gutter = STAGE_PADDING + (Math.max(-1, ...lanes.values()) + 1) * LANE + MARGIN / 2;
  const stepWidth = Math.max(LEAST_STEP_WIDTH, panelPx - MARGIN - gutter);
  const boxAt = (id: string): Box => ({ x: MARGIN, y: rows.tops.get(id)!, width: stepWidth, height: STEP_HEIGHT });
  return {
    width: MARGIN + stepWidth + gutter,
    height: rows.bottom,
    stages: stages.map((stage) => ({ stage, box: around(stage.steps.map(({ id }) => boxAt(id))) })),
    steps: stages.flatMap((stage) => stage.steps.map((step) => ({ step, box: boxAt(step.id) }))),
    edges: edges.map((edge) => {
      const lane = lanes.get(edge);
      const ends = [boxAt(edge.from), boxAt(edge.to)] as const;
      return { edge, path: lane === undefined ? downwards(...ends) : beside(...ends, lane) };
    }),
  };
}

function stepRows(stages: readonly GraphStage[]): {
  readonly tops: ReadonlyMap<string, number>;
  readonly bottom: number;
} {
  const tops = new Map<string, number>();
  let bottom = MARGIN - STAGE_GAP;
  for (const { steps } of stages) {
    let top = bottom + STAGE_GAP + TITLE;
    for (const { id } of steps) {
      tops.set(id, top);
      bottom = top + STEP_HEIGHT + STAGE_PADDING;
      top += STEP_HEIGHT + STEP_GAP;
    }
  }
  return { tops, bottom: bottom + MARGIN };
}

/** Lines from stage to stage, each with the innermost lane that is free along its way; short ones choose first. */
function lanesOf(edges: readonly GraphEdge[], tops: ReadonlyMap<string, number>): ReadonlyMap<GraphEdge, number> {
  const spans = edges
    .filter(({ kind }) => kind !== 'next')
    .map((edge) => ({ edge, start: tops.get(edge.from)!, end: tops.get(edge.to)! }))
    .sort((a, b) => a.end - a.start - (b.end - b.start));
  const taken: { start: number; end: number }[][] = [];
  return new Map(
    spans.map(({ edge, start, end }) => {
      const free = taken.findIndex((lane) => lane.every((other) => other.end < start || end < other.start));
      const place = free === -1 ? taken.push([]) - 1 : free;
      taken[place]!.push({ start, end });
      return [edge, place];
    }),
  );
}

function downwards(from: Box, to: Box): string {
  const x = from.x + from.width / 2;
  return `M${x},${from.y + from.height} L${x},${to.y}`;
}

function beside(from: Box, to: Box, lane: number): string {
  const right = from.x + from.width;
  const x = right + STAGE_PADDING + (lane + 0.5) * LANE;
  const [start, end] = [from.y + from.height / 2 + PORT, to.y + to.height / 2 - PORT];
  const out = `H${x - CORNER} Q${x},${start} ${x},${start + CORNER}`;
  return `M${right},${start} ${out} V${end - CORNER} Q${x},${end} ${x - CORNER},${end} H${right}`;
}
