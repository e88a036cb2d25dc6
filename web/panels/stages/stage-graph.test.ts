import { expect, it } from 'vitest';
import type { VertexStatus } from '../../../worker/api/types.ts';
import { outlineBuild } from '../../../worker/engine/build-outline.ts';
import { layoutGraph } from './graph-layout.ts';
import { buildGraph, ganttOf } from './stage-graph.ts';

const TEXT = `FROM a AS slow
RUN slow
FROM a AS fast
RUN fast
FROM a AS unused
RUN never
FROM a
COPY --from=slow /s /
COPY --from=fast /f /
ENV x=1
`;
const outline = outlineBuild(TEXT, []);
const vertex = (line: number, startedMs: number, completedMs: number): VertexStatus => ({
  id: `v${line}`,
  name: '',
  inputs: [],
  startedMs,
  completedMs,
  source: { startLine: line, endLine: line },
});
const vertexes = [vertex(1, 0, 1), vertex(2, 1, 101), vertex(4, 1, 21), vertex(8, 101, 111), vertex(9, 111, 121)];

it('leads from stage to stage, with what is not needed marked', () => {
  const { stages, edges } = buildGraph(outline, []);
  expect(stages.map(({ title, used }) => [title, used])).toEqual([
    ['slow', true],
    ['fast', true],
    ['unused', false],
    ['stage 3', true],
  ]);
  expect(edges.filter(({ kind }) => kind === 'copy').map(({ from, to }) => [from, to])).toEqual([
    ['s0.0', 's3.0'],
    ['s1.0', 's3.1'],
  ]);
  expect(stages[3]!.steps.map(({ label }) => label)).toEqual([
    'FROM a',
    'COPY --from=slow /s /',
    'COPY --from=fast /f /',
  ]);
});

it('finds the path that took longest', () => {
  const { stages, criticalMs } = buildGraph(outline, vertexes);
  const critical = stages.flatMap(({ steps }) => steps.filter((step) => step.critical).map(({ line }) => line));
  expect(critical).toEqual([1, 2, 8, 9]);
  expect(criticalMs).toBe(121);
});

it('shows what ran at the same time', () => {
  const { rows, totalMs } = ganttOf(buildGraph(outline, vertexes));
  expect(totalMs).toBe(121);
  expect(rows.map(({ step }) => step.line)).toEqual([1, 2, 4, 8, 9]);
  expect(rows[1]!.start).toBeCloseTo(rows[2]!.start);
  expect(rows[1]!.width).toBeCloseTo(100 / 121);
});

it('lays steps out below each other, with no two in one place', () => {
  const graph = buildGraph(outline, []);
  const { steps, edges, width, height } = layoutGraph(graph);
  for (const [place, { box }] of steps.entries()) {
    expect(box.x + box.width).toBeLessThanOrEqual(width);
    expect(box.y + box.height).toBeLessThanOrEqual(height);
    for (const other of steps.slice(place + 1)) {
      const apart = Math.abs(box.x - other.box.x) >= box.width || Math.abs(box.y - other.box.y) >= box.height;
      expect(apart).toBe(true);
    }
  }
  expect(edges.every(({ path }) => /^M[\d.-]+,/.test(path))).toBe(true);
});

it('the steps of a stage stand below each other, joined by straight lines', () => {
  const graph = buildGraph(outline, []);
  const { steps, edges } = layoutGraph(graph);
  for (const stage of graph.stages) {
    const places = steps.filter(({ step }) => stage.steps.includes(step)).map(({ box }) => box);
    expect(new Set(places.map(({ x }) => x)).size).toBe(1);
    expect(places.map(({ y }) => y)).toEqual([...places.map(({ y }) => y)].sort((a, b) => a - b));
  }
  const within = edges.filter(({ edge }) => edge.kind === 'next');
  expect(within.every(({ path }) => /^M(\S+),\S+ L\1,\S+$/.test(path))).toBe(true);
});

it('lays what is not needed below the rest, in rows of its own', () => {
  const text = `${[1, 2, 3, 4].map((index) => `FROM a AS unused${index}\nRUN never ${index}\n`).join('')}${TEXT}`;
  const graph = buildGraph(outlineBuild(text, []), []);
  const { stages, width } = layoutGraph(graph, 700);
  const bottom = Math.max(...stages.filter(({ stage }) => stage.used).map(({ box }) => box.y + box.height));
  const pruned = stages.filter(({ stage }) => !stage.used).map(({ box }) => box);
  expect(pruned.every(({ y }) => y > bottom)).toBe(true);
  expect(new Set(pruned.map(({ y }) => y)).size).toBeGreaterThan(1);
  expect(Math.max(...pruned.map((box) => box.x + box.width))).toBeLessThanOrEqual(width);
});

it('makes the steps narrower where the panel is', () => {
  const graph = buildGraph(outline, []);
  expect(layoutGraph(graph, 760).width).toBeLessThanOrEqual(760);
  expect(layoutGraph(graph, 760).width).toBeLessThan(layoutGraph(graph).width);
});

it('puts stages below each other where they have no room side by side, with each line beside them on its own', () => {
  const { steps, stages, edges, width, height } = layoutGraph(buildGraph(outline, []), 340);
  expect(width).toBeLessThanOrEqual(340);
  expect(new Set(steps.map(({ box }) => box.x)).size).toBe(1);
  const used = stages.filter(({ stage }) => stage.used).map(({ box }) => box);
  for (const [place, box] of used.entries()) expect(box.y).toBeGreaterThan(used[place - 1]?.y ?? 0);
  expect(Math.max(...stages.map(({ box }) => box.y + box.height))).toBeLessThan(height);
  const lines = edges.filter(({ edge }) => edge.kind === 'copy').map(({ path }) => /H(\S+) Q/.exec(path)?.[1]);
  expect(lines).toHaveLength(2);
  expect(new Set(lines).size).toBe(2);
  expect(lines.every((x) => Number(x) < width)).toBe(true);
});
