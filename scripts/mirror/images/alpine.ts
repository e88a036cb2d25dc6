/** Replicas of `alpine`: one layer, made of the packages of the release; and what `apk add` makes of it. */
import { fileLayer, textIn, type LaidFile, type LaidFiles } from '../file-layer.ts';
import { BUILDKIT, REPLICA_LABEL, type MirrorImage } from '../image.ts';
import type { BaseOfImage } from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { installedDatabase } from './alpine-database.ts';
import { BUSYBOX_LINKS, DIRECTORIES, DIRECTORY_MODES, layoutFiles } from './alpine-layout.ts';
import { alpinePackages, type AlpinePackage } from './alpine-packages.ts';
import { RELEASES, type AlpineRelease } from './alpine-releases.ts';

const SOURCE = "Alpine's package lists; programs and libraries are holes";
const INSTALLED = '/lib/apk/db/installed';
const WORLD = '/etc/apk/world';

/** A release as what other images are built on. */
export interface AlpineBase extends BaseOfImage {
  readonly layer: MirrorLayer;
  readonly created: string;
  readonly tags: readonly string[];
}

const bases = new Map<AlpineRelease, AlpineBase>();

/** The base image of a branch: always the same object, so that images share its layer. */
export function alpineBase(branch: keyof typeof RELEASES): AlpineBase {
  const release: AlpineRelease = RELEASES[branch];
  const base = bases.get(release) ?? makeBase(release);
  bases.set(release, base);
  return base;
}

function makeBase(release: AlpineRelease): AlpineBase {
  const comment = release.buildkit ? { comment: BUILDKIT } : {};
  const [add, command] = release.history;
  const { created, tags } = release;
  const layer = alpineLayer(release);
  return {
    layer,
    created,
    tags,
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      Cmd: ['/bin/sh'],
      ...(release.buildkit ? { WorkingDir: '/' } : {}),
    },
    steps: [
      { createdBy: add, layer, created, ...comment },
      { createdBy: command, created, ...comment },
    ],
  };
}

export function alpineImages(): readonly MirrorImage[] {
  const branches = Object.keys(RELEASES) as (keyof typeof RELEASES)[];
  return branches.map((branch) => {
    const { config, steps, created, tags } = alpineBase(branch);
    const labelled = { ...config, Labels: { [REPLICA_LABEL]: SOURCE } };
    return { repository: 'library/alpine', tags, created, config: labelled, steps };
  });
}

/**
 * What `apk add --no-cache` of these packages leaves: their files, and its records. `wanted` are the packages that were asked
 * for by name, as they stand in the world file; `below` the layers it runs on.
 */
export function apkFiles(
  below: readonly MirrorLayer[],
  packages: readonly AlpinePackage[],
  wanted: readonly string[],
  builtMs: number,
): LaidFiles {
  const world = [
    ...textIn(below, WORLD)
      .split('\n')
      .filter((line) => line !== ''),
    ...wanted,
  ];
  return {
    ...packages.reduce<LaidFiles>((files, pkg) => ({ ...files, ...pkg.files }), {}),
    [INSTALLED]: { text: textIn(below, INSTALLED) + installedDatabase(packages, builtMs) },
    [WORLD]: { text: `${[...new Set(world)].sort().join('\n')}\n` },
    '/lib/apk/db/scripts.tar': { sizeBytes: 15_360 },
    '/lib/apk/db/triggers': { sizeBytes: 95 },
  };
}

function alpineLayer(release: AlpineRelease): MirrorLayer {
  const packages = [baseLayout(release), ...alpinePackages(release)];
  const files: Record<string, LaidFile> = {};
  for (const path of [...DIRECTORIES, ...Object.keys(DIRECTORY_MODES)]) {
    files[path] = { directory: true, mode: DIRECTORY_MODES[path] ?? 0o755 };
  }
  for (const { files: own } of packages) Object.assign(files, own);
  for (const [directory, names] of Object.entries(BUSYBOX_LINKS)) {
    for (const name of names.split(' ')) files[`${directory}/${name}`] = { target: '/bin/busybox' };
  }
  const builtMs = Date.parse(release.created);
  files[INSTALLED] = { text: installedDatabase(packages, builtMs) };
  files['/lib/apk/db/lock'] = { text: '', mode: 0o600 };
  files['/lib/apk/db/scripts.tar'] = { sizeBytes: 13_824 };
  files['/lib/apk/db/triggers'] = {
    text: 'Q1YvRRg/xMyPAa1YgJqGyQTbxvLJ8= /bin /usr/bin /sbin /usr/sbin /lib/modules/*\n',
  };
  return fileLayer(files, builtMs);
}

function baseLayout(release: AlpineRelease): AlpinePackage {
  return {
    name: 'alpine-baselayout',
    version: release.baselayout,
    summary: 'Alpine base dir structure and init scripts',
    license: 'GPL-2.0-only',
    depends: ['/bin/sh', 'so:libc.musl-x86_64.so.1'],
    files: layoutFiles(release.release),
  };
}
