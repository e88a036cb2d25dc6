import { expect, it } from 'vitest';
import type { ContainerSummary, EngineActivity, EngineClient, ImageDetail } from '../../worker/api/types.ts';
import { Containers } from './containers.svelte.ts';
import { Notices } from './notices.svelte.ts';

const IMAGE = { id: 'image' } as ImageDetail;

const summary = (id: string, createdMs: number, imageID = IMAGE.id, state = 'running'): ContainerSummary => ({
  id,
  name: id,
  imageID,
  imageName: imageID,
  state,
  exitCode: 0,
  createdMs,
  upper: { sizeBytes: 0, added: 0, changed: 0, deleted: 0 },
});

const write = (container: string, path: string): EngineActivity => ({
  kind: 'write',
  event: { kind: 'create', container, path, bytes: 1, timeMs: 0 },
});

/** The page's containers over an engine that has those of the list, which a test changes. */
function world() {
  const there: ContainerSummary[] = [summary('old', 1)];
  const engine = { containers: () => Promise.resolve([...there]) } as Partial<EngineClient> as EngineClient;
  return { there, containers: new Containers(engine, new Notices(), () => IMAGE) };
}

it('a container that starts on the image on screen is looked at, and what it wrote before it was known is told', async () => {
  const { there, containers } = world();
  await containers.refresh();
  expect(containers.activeOn(IMAGE)?.id).toBe('old');
  containers.choose('old');
  there.push(summary('new', 2));
  containers.take([write('new', '/a'), { kind: 'changed', what: 'containers' }]);
  await expect.poll(() => containers.activeOn(IMAGE)?.id).toBe('new');
  await expect.poll(() => containers.logOf('new').entries.map(({ path }) => path)).toEqual(['/a']);
  expect(containers.beside(IMAGE).map(({ id }) => id)).toEqual(['old', 'new']);
});

it('a container on another image is told of, and takes nothing from the one that is looked at', async () => {
  const { there, containers } = world();
  await containers.refresh();
  there.push(summary('stopped', 2, 'other', 'exited'), summary('elsewhere', 3, 'other'));
  containers.take([{ kind: 'changed', what: 'containers' }]);
  await expect.poll(() => containers.elsewhere(IMAGE)?.id).toBe('elsewhere');
  expect(containers.activeOn(IMAGE)?.id).toBe('old');
});

it('of many containers the latest stand side by side, and the one that is looked at among them', async () => {
  const { there, containers } = world();
  there.push(...[2, 3, 4, 5].map((time) => summary(`c${time}`, time)));
  await containers.refresh();
  containers.choose('old');
  expect(containers.beside(IMAGE).map(({ id }) => id)).toEqual(['old', 'c4', 'c5']);
});
