/** The bundled mirror as it is committed: pulled by the ordinary client, opened as a file system, looked at. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createClient, createStore, pullRequest } from '../../tests/interop/registry-world.ts';
import { utf8Text } from '../../worker/base/bytes.ts';
import { resolvePath } from '../../worker/base/path.ts';
import { directoryTransport } from '../../worker/host/node/directory-transport.ts';
import { layoutRegistry } from '../../worker/registry/layout-registry.ts';
import { pullImage } from '../../worker/registry/pull.ts';
import { readBody } from '../../worker/vfs/body.ts';
import { createUnionView } from '../../worker/vfs/union-view.ts';
import type { UnionView } from '../../worker/vfs/view.ts';
import { imageFiles, layerCache } from './image-files.ts';
import { REPLICA_LABEL } from './image.ts';
import { loadImages } from './images/index.ts';
import { layersOnDisk } from './layout.ts';

const PUBLIC = resolve(import.meta.dirname, '../../public');
const MIRROR = join(PUBLIC, 'mirror');
const MIRROR_URL = 'http://page.invalid/mirror';
const BASE_JSON = resolve(import.meta.dirname, '../../../shared/golden/base.json');

const opened = new Map<string, ReturnType<typeof pullAndOpen>>();

/** An image of the mirror as a file system; pulled once, since none of the tests writes to it. */
function open(name: string): ReturnType<typeof pullAndOpen> {
  const image = opened.get(name) ?? pullAndOpen(name);
  opened.set(name, image);
  return image;
}

async function pullAndOpen(name: string) {
  const store = createStore();
  const client = createClient(layoutRegistry(MIRROR_URL, directoryTransport(PUBLIC)), {
    settings: { mirrors: [MIRROR_URL] },
  });
  const { config } = await pullImage(pullRequest(client, store, name));
  let chain: Parameters<typeof store.snapshots.tree>[0];
  let sizeBytes = 0;
  for (const diffID of config.rootfs.diff_ids) {
    chain = await store.snapshots.putSnapshot(chain, diffID);
    sizeBytes += (await store.snapshots.layerInfo(diffID))?.sizeBytes ?? 0;
  }
  const tree = await store.snapshots.tree(chain);
  return { config, sizeBytes, tree, view: createUnionView(tree, { now: () => 0 }) };
}

async function textAt(view: UnionView, path: string): Promise<string> {
  const inode = view.lookup(resolvePath(path), { follow: true });
  return inode?.kind === 'file' ? utf8Text(await readBody(inode.body)) : '';
}

function sizeAt(view: UnionView, path: string): number | undefined {
  const inode = view.lookup(resolvePath(path), { follow: true });
  return inode?.kind === 'file' ? inode.body.sizeBytes : undefined;
}

describe('the mirror', () => {
  it('is what its scripts make', { timeout: 120_000 }, async () => {
    const known = layersOnDisk(MIRROR);
    for (const image of loadImages(known).filter(({ repository }) => /alpine|busybox|hello-world/.test(repository))) {
      const { blobs } = await imageFiles(image, layerCache(known));
      for (const [digest, body] of blobs) {
        expect(readFileSync(join(MIRROR, 'blobs', digest.replace(':', '/'))).equals(body), image.repository).toBe(true);
      }
    }
  });

  it('ships the notice that goes with the busybox binary', () => {
    expect(readFileSync(join(MIRROR, 'NOTICE'), 'utf8')).toMatch(
      /busybox-static[\s\S]*1:1\.37\.0-6\+b9[\s\S]*General Public License/,
    );
  });
});

