import { describe, expect, it, vi } from 'vitest';
import { addImage, built, openBuildWorld, treeOf, writes } from '../../tests/build/build-world.ts';

const DOCKERFILE = 'FROM busybox AS made\nRUN make\nFROM busybox\nCOPY --from=made /out /in\nCOPY src /src\n';

async function openWorld() {
  const made = openBuildWorld();
  await addImage(made, 'docker.io/library/busybox:latest', { '/hosts': '' });
  made.programs.set('make', writes('/out', 'made'));
  return { ...made, trees: vi.spyOn(made.store.snapshots, 'tree') };
}

const context = treeOf({ 'src/a.txt': 'one' });

describe('a build that comes whole from the cache', () => {
  it('reads the tree of no layer, not even of a stage it copies from', async () => {
    const { build, trees } = await openWorld();
    const first = built(await build(DOCKERFILE, { context }));
    trees.mockClear();
    const again = built(await build(DOCKERFILE, { context }));
    expect(again.imageID).toBe(first.imageID);
    expect(trees).not.toHaveBeenCalled();
  });

  it('looks into a stage anew where its layers, or what is taken of it, are others', async () => {
    const { build, programs } = await openWorld();
    const first = built(await build(DOCKERFILE, { context }));
    programs.set('remake', writes('/out', 'made in another way'));
    const remade = built(await build(DOCKERFILE.replace('RUN make', 'RUN remake'), { context }));
    expect(remade.imageID).not.toBe(first.imageID);
    const difference = remade.steps.find(({ instruction }) => instruction.startsWith('COPY --from'))?.cache;
    expect(difference).toMatchObject({ hit: false, differences: [{ kind: 'file', name: '/out' }] });
    const moved = built(await build(DOCKERFILE.replace('/out /in', '/hosts /in'), { context }));
    expect(moved.imageID).not.toBe(first.imageID);
  });

  it('is built again where a layer of it was lost', async () => {
    const { build, ran, store } = await openWorld();
    const first = built(await build(DOCKERFILE, { context }));
    vi.spyOn(store.snapshots, 'isComplete').mockResolvedValueOnce(false);
    expect(built(await build(DOCKERFILE, { context })).imageID).toBe(first.imageID);
    expect(ran).toEqual(['make', 'make']);
  });
});
