/** The bundled mirror as it is committed: pulled by the ordinary client, opened as a file system, looked at. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createClient, createJob, createStore, pullRequest } from '../../tests/interop/registry-world.ts';
import { utf8Text, type Bytes } from '../../worker/base/bytes.ts';
import { resolvePath } from '../../worker/base/path.ts';
import { partsStream } from '../../worker/codec/byte-parts.ts';
import { digestOf } from '../../worker/codec/sha256.ts';
import { directoryTransport } from '../../worker/host/node/directory-transport.ts';
import { unpackInline } from '../../worker/layer/unpack-layer.ts';
import { parseManifest } from '../../worker/oci/manifest.ts';
import { layoutRegistry } from '../../worker/registry/layout-registry.ts';
import { pullImage } from '../../worker/registry/pull.ts';
import { readReadyIndex, readyIndexOf } from '../../worker/store/ready-index.ts';
import { readBody } from '../../worker/vfs/body.ts';
import { encodeLayerIndex } from '../../worker/vfs/layer-index-codec.ts';
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

/** One store for all images: they share layers, which are read once then. */
const store = createStore();
const opened = new Map<string, ReturnType<typeof pullAndOpen>>();

/** An image of the mirror as a file system; pulled once, since none of the tests writes to it. */
function open(name: string): ReturnType<typeof pullAndOpen> {
  const image = opened.get(name) ?? pullAndOpen(name);
  opened.set(name, image);
  return image;
}

