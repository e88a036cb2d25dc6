/** An image with layers of all kinds, and its union tree. */
import { resolvePath } from '../../worker/base/path.ts';
import type {
  CacheVerdict,
  ImageDetail,
  LayerMark,
  LayerSize,
  StackRow,
  StepSummary,
  TreeRow,
  WastedFile,
  WasteReport,
} from '../../worker/api/types.ts';

const digest = (seed: number): string =>
  `sha256:${(seed * 2654435761).toString(16).padStart(8, '0').repeat(8).slice(0, 64)}`;
const HIT: CacheVerdict = { hit: true, differences: [] };
const FILE: CacheVerdict = { hit: false, differences: [{ kind: 'file', name: 'nginx.conf', before: 'a', after: 'b' }] };
const PARENT: CacheVerdict = { hit: false, differences: [{ kind: 'parent', name: '' }] };

function row(layer: number, instruction: string, sizeBytes: number, more: Partial<StackRow>): StackRow {
  return {
    layer,
    diffID: digest(layer + 7),
    chainID: digest(layer + 77),
    instruction,
    sizeBytes,
    added: 0,
    changed: 0,
    deleted: 0,
    base: false,
    createdMs: Date.now() - 60_000,
    ...more,
  };
}

const metadata = (instruction: string, line: number): StackRow => ({
  instruction,
  sizeBytes: 0,
  added: 0,
  changed: 0,
  deleted: 0,
  base: false,
  createdMs: Date.now() - 60_000,
  source: { startLine: line, endLine: line },
});

const at = (line: number): Pick<StackRow, 'source' | 'vertex'> => ({
  vertex: `v${line - 1}`,
  source: { startLine: line, endLine: line },
});

export const IMAGE: ImageDetail = {
  id: digest(1),
  names: ['helloworld:latest'],
  sizeBytes: 172_209_300,
  createdMs: Date.now() - 60_000,
  replica: true,
  simulated: true,
  layers: [7, 8, 9, 10, 11].map(digest),
  baseName: 'ubuntu:20.04',
  stack: [
    row(0, 'ADD file:c3e6bb316dfa6b81d in /', 72_800_000, { base: true, added: 3_412 }),
    metadata('LABEL maintainer="web team"', 2),
    row(1, 'RUN apt-get update && apt-get install -y nginx', 99_400_000, {
      added: 1204,
      changed: 31,
      cache: HIT,
      simulated: 'apt-get installed from a catalogue',
      ...at(3),
    }),
    row(2, 'COPY ./nginx.conf /etc/nginx/nginx.conf', 1_100, { changed: 1, cache: FILE, ...at(4) }),
    row(3, 'COPY site/ /var/www/html/', 8_200, { added: 1, changed: 1, cache: PARENT, ...at(5) }),
    row(4, 'RUN rm -rf /var/lib/apt/lists/*', 0, { deleted: 23, cache: PARENT, ...at(6) }),
    metadata('EXPOSE 80', 7),
    metadata('CMD ["nginx", "-g", "daemon off;"]', 8),
  ],
  cmd: ['nginx', '-g', 'daemon off;'],
  entrypoint: [],
  env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
  workingDir: '/',
  user: '',
};

export const STEPS: readonly StepSummary[] = IMAGE.stack.map((each, place) => ({
  vertex: `v${place}`,
  name: `[${place + 1}/8] ${each.instruction}`,
  stage: '0',
  instruction: place === 0 ? 'FROM ubuntu:20.04' : each.instruction,
  source: each.source ?? { startLine: 1, endLine: 1 },
  sizeBytes: each.sizeBytes,
  layer: each.layer !== undefined,
  cache: each.cache ?? HIT,
  ...(each.simulated === undefined ? {} : { simulated: each.simulated }),
}));

/** The image as it was after step `place`. */
export function imageAfter(place: number): ImageDetail {
  const stack = IMAGE.stack.slice(0, place + 1);
  const layers = IMAGE.layers.slice(0, stack.filter(({ layer }) => layer !== undefined).length);
  const sizeBytes = stack.reduce((sum, each) => sum + each.sizeBytes, 0);
  return { ...IMAGE, id: digest(1000 + place), names: [], stack, layers, sizeBytes };
}

