/**
 * Replicas of `golang`: Debian, the packages of buildpack-deps, the compiler's own, and Go. History and environment follow the
 * official images (docker-library/golang; their layers as docker-library/repo-info lists them).
 */
import { utf8 } from '../../../worker/base/bytes.ts';
import { recordedLayer } from '../catalogue.ts';
import { fileLayer } from '../file-layer.ts';
import { REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import { copy, emptyLayer, env, run, workdir, writtenImage, type Instruction } from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { caCertificates } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';
import { aptCommand, aptStep, CURL_STEP, layersOn, SCM_LAYERS, SCM_STEP } from './buildpack-deps.ts';
import { bookworm, bullseye, DEBIAN_PATH } from './debian.ts';

const SOURCE = "Debian's packages and Go's source tree; programs and libraries are holes";
const GOROOT_PATH = DEBIAN_PATH.replace('=', '=/usr/local/go/bin:');
const GOLANG_PATH = DEBIAN_PATH.replace('=', '=/go/bin:/usr/local/go/bin:');

interface GoRelease {
  readonly version: string;
  readonly created: string;
  /** Names without a variant, but for the version. */
  readonly names: readonly string[];
  readonly alpine: '3.22' | '3.21' | '3.20';
  /**
   * Bytes of its tree by those of the tree it is made of: the releases before 1.24 have its files, which were a little smaller then
   * (sizes of the official images as docker-library/repo-info lists them).
   */
  readonly scale: number;
}

const [NEWEST, ...OLDER]: readonly [GoRelease, ...GoRelease[]] = [
  { version: '1.24.4', created: '2025-06-10T22:46:00Z', names: ['1', '1.24'], alpine: '3.22', scale: 1 },
  { version: '1.23.10', created: '2025-06-10T22:46:00Z', names: ['1.23'], alpine: '3.22', scale: 0.953 },
  { version: '1.22.12', created: '2025-06-10T22:46:00Z', names: ['1.22'], alpine: '3.21', scale: 0.894 },
  { version: '1.21.13', created: '2025-06-10T22:46:00Z', names: ['1.21'], alpine: '3.20', scale: 0.857 },
];

export function golangImages(): readonly MirrorImage[] {
  return [NEWEST, ...OLDER].flatMap((release) => [onDebian(release), onAlpine(release)]).concat(course());
}

const goTree = recordedLayer('golang-1.24', Date.parse('2025-06-05T17:00:00Z'));

/** Go as a layer of its own, the same on Debian and on Alpine. */
function goLayer({ version, scale }: GoRelease): MirrorLayer {
  const layer = below(['/usr', '/usr/local'], goTree);
  if (scale === 1) return layer;
  const entries = layer.entries.map((entry) =>
    entry.kind === 'file' && !layer.bodies.has(entry.path)
      ? { ...entry, sizeBytes: Math.round(entry.sizeBytes * scale) }
      : entry,
  );
  return withVersion({ ...layer, entries }, version);
}

/** What both variants do after the packages of their base. */
function goInstructions(release: GoRelease): readonly Instruction[] {
  return [
    env('GOLANG_VERSION', release.version),
    env('GOTOOLCHAIN', 'local'),
    env('GOPATH', '/go'),
    env('PATH', GOLANG_PATH.replace('PATH=', '')),
    copy('/target/ /', goLayer(release)),
    run('mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH"', gopathLayer(0o1777, timeOf(release))),
    workdir('/go', emptyLayer(timeOf(release))),
  ];
}

const timeOf = ({ created }: GoRelease): number => Date.parse(created);

const sourceOf = (release: GoRelease): string =>
  release === NEWEST ? SOURCE : `${SOURCE}; its files are those of Go ${NEWEST.version}, scaled to its size`;

function onDebian(release: GoRelease): MirrorImage {
  const build = recordedLayer('golang-build-bookworm', timeOf(release), SCM_LAYERS);
  const names = [...release.names, release.version];
  return writtenImage({
    repository: 'library/golang',
    tags: [...(release === NEWEST ? ['latest', 'bookworm'] : []), ...names, ...names.map((name) => `${name}-bookworm`)],
    created: release.created,
    source: sourceOf(release),
    base: {
      config: bookworm.config,
      steps: [
        ...bookworm.steps,
        CURL_STEP,
        SCM_STEP,
        aptStep('g++ \t\tgcc \t\tlibc6-dev \t\tmake \t\tpkg-config', build, release.created),
      ],
    },
    instructions: goInstructions(release),
  });
}

function onAlpine(release: GoRelease): MirrorImage {
  const base = alpineBase(release.alpine);
  const time = timeOf(release);
  const names = [
    ...(release === NEWEST ? ['alpine'] : []),
    ...[...release.names, release.version].map((name) => `${name}-alpine`),
  ];
  return writtenImage({
    repository: 'library/golang',
    tags: names.flatMap((name) => [name, `${name}${release.alpine}`]),
    created: release.created,
    source: sourceOf(release).replace("Debian's packages", "Alpine's package lists"),
    base,
    instructions: [
      run(
        'apk add --no-cache ca-certificates',
        fileLayer(apkFiles([base.layer], [caCertificates()], ['ca-certificates'], time), time),
      ),
      ...goInstructions(release),
    ],
  });
}

/** Go 1.16, which many courses name; Debian has 1.15, whose tree differs little. The image of its time, without BuildKit. */
function course(): MirrorImage {
  const version = '1.16.15';
  const created = '2022-07-12T16:03:11Z';
  const time = Date.parse(created);
  const names = ['buildpack-deps-curl', 'buildpack-deps-gnupg', 'buildpack-deps-scm', 'golang-build'];
  const [curl, gnupg, scm, build] = layersOn(bullseye, names, time);
  const go = withVersion(recordedLayer('golang-1.15', Date.parse('2022-03-03T20:00:00Z')), version);
  const step = (createdBy: string, layer?: MirrorLayer): ImageStep => ({
    createdBy: `/bin/sh -c ${createdBy}`,
    ...(layer === undefined ? {} : { layer }),
  });
  const meta = (instruction: string): ImageStep => step(`#(nop)  ${instruction}`);
  const gnupgCommand =
    'set -ex; \tif ! command -v gpg > /dev/null; then \t\tapt-get update; \t\tapt-get install -y --no-install-recommends ' +
    '\t\t\tgnupg \t\t\tdirmngr \t\t; \t\trm -rf /var/lib/apt/lists/*; \tfi';
  const scmCommand =
    'apt-get update && apt-get install -y --no-install-recommends \t\tgit \t\tmercurial \t\topenssh-client \t\tsubversion ' +
    '\t\t\t\tprocps \t&& rm -rf /var/lib/apt/lists/*';
  // The real line also chooses the architecture and checks signatures, two thousand characters of it.
  const goCommand =
    `set -eux; \twget -O go.tgz 'https://dl.google.com/go/go${version}.linux-amd64.tar.gz' --progress=dot:giga; ` +
    '\ttar -C /usr/local -xzf go.tgz; \trm go.tgz; \tgo version';
  return {
    repository: 'library/golang',
    tags: ['1.16', version, '1.16-bullseye', `${version}-bullseye`],
    created,
    config: {
      Env: [GOLANG_PATH, `GOLANG_VERSION=${version}`, 'GOPATH=/go'],
      Cmd: ['bash'],
      WorkingDir: '/go',
      Labels: { [REPLICA_LABEL]: SOURCE },
    },
    steps: [
      ...bullseye.steps,
      step(aptCommand('ca-certificates \t\tcurl \t\tnetbase \t\twget'), curl),
      step(gnupgCommand, gnupg),
      step(scmCommand, scm),
      step(aptCommand('g++ \t\tgcc \t\tlibc6-dev \t\tmake \t\tpkg-config'), build),
      meta(`ENV ${GOROOT_PATH}`),
      meta(`ENV GOLANG_VERSION=${version}`),
      step(goCommand, below(['/usr', '/usr/local'], go)),
      meta('ENV GOPATH=/go'),
      meta(`ENV ${GOLANG_PATH}`),
      step('mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 777 "$GOPATH"', gopathLayer(0o777, time)),
      step('#(nop) WORKDIR /go'),
    ],
  };
}

/** A layer with directories above it that it does not list itself. */
function below(directories: readonly string[], layer: MirrorLayer): MirrorLayer {
  return { ...layer, entries: [...directories.map((path) => directory(path, 0o755)), ...layer.entries] };
}

function withVersion(layer: MirrorLayer, version: string): MirrorLayer {
  const path = '/usr/local/go/VERSION';
  const body = utf8(`go${version}`);
  const entries = layer.entries.map((entry) =>
    entry.path === path && entry.kind === 'file' ? { ...entry, sizeBytes: body.byteLength } : entry,
  );
  return { ...layer, entries, bodies: new Map([...layer.bodies, [path, body]]) };
}

function gopathLayer(mode: number, mtimeMs: number): MirrorLayer {
  return { entries: ['/go', '/go/bin', '/go/src'].map((path) => directory(path, mode)), bodies: new Map(), mtimeMs };
}

function directory(path: string, mode: number) {
  return { kind: 'directory' as const, path, mode, uid: 0, gid: 0 };
}
