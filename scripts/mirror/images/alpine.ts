/** Replicas of `alpine`: one layer, made of the packages of the release. */
import { utf8 } from '../../../worker/base/bytes.ts';
import { BUILDKIT, REPLICA_LABEL, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { sortedByPath, type ListedEntry } from '../tree-list.ts';
import { BUSYBOX_LINKS, DIRECTORIES, DIRECTORY_MODES, layoutFiles } from './alpine-layout.ts';
import { alpinePackages, type AlpinePackage, type AlpineVersions, type PackagedFile } from './alpine-packages.ts';

interface AlpineRelease extends AlpineVersions {
  readonly release: string;
  readonly tags: readonly string[];
  readonly created: string;
  /** History as the image of that time shows it. */
  readonly history: readonly [add: string, command: string];
  /** The image was made with BuildKit, which marks its history. */
  readonly buildkit: boolean;
}

const RELEASES: readonly AlpineRelease[] = [
  {
    release: '3.20.3',
    tags: ['latest', '3', '3.20', '3.20.3'],
    created: '2024-09-06T22:20:07Z',
    history: ['ADD alpine-minirootfs-3.20.3-x86_64.tar.gz / # buildkit', 'CMD ["/bin/sh"]'],
    buildkit: true,
    baselayout: '3.6.5-r0',
    keys: '2.4-r1',
    apkTools: '2.14.4-r0',
    busybox: '1.36.1-r29',
    certificates: '20240705-r0',
    openssl: '3.3.2-r0',
    musl: '1.2.5-r0',
    scanelf: '1.3.7-r2',
    zlib: '1.3.1-r1',
    opensslSoname: '3',
    apkSoname: '2.14.0',
    zlibSoname: '1.3.1',
    sizes: {
      busybox: 808_712,
      libcrypto: 4_575_904,
      libssl: 800_904,
      musl: 650_768,
      libapk: 206_664,
      certificates: 220_404,
      zlib: 101_928,
    },
  },
  {
    release: '3.14.10',
    tags: ['3.14', '3.14.10'],
    created: '2023-03-29T18:19:24Z',
    history: [
      '/bin/sh -c #(nop) ADD file:b9bd10cf83356cb7281baa0fbaca5186cf27491f59eda87abe57f83a5aaf5ec1 in / ',
      '/bin/sh -c #(nop)  CMD ["/bin/sh"]',
    ],
    buildkit: false,
    baselayout: '3.2.0-r16',
    keys: '2.4-r0',
    apkTools: '2.12.7-r0',
    busybox: '1.33.1-r8',
    certificates: '20220614-r0',
    openssl: '1.1.1t-r2',
    musl: '1.2.2-r5',
    scanelf: '1.3.2-r0',
    zlib: '1.2.12-r3',
    opensslSoname: '1.1',
    apkSoname: '3.12.0',
    zlibSoname: '1.2.12',
    sizes: {
      busybox: 829_000,
      libcrypto: 2_632_912,
      libssl: 530_944,
      musl: 600_216,
      libapk: 218_664,
      certificates: 217_420,
      zlib: 100_376,
    },
  },
];

const SOURCE = "Alpine's package lists; programs and libraries are holes";

export function alpineImages(): readonly MirrorImage[] {
  return RELEASES.map((release) => {
    const comment = release.buildkit ? { comment: BUILDKIT } : {};
    const [add, command] = release.history;
    return {
      repository: 'library/alpine',
      tags: release.tags,
      created: release.created,
      config: {
        Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
        Cmd: ['/bin/sh'],
        ...(release.buildkit ? { WorkingDir: '/' } : {}),
        Labels: { [REPLICA_LABEL]: SOURCE },
      },
      steps: [
        { createdBy: add, layer: alpineLayer(release), ...comment },
        { createdBy: command, ...comment },
      ],
    };
  });
}

function alpineLayer(release: AlpineRelease): MirrorLayer {
  const packages = [baseLayout(release), ...alpinePackages(release)];
  const files = new Map<string, PackagedFile>(packages.flatMap(({ files: own }) => Object.entries(own)));
  for (const [directory, names] of Object.entries(BUSYBOX_LINKS)) {
    for (const name of names.split(' ')) files.set(`${directory}/${name}`, { target: '/bin/busybox' });
  }
  files.set('/lib/apk/db/installed', { text: installedDatabase(packages, Date.parse(release.created)) });
  files.set('/lib/apk/db/lock', { text: '', mode: 0o600 });
  files.set('/lib/apk/db/scripts.tar', { sizeBytes: 13_824 });
  files.set('/lib/apk/db/triggers', {
    text: 'Q1YvRRg/xMyPAa1YgJqGyQTbxvLJ8= /bin /usr/bin /sbin /usr/sbin /lib/modules/*\n',
  });
  return layerOf(files, Date.parse(release.created));
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

/** apk's record of what is installed: a paragraph a package, its directories and files below. */
function installedDatabase(packages: readonly AlpinePackage[], builtMs: number): string {
  return packages
    .map((pkg) => {
      const lines = [
        `P:${pkg.name}`,
        `V:${pkg.version}`,
        'A:x86_64',
        `I:${Object.values(pkg.files).reduce((sum, file) => sum + sizeOf(file), 0)}`,
        `T:${pkg.summary}`,
        `U:https://git.alpinelinux.org/cgit/aports/tree/main/${pkg.origin ?? pkg.name}`,
        `L:${pkg.license}`,
        `o:${pkg.origin ?? pkg.name}`,
        `t:${builtMs / 1000}`,
        ...(pkg.depends === undefined ? [] : [`D:${pkg.depends.join(' ')}`]),
        ...(pkg.provides === undefined
          ? []
          : [`p:${pkg.provides.map((name) => providedName(name, pkg.version)).join(' ')}`]),
        ...fileLines(pkg),
      ];
      return `${lines.join('\n')}\n\n`;
    })
    .join('');
}

/** A command or library is provided in a version, a path as it is. */
function providedName(name: string, version: string): string {
  return name.startsWith('/')
    ? name
    : `${name}=${name.startsWith('so:') ? (/\.so\.([\d.]+)$/.exec(name)?.[1] ?? '1') : version}`;
}

function fileLines({ files }: AlpinePackage): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const [path, file] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const slash = path.lastIndexOf('/');
    const directory = path.slice(1, slash);
    if (directory !== current) lines.push(`F:${directory}`);
    current = directory;
    lines.push(`R:${path.slice(slash + 1)}`);
    if ('mode' in file) lines.push(`a:0:${'gid' in file ? file.gid : 0}:${file.mode.toString(8)}`);
  }
  return lines;
}

