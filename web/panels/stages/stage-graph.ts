/** Stages, steps and what leads where, with what the last build reported of each: the graph and the times, as values. */
import type {
  BuildOutline,
  OutlinedStage,
  OutlinedStep,
  StepSummary,
  VertexStatus,
} from '../../../worker/api/types.ts';

/** A step as the graph shows it. */
export interface GraphStep {
  readonly id: string;
  readonly stage: number;
  readonly label: string;
  readonly line: number;
  /** FROM, not a step of the stage's own. */
  readonly from: boolean;
  readonly used: boolean;
  readonly durationMs?: number;
  readonly startedMs?: number;
  readonly state: 'cached' | 'done' | 'failed' | 'running' | 'unknown';
  readonly critical: boolean;
  readonly vertex?: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** In a chain of steps, the base of a stage, or files taken from one. */
  readonly kind: 'next' | 'base' | 'copy';
  readonly critical: boolean;
}

export interface GraphStage {
  readonly index: number;
  readonly title: string;
  readonly used: boolean;
  readonly steps: readonly GraphStep[];
}

export interface BuildGraph {
  readonly stages: readonly GraphStage[];
  readonly edges: readonly GraphEdge[];
  /** Along the critical path. */
  readonly criticalMs: number;
}

const fromID = (stage: number): string => `s${stage}`;
const stepID = (stage: number, place: number): string => `s${stage}.${place}`;

/** The graph of a Dockerfile. `vertexes` are what the last build reported, `steps` what came of them. */
export function buildGraph(
  { stages }: BuildOutline,
  vertexes: readonly VertexStatus[],
  steps: readonly StepSummary[] = [],
): BuildGraph {
  const byLine = vertexByLine(vertexes);
  const failed = new Set(steps.filter((step) => step.failed === true).map(({ vertex }) => vertex));
  const shown = stages.map((stage) => stepsOf(stage, byLine, failed));
  const edges = stages.flatMap((stage) => edgesOf(stage, stages));
  const { ids, totalMs } = criticalPath(shown.flat(), edges);
  return {
    stages: stages.map((stage, place) => ({
      index: stage.index,
      title: stage.name === '' ? `stage ${stage.index}` : stage.name,
      used: stage.used,
      steps: shown[place]!.map((step) => ({ ...step, critical: ids.has(step.id) })),
    })),
    edges: edges.map((edge) => ({ ...edge, critical: ids.has(edge.from) && ids.has(edge.to) })),
    criticalMs: totalMs,
  };
}

/** Internal vertices have no place; of several at a line the last one is the instruction's own. */
function vertexByLine(vertexes: readonly VertexStatus[]): ReadonlyMap<number, VertexStatus> {
  return new Map(
    vertexes.flatMap((vertex) => (vertex.source === undefined ? [] : [[vertex.source.startLine, vertex]])),
  );
}

function stepsOf(
  stage: OutlinedStage,
  byLine: ReadonlyMap<number, VertexStatus>,
  failed: ReadonlySet<string>,
): GraphStep[] {
  const node = (id: string, label: string, line: number, from: boolean): GraphStep => {
    const vertex = stage.used ? byLine.get(line) : undefined;
    return {
      id,
      stage: stage.index,
      label,
      line,
      from,
      used: stage.used,
      critical: false,
      ...timesOf(vertex),
      state: stateOf(vertex, failed),
      ...(vertex === undefined ? {} : { vertex: vertex.id }),
    };
  };
  return [
    node(fromID(stage.index), `FROM ${stage.baseName}`, stage.source.startLine, true),
    ...stage.steps.flatMap((step, place) =>
      step.runs ? [node(stepID(stage.index, place), step.instruction, step.source.startLine, false)] : [],
    ),
  ];
}

function timesOf(vertex: VertexStatus | undefined): Pick<GraphStep, 'durationMs' | 'startedMs'> {
  if (vertex?.startedMs === undefined) return {};
  const { startedMs, completedMs } = vertex;
  return { startedMs, ...(completedMs === undefined ? {} : { durationMs: completedMs - startedMs }) };
}

