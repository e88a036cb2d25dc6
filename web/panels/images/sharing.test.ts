import { expect, it } from 'vitest';
import type { ImageSummary } from '../../../worker/api/types.ts';
import { sharingOf } from './sharing.ts';

const image = (id: string, layers: readonly string[]): ImageSummary => ({
  id,
  names: [`${id}:latest`],
  sizeBytes: 0,
  replica: false,
  simulated: false,
  layers,
});
const size = (diffID: string, sizeBytes: number) => ({ diffID, sizeBytes, tarBytes: sizeBytes });

it('counts a shared layer once, and tells what each image has alone', () => {
  const images = [image('base', ['b']), image('one', ['b', 'x']), image('two', ['b', 'y'])];
  const sharing = sharingOf(images, [size('b', 100), size('x', 7), size('y', 5)]);
  expect(sharing).toMatchObject({ layers: 3, shared: 1, onceBytes: 112, apartBytes: 312 });
  expect(sharing.stacks.map(({ ownBytes }) => ownBytes)).toEqual([0, 7, 5]);
});

it('paints a shared layer alike everywhere, and two shared layers apart', () => {
  const { stacks } = sharingOf([image('one', ['a', 'b', 'x']), image('two', ['a', 'b'])], []);
  const [first, second] = stacks.map(({ slabs }) => slabs.map(({ paint }) => paint));
  expect(first!.slice(0, 2)).toEqual(second);
  expect(first![0]).not.toEqual(first![1]);
});