export const DOCKERFILE = `FROM ubuntu:20.04
LABEL maintainer="web team"
RUN apt-get update && apt-get install -y nginx
COPY ./nginx.conf /etc/nginx/nginx.conf
COPY site/ /var/www/html/
RUN rm -rf /var/lib/apt/lists/*
EXPOSE 80
CMD ["nginx", "-g", "daemon off;"]
`;

type Mark = readonly [layer: number, mark: LayerMark];

function file(path: string, sizeBytes: number, ...marks: Mark[]): TreeRow {
  const last = marks.at(-1)!;
  return {
    path: resolvePath(path),
    depth: path.split('/').length - 1,
    kind: path.endsWith('/') ? 'directory' : 'file',
    sizeBytes,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtimeMs: 0,
    layer: last[0],
    deleted: last[1] === 'deleted',
    marks: marks.map(([layer, mark]) => ({ layer, mark })),
  };
}

function folder(path: string, ...marks: Mark[]): TreeRow {
  return { ...file(path, 0, ...marks), kind: 'directory', mode: 0o755 };
}

/** The union of the image's layers; `files` more files in /usr/share, for long lists. */
export function unionTree(writable: boolean, files = 0): TreeRow[] {
  const written: Mark[] = writable ? [[5, 'modified']] : [];
  const deleted: Mark[] = writable ? [[5, 'deleted']] : [];
  return [
    folder('/', [0, 'added']),
    folder('/etc', [0, 'added']),
    file('/etc/hostname', 12, [0, 'added']),
    folder('/etc/nginx', [1, 'added']),
    file('/etc/nginx/mime.types', 3_900, [1, 'added']),
    file('/etc/nginx/nginx.conf', 1_100, [1, 'added'], [2, 'modified'], ...written),
    folder('/usr', [0, 'added']),
    folder('/usr/sbin', [0, 'added']),
    file('/usr/sbin/nginx', 1_200_000, [1, 'added']),
    folder('/usr/share', [0, 'added']),
    ...Array.from({ length: files }, (_, index) =>
      file(`/usr/share/file-${index}.txt`, index * 7, [index % 3, 'added']),
    ),
    folder('/var', [0, 'added']),
    folder('/var/lib', [0, 'added']),
    folder('/var/lib/apt', [0, 'added']),
    folder('/var/lib/apt/lists', [0, 'added']),
    file('/var/lib/apt/lists/archive_main_Packages.lz4', 38_100_000, [1, 'added'], [4, 'deleted']),
    file('/var/lib/apt/lists/security_main_Packages.lz4', 4_600_000, [1, 'added'], [4, 'deleted']),
    folder('/var/www', [1, 'added']),
    folder('/var/www/html', [1, 'added']),
    file('/var/www/html/index.html', 612, [1, 'added'], [3, 'modified']),
    file('/var/www/html/logo.svg', 7_600, [3, 'added'], ...deleted),
  ];
}

const wasted = (
  kind: WastedFile['kind'],
  path: string,
  sizeBytes: number,
  layer: number,
  cause: number,
): WastedFile => ({ kind, path: resolvePath(path), sizeBytes, layer, cause });

export const WASTE: WasteReport = {
  totalBytes: 172_209_300,
  hiddenBytes: 42_701_712,
  duplicateBytes: 7_600,
  files: [
    wasted('deleted', '/var/lib/apt/lists/archive_main_Packages.lz4', 38_100_000, 1, 4),
    wasted('deleted', '/var/lib/apt/lists/security_main_Packages.lz4', 4_600_000, 1, 4),
    { ...wasted('duplicate', '/var/www/html/logo.svg', 7_600, 3, 3), firstPath: resolvePath('/usr/share/logo.svg') },
    wasted('overwritten', '/etc/nginx/nginx.conf', 1_100, 1, 2),
    wasted('overwritten', '/var/www/html/index.html', 612, 1, 3),
  ],
};

export const LAYER_SIZES: readonly LayerSize[] = IMAGE.stack.flatMap(({ diffID, sizeBytes }) =>
  diffID === undefined ? [] : [{ diffID, sizeBytes, tarBytes: sizeBytes }],
);
