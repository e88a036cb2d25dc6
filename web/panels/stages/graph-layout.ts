/** Places for the graph's boxes and lines: stages as boxes around their steps, laid out in layers from top to bottom. */
import { Graph, layout } from '@dagrejs/dagre';
import { around, MARGIN, STEP_GAP, STEP_HEIGHT, TITLE, type Box, type GraphLayout } from './graph-boxes.ts';
import { layoutStacked } from './stacked-layout.ts';
import type { BuildGraph, GraphEdge, GraphStage } from './stage-graph.ts';

/** Widths of a step: the widest with which the graph is no wider than its panel. */
const STEP_WIDTHS = [236, 208, 180] as const;
const STAGE_GAP = 26;
/** Between the graph and the stages that are not needed. */
const PRUNED_GAP = 34;

interface Placed {
  x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lays a graph out no wider than `panelPx`: stages side by side, or below each other where there is no room for that. */
export function layoutGraph(graph: BuildGraph, panelPx = Infinity): GraphLayout {
  const [widest, ...narrower] = STEP_WIDTHS;
  let found = layoutWith(widest, graph, panelPx);
  for (const width of narrower) if (found.width > panelPx) found = layoutWith(width, graph, panelPx);
  return found.width > panelPx ? layoutStacked(graph, panelPx) : found;
}

/** What is needed as a graph; what is not below it, so that the way through the graph stays together. */
function layoutWith(stepWidth: number, { stages, edges }: BuildGraph, panelPx: number): GraphLayout {
  const used = layoutUsed(
    stepWidth,
    stages.filter((stage) => stage.used),
    edges,
  );
  const widthPx = Number.isFinite(panelPx) ? Math.max(used.width, panelPx) : used.width;
  const lefts = [...used.placed.values()].map(({ x, width }) => x - width / 2);
  const pruned = layoutPruned(
    stepWidth,
    stages.filter((stage) => !stage.used),
    { start: Math.min(...lefts), top: used.height, widthPx },
  );
  const placed = new Map([...used.placed, ...pruned.placed]);
  const boxAt = (id: string): Box => boxOf(placed.get(id)!);
  return {
    width: Math.ceil(Math.max(used.width, pruned.width)),
    height: Math.ceil(pruned.height),
    stages: stages.map((stage) => ({ stage, box: around(stage.steps.map(({ id }) => boxAt(id))) })),
    steps: stages.flatMap((stage) => stage.steps.map((step) => ({ step, box: boxAt(step.id) }))),
    edges: edges.map((edge) => {
      const ends = [placed.get(edge.from)!, placed.get(edge.to)!] as const;
      const bends = edge.kind === 'next' ? undefined : used.bends.get(edge);
      return { edge, path: pathOf(bends ?? straight(...ends)) };
    }),
  };
}

interface UsedLayout {
  readonly width: number;
  readonly height: number;
  readonly placed: ReadonlyMap<string, Placed>;
  readonly bends: ReadonlyMap<GraphEdge, readonly Point[]>;
}

function layoutUsed(stepWidth: number, stages: readonly GraphStage[], edges: readonly GraphEdge[]): UsedLayout {
  const graph = new Graph({ compound: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: STAGE_GAP,
    ranksep: STEP_GAP,
    edgesep: 14,
    marginx: MARGIN,
    marginy: MARGIN + TITLE,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stage of stages) {
    graph.setNode(groupID(stage), {});
    for (const { id } of stage.steps) {
      graph.setNode(id, { width: stepWidth, height: STEP_HEIGHT });
      graph.setParent(id, groupID(stage));
    }
  }
  const inside = edges.filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to));
  for (const { from, to, kind } of inside) graph.setEdge(from, to, { weight: kind === 'next' ? 8 : 1 });
  layout(graph);
  const placed = new Map(stages.flatMap(({ steps }) => steps.map(({ id }) => [id, graph.node(id) as Placed])));
  for (const { steps } of stages) standInColumn(steps.map(({ id }) => placed.get(id)!));
  const size = graph.graph() as { readonly width?: number; readonly height?: number };
  return {
    width: size.width ?? 0,
    height: size.height ?? 0,
    placed,
    bends: new Map(
      inside.map((edge) => [edge, (graph.edge(edge.from, edge.to) as { points: readonly Point[] }).points]),
    ),
  };
}

/** Stages side by side from `start` in rows no wider than `widthPx`, below `top`. */
function layoutPruned(
  stepWidth: number,
  stages: readonly GraphStage[],
  { start, top, widthPx }: { readonly start: number; readonly top: number; readonly widthPx: number },
): { width: number; height: number; placed: ReadonlyMap<string, Placed> } {
  const placed = new Map<string, Placed>();
  if (stages.length === 0) return { width: 0, height: top, placed };
  let [left, rowTop, bottom, width] = [start, top + PRUNED_GAP, top, 0];
  for (const { steps } of stages) {
    if (left > start && left + stepWidth + MARGIN > widthPx) {
      left = start;
      rowTop = bottom + PRUNED_GAP;
    }
    for (const [place, { id }] of steps.entries()) {
      const y = rowTop + STEP_HEIGHT / 2 + place * (STEP_HEIGHT + STEP_GAP);
      placed.set(id, { x: left + stepWidth / 2, y, width: stepWidth, height: STEP_HEIGHT });
      bottom = Math.max(bottom, y + STEP_HEIGHT / 2 + MARGIN);
    }
    left += stepWidth + STAGE_GAP + 18;
    width = Math.max(width, left - STAGE_GAP + MARGIN - 9);
  }
  return { width, height: bottom, placed };
}

/** The steps of a stage stand below each other: the layout moves one aside for a line that comes in beside it. */
function standInColumn(steps: readonly Placed[]): void {
  const middle = steps.map(({ x }) => x).sort((a, b) => a - b)[steps.length >> 1];
  if (middle !== undefined) for (const step of steps) step.x = middle;
}

/** From the lower edge of a box to the upper edge of the one below it. */
function straight(from: Placed, to: Placed): readonly Point[] {
  return [
    { x: from.x, y: from.y + from.height / 2 },
    { x: to.x, y: to.y - to.height / 2 },
  ];
}

const groupID = ({ index }: GraphStage): string => `stage ${index}`;

function boxOf({ x, y, width, height }: Placed): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A smooth line through points: half-way between two of them it is on the straight line. */
function pathOf(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const bends = rest.slice(0, -1).map((point, place) => {
    const next = rest[place + 1] ?? last;
    return `Q${point.x},${point.y} ${(point.x + next.x) / 2},${(point.y + next.y) / 2}`;
  });
  return [`M${first.x},${first.y}`, ...bends, `L${last.x},${last.y}`].join(' ');
}
