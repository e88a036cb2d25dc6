import { expect, it } from 'vitest';
import { makeVertex, vertexesOf, type Vertex } from './graph.ts';
import type { Operation } from './operation.ts';

function vertex(name: string, base?: Vertex, ...sources: (Vertex | undefined)[]): Vertex {
  const operation: Operation = {
    kind: 'test',
    definition: name,
    keyParts: () => Promise.resolve([]),
    execute: () => Promise.reject(new Error('not run')),
  };
  return makeVertex({ name, operation, base, sources, lineage: name, ignoreCache: false });
}

it('tells all that a vertex stands on and takes from, each once', () => {
  const bottom = vertex('bottom');
  const left = vertex('left', bottom);
  const right = vertex('right', bottom, undefined, left);
  const top = vertex('top', left, right, bottom);
  expect(vertexesOf(top).map(({ name }) => name)).toHaveLength(4);
  expect(new Set(vertexesOf(top))).toEqual(new Set([top, left, right, bottom]));
  expect(vertexesOf(undefined)).toEqual([]);
});

it('follows a chain of thousands', () => {
  let last = vertex('0');
  for (let i = 1; i < 5000; i++) last = vertex(String(i), last);
  expect(vertexesOf(last)).toHaveLength(5000);
});