async function pullAndOpen(name: string) {
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

type Replica = readonly [name: string, realBytes: number, pretty: RegExp, shell: string];
const DASH = '/usr/bin/dash';
const BUSYBOX = '/bin/busybox';
const BASH = '/usr/bin/bash';

/** Size of the real image in bytes as `docker images` showed it, what it calls itself, and what its /bin/sh is. */
const REPLICAS: readonly Replica[] = [
  ['alpine', 8_310_000, /Alpine Linux v3\.22/, BUSYBOX],
  ['alpine:3.21', 7_830_000, /Alpine Linux v3\.21/, BUSYBOX],
  ['alpine:3.20', 7_800_000, /Alpine Linux v3\.20/, BUSYBOX],
  ['alpine:3.18', 7_360_000, /Alpine Linux v3\.18/, BUSYBOX],
  ['alpine:3.14', 5_610_000, /Alpine Linux v3\.14/, BUSYBOX],
  ['debian', 117_000_000, /bookworm/, DASH],
  ['debian:bookworm-slim', 74_800_000, /bookworm/, DASH],
  ['debian:trixie', 120_000_000, /trixie/, DASH],
  ['debian:trixie-slim', 78_600_000, /trixie/, DASH],
  ['debian:bullseye', 124_000_000, /bullseye/, DASH],
  ['debian:bullseye-slim', 80_600_000, /bullseye/, DASH],
  ['ubuntu', 78_100_000, /Ubuntu 24\.04/, DASH],
  ['ubuntu:22.04', 77_900_000, /Ubuntu 22\.04/, DASH],
  ['ubuntu:20.04', 72_800_000, /Ubuntu 20\.04/, DASH],
  ['ubuntu:18.04', 63_200_000, /Ubuntu 18\.04/, '/bin/dash'],
  ['ubuntu:16.04', 135_000_000, /Ubuntu 16\.04/, '/bin/dash'],
  ['buildpack-deps:scm', 337_000_000, /bookworm/, DASH],
  ['buildpack-deps', 914_000_000, /bookworm/, DASH],
  ['golang', 850_000_000, /bookworm/, DASH],
  ['golang:1.23', 838_000_000, /bookworm/, DASH],
  ['golang:1.23-alpine', 246_000_000, /v3\.22/, BUSYBOX],
  ['golang:1.22-alpine', 231_000_000, /v3\.21/, BUSYBOX],
  ['golang:1.21-alpine', 222_000_000, /v3\.20/, BUSYBOX],
  ['golang:1.16', 919_000_000, /bullseye/, DASH],
  ['golang:alpine', 271_000_000, /v3\.22/, BUSYBOX],
  ['node', 1_130_000_000, /bookworm/, DASH],
  ['node:22', 1_120_000_000, /bookworm/, DASH],
  ['node:22-slim', 226_000_000, /bookworm/, DASH],
  ['node:22-alpine', 161_000_000, /v3\.21/, BUSYBOX],
  ['node:20', 1_100_000_000, /bookworm/, DASH],
  ['node:20-slim', 201_000_000, /bookworm/, DASH],
  ['node:20-alpine', 135_000_000, /v3\.21/, BUSYBOX],
  ['node:18', 1_090_000_000, /bookworm/, DASH],
  ['node:18-slim', 195_000_000, /bookworm/, DASH],
  ['node:18-alpine', 127_000_000, /v3\.21/, BUSYBOX],
  ['python', 1_020_000_000, /bookworm/, DASH],
  ['python:3.12', 1_020_000_000, /bookworm/, DASH],
  ['python:3.12-slim', 124_000_000, /bookworm/, DASH],
  ['python:slim', 122_000_000, /bookworm/, DASH],
  ['python:3.12-alpine', 49_000_000, /v3\.22/, BUSYBOX],
  ['python:3.11', 1_010_000_000, /bookworm/, DASH],
  ['python:3.11-slim', 130_000_000, /bookworm/, DASH],
  ['python:3.10-slim', 128_000_000, /bookworm/, DASH],
  ['python:3.9-slim', 126_000_000, /bookworm/, DASH],
  ['nginx', 192_000_000, /bookworm/, DASH],
  ['nginx:alpine', 48_200_000, /v3\.21/, BUSYBOX],
  ['httpd', 148_000_000, /bookworm/, DASH],
  ['httpd:2.4-alpine', 62_900_000, /v3\.21/, BUSYBOX],
  ['redis', 128_000_000, /bookworm/, DASH],
  ['redis:7', 117_000_000, /bookworm/, DASH],
  ['redis:7-alpine', 41_400_000, /v3\.21/, BUSYBOX],
  ['registry:2', 25_400_000, /v3\.18/, BUSYBOX],
  ['registry', 57_700_000, /v3\.21/, BUSYBOX],
  ['fedora', 163_000_000, /Fedora Linux 42/, BASH],
];

describe.each(REPLICAS)('the replica of %s', (name, realBytes, pretty, shell) => {
  it('is as large as the real image, has its system files and its shell, and says that it is a replica', async () => {
    const { config, sizeBytes, view, tree } = await open(name);
    expect(Math.abs(sizeBytes - realBytes) / realBytes, `${sizeBytes} bytes`).toBeLessThan(0.1);
    expect(await textAt(view, '/etc/os-release')).toMatch(pretty);
    expect(await textAt(view, '/etc/passwd')).toMatch(/^root:x:0:0:/);
    expect(view.realPath(resolvePath('/bin/sh'))).toBe(shell);
    expect(sizeAt(view, '/bin/sh')).toBeGreaterThan(100_000);
    expect(view.lookup(resolvePath('/tmp'))?.mode).toBe(0o1777);
    expect(config.config?.Labels?.[REPLICA_LABEL]).toBeDefined();
    expect(config.config?.Env?.some((variable) => variable.startsWith('PATH='))).toBe(true);
    const layers = (config.history ?? []).filter((entry) => entry.empty_layer !== true);
    expect(layers).toHaveLength(tree.layers.length);
  });
});

describe('package databases', () => {
  it('of alpine list the packages with their files', async () => {
    const { view } = await open('alpine');
    const installed = await textAt(view, '/lib/apk/db/installed');
    expect(installed).toMatch(/^P:musl\nV:1\.2\.5-r10$/m);
    expect(installed).toMatch(/^F:lib\nR:ld-musl-x86_64\.so\.1$/m);
    expect(await textAt(view, '/etc/alpine-release')).toBe('3.22.0\n');
    expect(view.lookup(resolvePath('/etc/shadow'))).toMatchObject({ mode: 0o640, gid: 42 });
  });

  it('of alpine grow with what an image adds', async () => {
    const { view } = await open('python:3.12-alpine');
    expect(await textAt(view, '/lib/apk/db/installed')).toMatch(/^P:\.python-rundeps$/m);
    expect(await textAt(view, '/etc/apk/world')).toMatch(/^\.python-rundeps\n[\s\S]*^ca-certificates$/m);
  });

  it('of debian know the files of each package', async () => {
    const { view } = await open('debian');
    expect(await textAt(view, '/var/lib/dpkg/info/bash.list')).toMatch(/^\/bin\/bash$/m);
    expect(view.lookup(resolvePath('/var/lib/dpkg/info/bash.md5sums'))?.kind).toBe('file');
  });

  it('of ubuntu are its own', async () => {
    const { view } = await open('ubuntu');
    expect(await textAt(view, '/var/lib/dpkg/status')).toMatch(/^Package: ubuntu-keyring$/m);
    expect(await textAt(view, '/etc/apt/sources.list.d/ubuntu.sources')).toMatch(/archive\.ubuntu\.com/);
    expect(await textAt(view, '/etc/passwd')).toMatch(/^ubuntu:x:1000:1000:/m);
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
});

describe('layers', () => {
  it.each([
    ['golang', 'debian', 1],
    ['golang', 'node:22', 3],
    ['node:22', 'python:3.12', 4],
    ['golang:alpine', 'alpine', 1],
    ['python:3.12-alpine', 'alpine', 1],
    ['node:22-slim', 'debian:bookworm-slim', 1],
    ['nginx', 'redis:7', 1],
    ['python:3.12-slim', 'httpd', 1],
    ['nginx:alpine', 'redis:7-alpine', 1],
  ])('of %s and %s are the same as far as the real ones are: %i', async (one, other, shared) => {
    const [a, b] = await Promise.all([open(one), open(other)]);
    const [ours, theirs] = [a.config.rootfs.diff_ids, b.config.rootfs.diff_ids];
    expect(ours.slice(0, shared)).toEqual(theirs.slice(0, shared));
    expect(ours[shared]).not.toBe(theirs[shared] ?? 'none');
  });

  it.each([
    ['debian', 1],
    ['node:22', 8],
    ['node:22-alpine', 4],
    ['python:3.12', 7],
    ['python:3.12-slim', 4],
    ['nginx', 7],
    ['nginx:alpine', 8],
    ['redis:7', 8],
    ['registry:2', 5],
    ['hello-world', 1],
  ])('of %s are as many as the real image has: %i', async (name, count) => {
    expect((await open(name)).config.rootfs.diff_ids).toHaveLength(count);
  });
});

describe('configs', () => {
  it.each([
    ['nginx', { Cmd: ['nginx', '-g', 'daemon off;'], Entrypoint: ['/docker-entrypoint.sh'], StopSignal: 'SIGQUIT' }],
    ['nginx', { ExposedPorts: { '80/tcp': {} }, Env: expect.arrayContaining(['NGINX_VERSION=1.27.5']) as string[] }],
    ['httpd', { Cmd: ['httpd-foreground'], StopSignal: 'SIGWINCH', WorkingDir: '/usr/local/apache2' }],
    ['redis:7', { Cmd: ['redis-server'], Entrypoint: ['docker-entrypoint.sh'], Volumes: { '/data': {} } }],
    ['redis:7', { ExposedPorts: { '6379/tcp': {} }, WorkingDir: '/data' }],
    ['registry:2', { Cmd: ['/etc/docker/registry/config.yml'], Entrypoint: ['/entrypoint.sh'] }],
    ['registry:2', { Volumes: { '/var/lib/registry': {} }, ExposedPorts: { '5000/tcp': {} } }],
    ['node:lts', { Cmd: ['node'], Entrypoint: ['docker-entrypoint.sh'] }],
    ['python:3.12-alpine', { Cmd: ['python3'], Env: expect.arrayContaining(['LANG=C.UTF-8']) as string[] }],
    ['ubuntu', { Cmd: ['/bin/bash'] }],
    ['hello-world', { Cmd: ['/hello'] }],
  ])('of %s say what the real one says', async (name, expected) => {
    expect((await open(name)).config.config).toMatchObject(expected);
  });

  it('show the history as Docker shows it', async () => {
    const { config } = await open('nginx');
    const lines = (config.history ?? []).map(({ created_by }) => created_by);
    expect(lines.slice(-5)).toEqual([
      'COPY 30-tune-worker-processes.sh /docker-entrypoint.d # buildkit',
      'ENTRYPOINT ["/docker-entrypoint.sh"]',
      'EXPOSE map[80/tcp:{}]',
      'STOPSIGNAL SIGQUIT',
      'CMD ["nginx" "-g" "daemon off;"]',
    ]);
  });
});

describe('the layout', () => {
  const paths = readdirSync(MIRROR, { recursive: true, encoding: 'utf8' });

  it('has names that every file system and static host takes', () => {
    expect(paths.filter((path) => !/^[\w./-]+$/.test(path))).toEqual([]);
  });

  it('stays within its budget', () => {
    const bytes = paths.reduce(
      (sum, path) => sum + (statSync(join(MIRROR, path)).isFile() ? statSync(join(MIRROR, path)).size : 0),
      0,
    );
    expect(bytes).toBeLessThan(15_000_000);
  });

  const blob = (digest: string): Bytes => new Uint8Array(readFileSync(join(MIRROR, 'blobs', digest.replace(':', '/'))));
  const { manifests } = JSON.parse(readFileSync(join(MIRROR, 'index.json'), 'utf8')) as LayoutIndex;
  const images = new Map(manifests.map(({ digest }) => [digest, parseManifest(blob(digest), { allowNoLayers: true })]));

  it('has all that its names lead to and no more, each image within 1.25 mebibytes', async () => {
    const reached = new Set<string>(images.keys());
    for (const { config, layers } of images.values()) {
      const facts = [config, ...layers, ...layers.flatMap((layer) => readyIndexOf(layer) ?? [])];
      for (const { digest, size } of facts) {
        reached.add(digest);
        const bytes = blob(digest);
        expect([bytes.byteLength, await digestOf(bytes)]).toEqual([size, digest]);
      }
      expect(facts.reduce((sum, { size }) => sum + size, 0)).toBeLessThan(1.25 * 2 ** 20);
    }
    const stored = readdirSync(join(MIRROR, 'blobs/sha256')).map((name) => `sha256:${name}`);
    expect(stored.filter((digest) => !reached.has(digest))).toEqual([]);
    const names = manifests.map(({ annotations }) => annotations['org.opencontainers.image.ref.name']);
    expect(new Set(names).size).toBe(names.length);
  });

  it('has indexes beside its large layers that say what the layers say', { timeout: 120_000 }, async () => {
    const layers = new Map([...images.values()].flatMap((image) => image.layers.map((layer) => [layer.digest, layer])));
    let compared = 0;
    for (const layer of layers.values()) {
      const named = readyIndexOf(layer);
      if (named === undefined) continue;
      const { storedIndex, tarBytes } = await readReadyIndex(blob(named.digest));
      const unpacked = await unpackInline(partsStream([blob(layer.digest)]), createJob());
      expect('packed' in unpacked.tar && unpacked.tar.tarBytes).toBe(tarBytes);
      // as values: the comparison of objects takes minutes for columns this long
      expect(isDeepStrictEqual(storedIndex, encodeLayerIndex(unpacked.index)), layer.digest).toBe(true);
      compared++;
    }
    expect(compared).toBeGreaterThan(30);
  });
});

interface LayoutIndex {
  readonly manifests: readonly { digest: string; annotations: Record<string, string> }[];
}
