import { describe, expect, it } from 'vitest';
import { addImage, built, openBuildWorld, treeOf } from '../../../tests/build/build-world.ts';
import { utf8Text } from '../../base/bytes.ts';

const BUSYBOX = 'docker.io/library/busybox:latest';

describe('the image exporter', () => {
  it('gives history the times that layers were made at, and lines without a layer those around them', async () => {
    const world = openBuildWorld();
    await addImage(world, BUSYBOX, { '/hosts': '' });
    const context = treeOf({ a: '1', b: '2' });
    const { config } = built(
      await world.build('FROM busybox\nENV A=1\nCOPY a /\nENV B=2\nCOPY b /\nENV C=3\n', { context }),
    );
    const [base, a, first, b, second, c] = (config.history ?? []).map(({ created }) => created);
    expect(base).toBe('2020-01-01T00:00:00Z');
    expect(a).toBe(first);
    expect(b).toBe(first);
    expect(c).toBe(second);
    expect(new Date(first ?? '').getTime()).toBeLessThan(new Date(second ?? '').getTime());
    expect(config.created).toBe(second);
  });

  it('has no time for an image without layers', async () => {
    const { config } = built(await openBuildWorld().build('FROM scratch\nLABEL a=b\n'));
    expect(config.created).toBeUndefined();
    expect(config.history).toEqual([{ created_by: 'LABEL a=b', comment: 'buildkit.dockerfile.v0', empty_layer: true }]);
  });

  it("stores the config document under the image's ID, and sums up its layers", async () => {
    const world = openBuildWorld();
    const outcome = built(
      await world.build('FROM scratch\nCOPY . /\nCOPY . /d/\n', {
        context: treeOf({ a: '12345' }),
        labels: { who: 'me' },
        platform: { os: 'linux', architecture: 'arm64' },
      }),
    );
    const bytes = await world.store.content.readBytes(outcome.imageID);
    expect(JSON.parse(utf8Text(bytes))).toMatchObject({ architecture: 'arm64', config: { Labels: { who: 'me' } } });
    expect(await world.store.images.get(outcome.imageID)).toMatchObject({ sizeBytes: 10, marks: [] });
  });
});