describe('busybox', () => {
  it.skipIf(!existsSync(BASE_JSON))(
    `has the entries that the golden cases stand on${existsSync(BASE_JSON) ? '' : ' (../shared/golden is missing)'}`,
    async () => {
      const { config, tree } = await open('busybox');
      const { layers } = JSON.parse(readFileSync(BASE_JSON, 'utf8')) as { layers: object[][] };
      const ours = tree.layers[0]!.index.entries.map(({ path, kind, mode, uid, gid, target, sizeBytes }) => ({
        path: path.slice(1),
        type: kind === 'directory' ? 'dir' : kind,
        mode: mode.toString(8).padStart(4, '0'),
        uid,
        gid,
        ...(target === undefined ? {} : { target }),
        ...(kind === 'file' ? { size: sizeBytes } : {}),
      }));
      expect(sorted(ours)).toEqual(sorted(layers[0]!.map((entry) => ({ ...entry, sha256: undefined }))));
      expect(config.config).toMatchObject({ Cmd: ['sh'] });
      expect(config.config?.Labels).toBeUndefined();
    },
  );

  function sorted(entries: readonly object[]): readonly object[] {
    const plain = entries.map((entry) => JSON.parse(JSON.stringify(entry)) as { path: string });
    return plain.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  it('is real: its binary is a whole program', async () => {
    const { view } = await open('busybox');
    const inode = view.lookup(resolvePath('/bin/busybox'));
    const bytes = inode?.kind === 'file' ? await readBody(inode.body) : new Uint8Array();
    expect(utf8Text(bytes.subarray(0, 4))).toBe('\x7fELF');
    expect(bytes.subarray(1_000_000, 1_000_400).some((byte) => byte !== 0)).toBe(true);
  });
});

/** Size of the real image in bytes, as `docker images` showed it; what a replica is measured by. */
const REPLICAS: readonly (readonly [name: string, realBytes: number, pretty: RegExp])[] = [
  ['alpine', 7_800_000, /Alpine Linux v3\.20/],
  ['alpine:3.20', 7_800_000, /Alpine Linux v3\.20/],
  ['alpine:3.14', 5_610_000, /Alpine Linux v3\.14/],
  ['debian', 117_000_000, /bookworm/],
  ['debian:bullseye', 124_000_000, /bullseye/],
  ['golang', 850_000_000, /bookworm/],
  ['golang:1.16', 919_000_000, /bullseye/],
];

describe.each(REPLICAS)('the replica of %s', (name, realBytes, pretty) => {
  it('is as large as the real image, has its system files and a shell, and says that it is a replica', async () => {
    const { config, sizeBytes, view } = await open(name);
    expect(Math.abs(sizeBytes - realBytes) / realBytes).toBeLessThan(0.1);
    expect(await textAt(view, '/etc/os-release')).toMatch(pretty);
    expect(await textAt(view, '/etc/passwd')).toMatch(/^root:x:0:0:/);
    expect(sizeAt(view, '/bin/sh')).toBeGreaterThan(100_000);
    expect(view.lookup(resolvePath('/tmp'))?.mode).toBe(0o1777);
    expect(config.config?.Labels?.[REPLICA_LABEL]).toBeDefined();
    expect(config.config?.Env?.some((variable) => variable.startsWith('PATH='))).toBe(true);
  });
});

describe('package databases', () => {
  it('of alpine list the packages with their files', async () => {
    const { view } = await open('alpine');
    const installed = await textAt(view, '/lib/apk/db/installed');
    expect(installed).toMatch(/^P:musl\nV:1\.2\.5-r0$/m);
    expect(installed).toMatch(/^F:lib\nR:ld-musl-x86_64\.so\.1$/m);
    expect(await textAt(view, '/etc/alpine-release')).toBe('3.20.3\n');
    expect(view.lookup(resolvePath('/etc/shadow'))).toMatchObject({ mode: 0o640, gid: 42 });
  });

  it('of debian grow with each layer that installs', async () => {
    const names = (status: string): readonly string[] =>
      [...status.matchAll(/^Package: (.*)$/gm)].map((match) => match[1]!);
    const debian = names(await textAt((await open('debian')).view, '/var/lib/dpkg/status'));
    const golang = names(await textAt((await open('golang')).view, '/var/lib/dpkg/status'));
    expect(debian).toContain('bash');
    expect(debian).not.toContain('gcc');
    expect(golang).toEqual(expect.arrayContaining([...debian, 'gcc', 'git', 'curl']));
    expect(golang).toEqual([...golang].sort());
  });
});

describe('golang', () => {
  it('has Go in its place, the environment to use it, and a history with a line an instruction', async () => {
    const { config, view, tree } = await open('golang');
    expect(config.config).toMatchObject({ WorkingDir: '/go', Cmd: ['bash'] });
    expect(config.config?.Env).toEqual(
      expect.arrayContaining(['GOLANG_VERSION=1.24.4', 'GOTOOLCHAIN=local', 'GOPATH=/go']),
    );
    expect(await textAt(view, '/usr/local/go/VERSION')).toMatch(/^go1\.24\.4\n/);
    expect(sizeAt(view, '/usr/local/go/bin/go')).toBeGreaterThan(10_000_000);
    expect(view.lookup(resolvePath('/go/src'))?.mode).toBe(0o1777);
    const layers = (config.history ?? []).filter((entry) => entry.empty_layer !== true);
    expect(layers).toHaveLength(tree.layers.length);
    expect(config.history?.at(-1)?.created_by).toBe('WORKDIR /go');
  });

  it('shares its first layer with debian', async () => {
    const [golang, debian] = await Promise.all([open('golang'), open('debian')]);
    expect(golang.config.rootfs.diff_ids[0]).toBe(debian.config.rootfs.diff_ids[0]);
  });
});