function sizeOf(file: PackagedFile): number {
  if ('sizeBytes' in file) return file.sizeBytes;
  return 'text' in file ? utf8(file.text).byteLength : 0;
}

function layerOf(files: ReadonlyMap<string, PackagedFile>, mtimeMs: number): MirrorLayer {
  const directories = new Set(DIRECTORIES.flatMap((path) => withParents(path)));
  for (const path of files.keys()) for (const parent of withParents(path).slice(0, -1)) directories.add(parent);
  const entries: ListedEntry[] = [...directories].map((path) => ({
    kind: 'directory',
    path,
    mode: DIRECTORY_MODES[path] ?? 0o755,
    uid: 0,
    gid: 0,
  }));
  const bodies = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [path, file] of files) {
    if ('target' in file) {
      entries.push({ kind: 'symlink', path, target: file.target });
      continue;
    }
    if ('text' in file) bodies.set(path, utf8(file.text));
    const elf = 'elf' in file && file.elf;
    const gid = 'gid' in file ? (file.gid ?? 0) : 0;
    entries.push({ kind: 'file', path, sizeBytes: sizeOf(file), elf, mode: file.mode ?? 0o644, uid: 0, gid });
  }
  return { entries: sortedByPath(entries), bodies, mtimeMs };
}

/** `/a/b` as `/a`, `/a/b`. */
function withParents(path: string): readonly string[] {
  const segments = path.slice(1).split('/');
  return segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`);
}
