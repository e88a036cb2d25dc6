/** Places for the graph's boxes and lines: stages as boxes around their steps, laid out in layers from top to bottom. */
import { Graph, layout } from '@dagrejs/dagre';
import type { BuildGraph, GraphEdge, GraphStage, GraphStep } from './stage-graph.ts';

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

export const STEP_WIDTH = 236;
const STEP_HEIGHT = 40;
/** Room for a stage's name above its steps. */
const TITLE = 22;
const MARGIN = 14;

interface Placed {
  x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lays a graph out. */
export function layoutGraph({ stages, edges }: BuildGraph): GraphLayout {
  const graph = new Graph({ compound: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 26, ranksep: 22, edgesep: 14, marginx: MARGIN, marginy: MARGIN + TITLE });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const stage of stages) {
    graph.setNode(groupID(stage), {});
    for (const { id } of stage.steps) {
      graph.setNode(id, { width: STEP_WIDTH, height: STEP_HEIGHT });
      graph.setParent(id, groupID(stage));
    }
  }
  for (const { from, to, kind } of edges) graph.setEdge(from, to, { weight: kind === 'next' ? 8 : 1 });
  layout(graph);
  for (const { steps } of stages) standInColumn(steps.map(({ id }) => graph.node(id) as Placed));
  const size = graph.graph() as { readonly width?: number; readonly height?: number };
  return {
    width: Math.ceil(size.width ?? 0),
    height: Math.ceil(size.height ?? 0),
    stages: stages.map((stage) => ({
      stage,
      box: around(stage.steps.map(({ id }) => boxOf(graph.node(id) as Placed))),
    })),
    steps: stages.flatMap((stage) => stage.steps.map((step) => ({ step, box: boxOf(graph.node(step.id) as Placed) }))),
    edges: edges.map((edge) => {
      const { points } = graph.edge(edge.from, edge.to) as { points: readonly Point[] };
      const ends = [graph.node(edge.from) as Placed, graph.node(edge.to) as Placed] as const;
      return { edge, path: pathOf(edge.kind === 'next' ? straight(...ends) : points) };
    }),
  };
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

function around(boxes: readonly Box[]): Box {
  const left = Math.min(...boxes.map(({ x }) => x)) - 9;
  const top = Math.min(...boxes.map(({ y }) => y)) - TITLE;
  const right = Math.max(...boxes.map(({ x, width }) => x + width)) + 9;
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height)) + 9;
  return { x: left, y: top, width: right - left, height: bottom - top };
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