function stateOf(vertex: VertexStatus | undefined, failed: ReadonlySet<string>): GraphStep['state'] {
  if (vertex === undefined) return 'unknown';
  if (failed.has(vertex.id) || vertex.error !== undefined) return 'failed';
  if (vertex.cache?.hit === true) return 'cached';
  return vertex.completedMs === undefined ? 'running' : 'done';
}

function edgesOf(stage: OutlinedStage, stages: readonly OutlinedStage[]): Omit<GraphEdge, 'critical'>[] {
  const own = ownSteps(stage);
  const chain = own.map(({ id }, place) => ({
    from: own[place - 1]?.id ?? fromID(stage.index),
    to: id,
    kind: 'next' as const,
  }));
  const base = stages.find(({ index }) => index === stage.baseStage);
  const copies = own.flatMap(({ id, step }) =>
    step.fromStages.flatMap((index) => {
      const source = stages.find((each) => each.index === index);
      return source === undefined ? [] : [{ from: lastOf(source), to: id, kind: 'copy' as const }];
    }),
  );
  return [
    ...(base === undefined ? [] : [{ from: lastOf(base), to: fromID(stage.index), kind: 'base' as const }]),
    ...chain,
    ...copies,
  ];
}

function ownSteps({ index, steps }: OutlinedStage): { id: string; step: OutlinedStep }[] {
  return steps.flatMap((step, place) => (step.runs ? [{ id: stepID(index, place), step }] : []));
}

const lastOf = (stage: OutlinedStage): string => ownSteps(stage).at(-1)?.id ?? fromID(stage.index);

/** The chain of steps whose times add up to most: what a faster build must shorten. */
function criticalPath(
  steps: readonly GraphStep[],
  edges: readonly Omit<GraphEdge, 'critical'>[],
): { readonly ids: ReadonlySet<string>; readonly totalMs: number } {
  const into = new Map<string, string[]>();
  for (const { from, to } of edges) into.set(to, [...(into.get(to) ?? []), from]);
  const best = new Map<string, { ms: number; before: string | undefined }>();
  // stages stand after all they need, and steps after each other: one pass in the file's order
  for (const { id, durationMs = 0, used } of steps) {
    if (!used) continue;
    const before = (into.get(id) ?? []).reduce<string | undefined>(
      (longest, from) =>
        (best.get(from)?.ms ?? -1) > (longest === undefined ? -1 : (best.get(longest)?.ms ?? -1)) ? from : longest,
      undefined,
    );
    best.set(id, { ms: durationMs + (before === undefined ? 0 : (best.get(before)?.ms ?? 0)), before });
  }
  const lastUsed = steps.findLast(({ used }) => used);
  const ids = new Set<string>();
  const totalMs = lastUsed === undefined ? 0 : (best.get(lastUsed.id)?.ms ?? 0);
  if (totalMs === 0) return { ids, totalMs };
  for (let id: string | undefined = lastUsed?.id; id !== undefined; id = best.get(id)?.before) ids.add(id);
  return { ids, totalMs };
}

/** A bar of the build's times. */
export interface GanttRow {
  readonly step: GraphStep;
  /** Shares of the whole, 0 to 1. */
  readonly start: number;
  readonly width: number;
}

export interface Gantt {
  readonly rows: readonly GanttRow[];
  readonly totalMs: number;
}

/** When each step ran, those that were reported alone, in the order of their start. */
export function ganttOf({ stages }: BuildGraph): Gantt {
  const steps = stages
    .flatMap((stage) => stage.steps)
    .flatMap((step) =>
      step.startedMs === undefined
        ? []
        : [{ step, startedMs: step.startedMs, endMs: step.startedMs + (step.durationMs ?? 0) }],
    )
    .sort((a, b) => a.startedMs - b.startedMs);
  const firstMs = Math.min(...steps.map(({ startedMs }) => startedMs));
  const totalMs = Math.max(0, ...steps.map(({ endMs }) => endMs - firstMs));
  const share = (ms: number): number => (totalMs === 0 ? 0 : ms / totalMs);
  return {
    totalMs,
    rows: steps.map(({ step, startedMs, endMs }) => ({
      step,
      start: share(startedMs - firstMs),
      width: share(endMs - startedMs),
    })),
  };
}
