/**
 * Replicas of `python`: on buildpack-deps, on Debian's slim image, on Alpine. History and environment follow the official images
 * (docker-library/python).
 */
import { recordedLayer } from '../catalogue.ts';
import { fileLayer, link, overlaid } from '../file-layer.ts';
import type { MirrorImage } from '../image.ts';
import { cmd, env, run, writtenImage, type BaseOfImage, type Instruction } from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { renamedTree } from '../renamed-tree.ts';
import type { AlpinePackage } from './alpine-packages.ts';
import { caCertificates, pythonLibraries, tzdata } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';
import { aptCommand, buildpackDeps } from './buildpack-deps.ts';
import { bookwormSlim, DEBIAN_PATH } from './debian.ts';

const SOURCE = 'a CPython built from source; programs and libraries are holes';

interface PythonRelease {
  /** `3.12`. */
  readonly branch: string;
  readonly version: string;
  readonly created: string;
  readonly sha256: string;
  readonly gpgKey: string;
  readonly names: readonly string[];
  /** The branch whose tree stands in for that of an older one, under its names. */
  readonly tree?: string;
}

const RELEASES: readonly PythonRelease[] = [
  {
    branch: '3.13',
    version: '3.13.4',
    created: '2025-06-10T20:35:00Z',
    sha256: '27b15a797562a2971dce3ffe31bb216042ce0b995b39d768cf15f784cc757365',
    gpgKey: '7169605F62C751356D054A26A821E680E5FA6305',
    names: ['3', '3.13', '3.13.4'],
  },
  {
    branch: '3.12',
    version: '3.12.11',
    created: '2025-06-10T20:38:00Z',
    sha256: 'c30bb24b7f1e9a19b11b55a546434f74e739bb4c271a3e3a80ff4380d49f7adb',
    gpgKey: '7169605F62C751356D054A26A821E680E5FA6305',
    names: ['3.12', '3.12.11'],
  },
  {
    branch: '3.11',
    version: '3.11.13',
    created: '2025-06-10T20:41:00Z',
    sha256: '8fb5f9fbc7609fa822cb31549884575db7fd9657cbffb89510b5d7975963a83a',
    gpgKey: 'A035C8C19219BA821ECEA86B64E628F8D684696D',
    names: ['3.11', '3.11.13'],
    tree: '3.12',
  },
  {
    branch: '3.10',
    version: '3.10.18',
    created: '2025-06-10T20:44:00Z',
    sha256: 'ae665bc678abd9ab6a6e1573d2481625a53719bc517e9a634ed2b9fefae3817f',
    gpgKey: 'A035C8C19219BA821ECEA86B64E628F8D684696D',
    names: ['3.10', '3.10.18'],
    tree: '3.12',
  },
  {
    branch: '3.9',
    version: '3.9.23',
    created: '2025-06-10T20:47:00Z',
    sha256: '61a42919e13d539f7673cf11d1c404380e28e540510860b9d242196e165709c9',
    gpgKey: 'E3FF2839C048B25C084DEBE9B26995E310250568',
    names: ['3.9', '3.9.23'],
    tree: '3.12',
  },
];
/** From this branch on the images set no locale. */
const WITHOUT_LOCALE = '3.13';
const PATH = DEBIAN_PATH.replace('PATH=', '/usr/local/bin:');

export function pythonImages(): readonly MirrorImage[] {
  return RELEASES.flatMap((release) => [full(release), slim(release), alpine(release)]);
}

/** Tags of a variant; the newest release has the variant's own name too. */
function tags({ version, names }: PythonRelease, ...variants: readonly string[]): readonly string[] {
  const latest = version === RELEASES[0]?.version;
  return variants.flatMap((variant) => {
    const own = variant === '' ? 'latest' : variant;
    return [...(latest ? [own] : []), ...names.map((name) => (variant === '' ? name : `${name}-${variant}`))];
  });
}

function full(release: PythonRelease): MirrorImage {
  const time = Date.parse(release.created);
  const libraries = recordedLayer('python-build-bookworm', time, buildpackDeps.layers);
  return variant(release, buildpackDeps, tags(release, '', 'bookworm'), time, (python) => [
    env('PATH', PATH),
    ...(release.branch === WITHOUT_LOCALE ? [] : [env('LANG', 'C.UTF-8')]),
    run(aptCommand('libbluetooth-dev \t\ttk-dev \t\tuuid-dev'), libraries),
    ...python,
  ]);
}

function slim(release: PythonRelease): MirrorImage {
  const time = Date.parse(release.created) + 60_000;
  const libraries = recordedLayer('python-slim-bookworm', time, [bookwormSlim.layer]);
  return variant(release, bookwormSlim, tags(release, 'slim', 'slim-bookworm'), time, (python) => [
    env('PATH', PATH),
    ...(release.branch === WITHOUT_LOCALE ? [] : [env('LANG', 'C.UTF-8')]),
    run(aptCommand('ca-certificates \t\tnetbase \t\ttzdata'), libraries),
    ...python,
  ]);
}

