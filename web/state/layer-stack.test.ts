import { describe, expect, it } from 'vitest';
import type { ContainerSummary, ImageDetail, StackRow } from '../../worker/api/types.ts';
import { PATTERNS, paintOf, WRITABLE_PAINT } from './layer-paint.ts';
import { changeCounts, layersOf, slabHeight, stackEntries } from './layer-stack.ts';

function row(instruction: string, layer?: number, base = false): StackRow {
  const made = layer === undefined ? {} : { layer, diffID: `d${layer}`, chainID: `c${layer}` };
  return { ...made, instruction, sizeBytes: 10, added: 1, changed: 0, deleted: 0, base };
}

const IMAGE: ImageDetail = {
  id: 'sha256:1',
  names: ['web:latest'],
  sizeBytes: 40,
  replica: false,
  simulated: false,
  layers: ['d0', 'd1', 'd2'],
  baseName: 'alpine:latest',
  stack: [
    row('ADD rootfs', 0, true),
    row('CMD ["sh"]', undefined, true),
    row('WORKDIR /root', 1),
    row('CMD ["x"]'),
    row('COPY . .', 2),
  ],
  cmd: [],
  entrypoint: [],
  env: [],
  workingDir: '/',
  user: '',
};

const CONTAINER: ContainerSummary = {
  id: 'k',
  name: 'web',
  imageID: IMAGE.id,
  imageName: 'web:latest',
  state: 'exited',
  exitCode: 0,
  createdMs: 0,
  upper: { sizeBytes: 7, added: 1, changed: 0, deleted: 0 },
};

it('the stack is told top first, the base folded to one slab', () => {
  const entries = stackEntries(IMAGE, undefined, false);
  expect(entries.map((entry) => entry.kind)).toEqual(['layer', 'metadata', 'layer', 'base']);
  expect(entries.at(-1)).toMatchObject({ base: { name: 'alpine:latest', layers: 1, sizeBytes: 20 } });
});

it('an open base shows its own layers and metadata one by one', () => {
  const titles = stackEntries(IMAGE, undefined, true).map((entry) =>
    'row' in entry ? entry.row.instruction : entry.kind,
  );
  expect(titles).toEqual(['COPY . .', 'CMD ["x"]', 'WORKDIR /root', 'CMD ["sh"]', 'ADD rootfs']);
});

it('a container puts its writable layer on top, with the index after the image’s last', () => {
  const [top] = stackEntries(IMAGE, CONTAINER, false);
  expect(top).toMatchObject({ kind: 'writable', layer: { index: 3, writable: true, sizeBytes: 7 } });
  expect(layersOf(IMAGE, CONTAINER).map((layer) => layer.index)).toEqual([0, 1, 2, 3]);
});

it('keys of the stack are different, so that it can move', () => {
  const keys = stackEntries({ ...IMAGE, stack: [...IMAGE.stack, row('CMD ["x"]')] }, CONTAINER, true).map(
    (entry) => entry.key,
  );
  expect(new Set(keys).size).toBe(keys.length);
});

describe('paint', () => {
  it('tells 42 own layers apart by colour and pattern together', () => {
    const seen = new Set(Array.from({ length: 42 }, (_, own) => JSON.stringify(paintOf(2 + own, 2, 99))));
    expect(seen.size).toBe(42);
  });

  it('neighbours differ in colour and in pattern', () => {
    for (let own = 0; own < 20; own += 1) {
      const [lower, upper] = [paintOf(own, 0, 99), paintOf(own + 1, 0, 99)];
      expect(lower.colour).not.toBe(upper.colour);
      expect(lower.pattern).not.toBe(upper.pattern);
    }
  });

  it('grey is the base alone, orange the writable layer alone', () => {
    expect(paintOf(1, 2, 4).colour).toBe('var(--layer-base)');
    expect(paintOf(2, 2, 4)).toEqual({ colour: 'var(--layer-1)', pattern: PATTERNS[0] });
    expect(paintOf(4, 2, 4)).toBe(WRITABLE_PAINT);
  });
});

it('a slab’s height grows with its share of the bytes, and is never less than its text needs', () => {
  expect(slabHeight(0, 100, 50, 150)).toBe(50);
  expect(slabHeight(50, 100, 50, 150)).toBe(125);
  expect(slabHeight(0, 0, 50, 150)).toBe(50);
});

it('counts leave out what is zero', () => {
  expect(changeCounts({ added: 1204, changed: 31, deleted: 0 })).toBe('1,204 added, 31 changed');
  expect(changeCounts({ added: 0, changed: 0, deleted: 0 })).toBe('no files changed');
});
