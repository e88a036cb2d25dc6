import { expect, it } from 'vitest';
import type { PlannedLayer, PublishPlan } from '../../worker/api/types.ts';
import { formatBytes } from '../ui/format.ts';
import { publishRows, publishSummary, publishWaits } from './publish-rows.ts';

const layer = (more: Partial<PlannedLayer>): PlannedLayer => ({
  diffID: 'sha256:a',
  instruction: 'COPY . .',
  sizeBytes: 2_000,
  state: 'send',
  ...more,
});
const plan = (layers: readonly PlannedLayer[], more: Partial<PublishPlan> = {}): PublishPlan => ({
  registry: 'localhost:5000',
  repository: 'app',
  tag: '1',
  layers,
  ...more,
});

it('layers stand as in the stack: the last one on top', () => {
  const rows = publishRows(plan([layer({ diffID: 'base' }), layer({ diffID: 'top' })]), []);
  expect(rows.map(({ diffID }) => diffID)).toEqual(['top', 'base']);
});

it('a layer that is there says so, one that is elsewhere says where', () => {
  const rows = publishRows(plan([layer({ state: 'mount', from: 'team/base' }), layer({ state: 'present' })]), []);
  expect(rows.map(({ state }) => state)).toEqual(['already there', 'there as team/base']);
});

it('a layer on its way has a bar, one that arrived has none', () => {
  const status = { id: 'sha256:a', vertex: 'push', current: 500, total: 1000, startedMs: 0, action: 'Pushing' };
  expect(publishRows(plan([layer({})]), [status])[0]).toMatchObject({
    state: 'Pushing',
    bar: { currentBytes: 500, totalBytes: 1000 },
  });
  const done = publishRows(plan([layer({})]), [{ ...status, action: 'Pushed', completedMs: 1 }])[0];
  expect(done).toMatchObject({ state: 'Pushed', tone: 'done' });
  expect(done).not.toHaveProperty('bar');
});

it('a layer that waits for the registry says how long, without a bar', () => {
  const status = { id: 'sha256:a', vertex: 'push', current: 0, total: 1000, startedMs: 0 };
  const [row] = publishRows(plan([layer({})]), [{ ...status, action: 'Retrying in 12 seconds' }]);
  expect(row).toMatchObject({ state: 'Retrying in 12 seconds', tone: 'moving' });
  expect(row).not.toHaveProperty('bar');
});

it('the summary tells what is to be sent, and that a tag moves', () => {
  expect(publishSummary(plan([layer({ state: 'present' })]))).toBe('All layers are there already.');
  expect(publishSummary(plan([layer({}), layer({ state: 'present' })], { replaces: 'sha256:b' }))).toBe(
    `1 of 2 layers to send, ${formatBytes(2_000)} before compression. The tag 1 is taken: it will move to this image.`,
  );
});

it('what waits beside the layers is told, and no longer when it goes on', () => {
  const wait = { id: 'config and manifest', vertex: 'push', current: 0, total: 0, startedMs: 0 };
  const image = plan([layer({ diffID: 'base' })]);
  const retrying = { ...wait, action: 'Retrying in 4 seconds' };
  expect(publishWaits(image, [retrying, { ...retrying, id: 'base' }])).toEqual([
    'config and manifest: Retrying in 4 seconds',
  ]);
  expect(publishWaits(image, [{ ...wait, action: '' }])).toEqual([]);
});