function alpine(release: PythonRelease): MirrorImage {
  const base = alpineBase('3.22');
  const time = Date.parse(release.created) + 120_000;
  const certificates = fileLayer(
    apkFiles([base.layer], [caCertificates(), tzdata()], ['ca-certificates', 'tzdata'], time),
    time,
  );
  const libraries = apkFiles(
    [base.layer, certificates],
    [...pythonLibraries(), runtimeDependencies(time)],
    ['.python-rundeps'],
    time,
  );
  return variant(release, base, tags(release, 'alpine', 'alpine3.22'), time, (python) => [
    env('PATH', PATH),
    ...(release.branch === WITHOUT_LOCALE ? [] : [env('LANG', 'C.UTF-8')]),
    run('set -eux; \tapk add --no-cache \t\tca-certificates \t\ttzdata \t;', certificates),
    ...python.map((instruction) =>
      instruction.kind === 'run' && instruction.text.includes('make')
        ? { ...instruction, layer: overlaid(instruction.layer, fileLayer(libraries, time)) }
        : instruction,
    ),
  ]);
}

function variant(
  release: PythonRelease,
  base: BaseOfImage,
  names: readonly string[],
  mtimeMs: number,
  instructions: (python: readonly Instruction[]) => readonly Instruction[],
): MirrorImage {
  const { version, sha256, gpgKey, tree } = release;
  return writtenImage({
    repository: 'library/python',
    tags: names,
    created: release.created,
    source: tree === undefined ? SOURCE : `${SOURCE}; its files are those of Python ${tree}`,
    base,
    instructions: [
      ...instructions([
        env('GPG_KEY', gpgKey),
        env('PYTHON_VERSION', version),
        env('PYTHON_SHA256', sha256),
        run(pythonCommand(), pythonLayer(release, mtimeMs)),
        run(
          'set -eux; \tfor src in idle3 pip3 pydoc3 python3 python3-config; do \t\tdst="$(echo "$src" | tr -d 3)"; \t\t[ -s "/usr/local/bin/$src" ]; \t\t[ ! -e "/usr/local/bin/$dst" ]; \t\tln -svT "$src" "/usr/local/bin/$dst"; \tdone',
          fileLayer(LINKS, mtimeMs),
        ),
      ]),
      cmd('python3'),
    ],
  });
}

/** The links that a step of their own makes; the recorded tree has them too. */
const LINKS = Object.fromEntries(
  ['idle3', 'pip3', 'pydoc3', 'python3', 'python3-config'].map((name) => [
    `/usr/local/bin/${name.replace('3', '')}`,
    link(name),
  ]),
);

/** Extension modules as the official image has them: stripped, which takes off most of what a plain build weighs. */
const STRIPPED = 0.33;

function pythonLayer({ branch, tree = branch }: PythonRelease, mtimeMs: number): MirrorLayer {
  const digits = (text: string): string => text.replace('.', '');
  const layer = renamedTree(recordedLayer(`python-${tree}`, mtimeMs), [
    [tree, branch],
    [`cpython-${digits(tree)}`, `cpython-${digits(branch)}`],
  ]);
  const entries = layer.entries
    .filter(({ path }) => LINKS[path] === undefined)
    .map((entry) =>
      entry.kind === 'file' && entry.path.includes('/lib-dynload/')
        ? { ...entry, sizeBytes: Math.round(entry.sizeBytes * STRIPPED) }
        : entry,
    );
  return overlaid({ ...layer, entries }, fileLayer({}, mtimeMs));
}

/** What `apk add --virtual` keeps: a package of dependencies alone, whose version is the moment it was made. */
function runtimeDependencies(builtMs: number): AlpinePackage {
  const stamp = new Date(builtMs).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return {
    name: '.python-rundeps',
    version: `${stamp.slice(0, 8)}.${stamp.slice(8)}`,
    summary: 'virtual meta package',
    license: '',
    depends: pythonLibraries().flatMap(({ provides }) => provides ?? []),
    files: {},
  };
}

/** The real line also configures for the architecture and keeps track of what to remove. */
function pythonCommand(): string {
  return (
    'set -eux; \t\twget -O python.tar.xz "https://www.python.org/ftp/python/${PYTHON_VERSION%%[a-z]*}/Python-$PYTHON_VERSION.tar.xz"; ' +
    '\techo "$PYTHON_SHA256 *python.tar.xz" | sha256sum -c -; \tmkdir -p /usr/src/python; ' +
    '\ttar --extract --directory /usr/src/python --strip-components=1 --file python.tar.xz; \trm python.tar.xz; \t\tcd /usr/src/python; ' +
    '\t./configure \t\t--enable-loadable-sqlite-extensions \t\t--enable-option-checking=fatal \t\t--enable-shared \t\t--with-lto \t\t--with-ensurepip \t; ' +
    '\tnproc="$(nproc)"; \tmake -j "$nproc"; \tmake install; \t\tcd /; \trm -rf /usr/src/python; \t\tldconfig; ' +
    '\t\texport PYTHONDONTWRITEBYTECODE=1; \tpython3 --version; \tpip3 --version'
  );
}
