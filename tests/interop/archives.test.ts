/** Images as files, exchanged with umoci, skopeo and the real Docker Engine: the same digests, the same trees. */
import { openAsBlob } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAll } from '../../worker/base/bytes.ts';
import { createEngine, type Engine } from '../../worker/engine/engine.ts';
import type { SaveFormat } from '../../worker/engine/model.ts';
import { nodeEngineParts } from '../../worker/host/node/node-engine.ts';
import { readArchive } from '../../worker/registry/archive-files.ts';
import { dockerMissing, output, skopeoMissing, umociMissing } from './peers.ts';
import { createJob } from './registry-world.ts';

const NAME = 'strata-interop-archive';
const DOCKERFILE = `FROM busybox
RUN mkdir -p /home/ada && echo hi > /home/ada/hi && chown 1234:56 /home/ada/hi && chmod 4755 /home/ada/hi
RUN ln -s /home/ada/hi /link && ln /home/ada/hi /hard && rm -rf /var/www && mkdir -m 1777 /shared
CMD ["cat", "/link"]
`;

let engine: Engine;
let folder = '';

beforeAll(async () => {
  engine = createEngine(nodeEngineParts());
  folder = await mkdtemp(join(tmpdir(), 'strata-archives-'));
  const file = { path: 'Dockerfile', kind: 'file', content: DOCKERFILE, mode: 0o644, mtimeMs: 0 } as const;
  const built = await engine.build([file], { tags: [`${NAME}:1`] }, createJob(), () => undefined);
  expect(built.ok).toBe(true);
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Saves the image into a file of the test's folder. */
async function saved(format: SaveFormat): Promise<string> {
  const path = join(folder, `${format}.tar`);
  await writeFile(path, await readAll((await engine.save(`${NAME}:1`, createJob(), format)).stream()));
  return path;
}

/** Every path below a folder of this machine, with kind, mode, owner, size and link target. */
async function listing(root: string): Promise<readonly string[]> {
  const text = await output('find', root, '-mindepth', '1', '-printf', '%P %y %m %U:%G %s %l\\n');
  return text
    .split('\n')
    .map((line) => line.replace(/^(\S+ d \S+ \S+) \d+/, '$1'))
    .sort();
}

async function unpacked(tar: string, name: string): Promise<string> {
  const root = join(folder, name);
  await mkdir(root);
  await output('tar', '-xpf', tar, '--numeric-owner', '-C', root);
  return root;
}

const layoutPeers = umociMissing ?? skopeoMissing;
describe.skipIf(layoutPeers !== undefined)(`an OCI layout${told(layoutPeers)}`, () => {
  it('is unpacked by umoci to the tree that we save as a root file system', async () => {
    const layout = await unpacked(await saved('oci'), 'layout');
    await output('umoci', 'unpack', '--image', `${layout}:1`, join(folder, 'bundle'));
    const ours = await unpacked(await saved('root'), 'root');
    expect(await listing(join(folder, 'bundle/rootfs'))).toEqual(await listing(ours));
  });

  it('comes back from skopeo byte for byte, as a file and as a folder', async () => {
    const [from, to] = [await saved('oci'), join(folder, 'copied')];
    await output('skopeo', 'copy', `oci-archive:${from}:1`, `oci:${to}:1`);
    const { id } = await engine.image(`${NAME}:1`);
    const files = await readArchive(await openAsBlob(from), createJob());
    const content = await Promise.all(
      (await output('find', to, '-type', 'f', '-printf', '%P\\n')).split('\n').map(async (path) => ({
        path,
        content: await openAsBlob(join(to, path)),
      })),
    );
    const blobs = (paths: Iterable<string>): string[] => [...paths].filter((path) => path.startsWith('blobs/')).sort();
    expect(blobs(content.map(({ path }) => path))).toEqual(blobs(files.keys()));
    const other = createEngine(nodeEngineParts());
    const loaded = await other.importSource({ name: 'copied', content }, createJob());
    expect(loaded.images.map((image) => image.id)).toEqual([id]);
    // and once more: the manifest it came by leaves with it
    const again = await other.save(id, createJob(), 'oci');
    expect(blobs((await readArchive(again, createJob())).keys())).toEqual(blobs(files.keys()));
  });
});

describe.skipIf(dockerMissing !== undefined)(`a docker archive${told(dockerMissing)}`, () => {
  afterAll(() => output('docker', 'rmi', '-f', `${NAME}:1`, `${NAME}:flat`));

  it('is loaded by Docker, run there, and saved again with the same blobs', async () => {
    const path = await saved('docker');
    await output('docker', 'load', '-i', path);
    const { id } = await engine.image(`${NAME}:1`);
    expect(await output('docker', 'image', 'inspect', '-f', '{{.Id}}', `${NAME}:1`)).toBe(id);
    expect(await output('docker', 'run', '--rm', '--network', 'none', `${NAME}:1`)).toBe('hi');
    const again = join(folder, 'again.tar');
    await output('docker', 'save', '-o', again, `${NAME}:1`);
    const [ours, theirs] = await Promise.all([blobsOf(path), blobsOf(again)]);
    // Docker writes a manifest of its own kind for the layout; config and layers are what they were
    expect(theirs.filter((blob) => ours.includes(blob)).length).toBeGreaterThanOrEqual(ours.length - 1);
    const table = async (tar: string): Promise<unknown> =>
      JSON.parse(await output('tar', '-xOf', tar, 'manifest.json'));
    expect(await table(again)).toEqual(await table(path));
  });

  it('that Docker saved is here the same image, with the same layers', async () => {
    const path = join(folder, 'busybox.tar');
    await output('docker', 'save', '-o', path, 'busybox:latest');
    const loaded = await engine.importSource({ name: 'busybox.tar', content: await openAsBlob(path) }, createJob());
    const inspect = (format: string) => output('docker', 'image', 'inspect', '-f', format, 'busybox:latest');
    expect(loaded.images.map(({ id }) => id)).toEqual([await inspect('{{.Id}}')]);
    const { layers } = await engine.image(loaded.images[0]!.id);
    expect(layers).toEqual(JSON.parse(await inspect('{{json .RootFS.Layers}}')));
  });

  it('as a root file system is imported by Docker to the same tree', async () => {
    const path = await saved('root');
    await output('docker', 'import', path, `${NAME}:flat`);
    const container = await output('docker', 'create', '--network', 'none', `${NAME}:flat`, '/bin/true');
    const exported = join(folder, 'exported.tar');
    await output('docker', 'export', '-o', exported, container);
    await output('docker', 'rm', container);
    const names = async (tar: string): Promise<Set<string>> =>
      new Set((await output('tar', '-tf', tar)).split('\n').map((name) => name.replace(/^\.\/|\/$/g, '')));
    const [ours, theirs] = await Promise.all([names(path), names(exported)]);
    expect([...ours].filter((name) => !theirs.has(name))).toEqual([]);
  });
});

async function blobsOf(path: string): Promise<readonly string[]> {
  const files = await readArchive(await openAsBlob(path), createJob());
  return [...files.keys()].filter((name) => name.startsWith('blobs/')).sort();
}

function told(reason: string | undefined): string {
  return reason === undefined ? '' : ` (${reason})`;
}
