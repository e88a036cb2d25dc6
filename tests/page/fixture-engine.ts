/** An engine that answers from fixtures, with the pace of a real one. `?files=50000` makes the tree long; `?fail` fails. */
import {
  EngineError,
  TreeRows,
  type ContainerSummary,
  type EngineActivity,
  type EngineClient,
  type JobEvents,
  type LanguageClient,
  type Project,
} from '../../worker/api/types.ts';
import { serveLanguage } from '../../worker/api/language-service.ts';
import { savingOf } from '../../worker/dockerfile/savings/savings.ts';
import { outlineBuild } from '../../worker/engine/build-outline.ts';
import { DOCKERFILE, IMAGE, imageAfter, LAYER_SIZES, STEPS, unionTree, WASTE } from './fixture-image.ts';
import { fixturePlan, fixtureRegistries } from './fixture-registries.ts';
import { SCAN } from './fixture-scan.ts';
import { WRITES } from './fixture-writes.ts';

const query = new URLSearchParams(location.search);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const newContainer = (before: number): ContainerSummary => ({
  id: `c0ffee${before}`,
  name: before === 0 ? 'web' : `web-${before + 1}`,
  imageID: IMAGE.id,
  imageName: 'helloworld:latest',
  state: 'exited',
  exitCode: 0,
  createdMs: Date.now(),
  upper: { sizeBytes: 100_001_638, added: 1, changed: 3, deleted: 1 },
});

const text = (path: string, content: string) => ({ path, kind: 'file' as const, content, mode: 0o644, mtimeMs: 0 });

const PROJECT: Project = {
  id: 'fixture',
  name: 'static_web',
  revision: 1,
  files: [
    text('Dockerfile', DOCKERFILE),
    text('.dockerignore', 'node_modules\n# what a build does not need\n*.log\n'),
    text('nginx.conf', 'worker_processes 2;\n'),
    text('site/index.html', '<h1>Hello</h1>\n'),
    text('site/logo.svg', '<svg/>'),
    text('node_modules/left-pad/index.js', 'module.exports = 1;\n'),
    text('debug.log', 'noise\n'),
  ],
};

async function build({ onStatus, signal }: JobEvents): ReturnType<EngineClient['build']> {
  const startedMs = Date.now();
  onStatus?.({
    vertexes: [
      { id: 'load', name: '[internal] load build definition', inputs: [], startedMs, completedMs: startedMs + 1 },
    ],
  });
  for (const [place, step] of STEPS.entries()) {
    const vertex = {
      id: step.vertex,
      name: step.name,
      inputs: [],
      startedMs: startedMs + 13 * place,
      ...(step.source && { source: step.source }),
      ...(step.simulated && { simulated: step.simulated }),
    };
    onStatus?.({ vertexes: [vertex] });
    if (place === 0) {
      for (let share = 0; share <= 4; share += 1) {
        if (signal?.aborted === true) throw new EngineError('cancelled', 'Cancelled.');
        onStatus?.({
          statuses: [1, 2].map((layer) => ({
            id: `sha256:${String(layer).repeat(64)}`,
            vertex: step.vertex,
            current: (share * 9_100_000) / layer,
            total: 36_400_000 / layer,
            startedMs,
            action: 'Downloading',
            ...(share === 4 ? { completedMs: Date.now() } : {}),
          })),
        });
        await pause(Number(query.get('pace') ?? 20));
      }
    }
    if (place === 2)
      onStatus?.({
        logs: [
          {
            vertex: step.vertex,
            stream: 1,
            data: utf8('Get:1 http://archive.ubuntu.com focal InRelease [265 kB]\nReading package lists...\n'),
            timeMs: Date.now(),
          },
        ],
      });
    onStatus?.({
      vertexes: [{ ...vertex, completedMs: startedMs + 13 * place + 12, ...(step.cache && { cache: step.cache }) }],
    });
  }
  if (query.has('fail')) {
    const source = { startLine: 6, endLine: 6 };
    const error = {
      code: 'build' as const,
      message: 'process "/bin/sh -c rm -rf /nope" did not complete successfully: exit code: 1',
      data: {},
      source,
    };
    return {
      ok: false,
      error,
      steps: STEPS.map((step, place) => (place === 5 ? { ...step, failed: true } : step)),
      durationMs: 31,
    };
  }
  return { ok: true, image: IMAGE, steps: STEPS, durationMs: 31 };
}

export function fixtureEngine(): EngineClient {
  let containers: ContainerSummary[] = [];
  let tell: (activities: readonly EngineActivity[]) => void = () => undefined;
  return {
    build: (_files, _options, events) => build(events),
    images: async () => [
      IMAGE,
      {
        ...IMAGE,
        id: `sha256:${'2'.repeat(64)}`,
        names: ['ubuntu:20.04'],
        layers: [IMAGE.layers[0]!],
        sizeBytes: 72_800_000,
        simulated: false,
      },
    ],
    image: async () => IMAGE,
    stepImage: async (vertex) => imageAfter(Number(vertex.slice(1))),
    tree: async (target) => TreeRows.of(unionTree(target.kind === 'container', Number(query.get('files') ?? 0))),
    trace: async () => [
      { layer: 5, says: 'absent', visible: false },
      { layer: 4, says: 'absent', visible: false },
      { layer: 3, says: 'absent', visible: false },
      { layer: 2, says: 'found', visible: true, sizeBytes: 1_100 },
      { layer: 1, says: 'found', visible: false, sizeBytes: 1_078 },
      { layer: 0, says: 'absent', visible: false },
    ],
    readFile: async () => ({ bytes: utf8('worker_processes 2;\nevents {}\n'), sizeBytes: 30 }),
    async run({ container: there }, { onOutput }) {
      onOutput?.(1, utf8('hello from the container\n'));
      const running = containers.find(({ id }) => id === there) ?? newContainer(containers.length);
      containers = [...containers.filter(({ id }) => id !== running.id), { ...running, state: 'running' }];
      for (const event of WRITES) {
        await pause(Number(query.get('pace') ?? 20));
        tell([{ kind: 'write', event: { ...event, container: running.id, timeMs: Date.now() } }]);
      }
      containers = containers.map((each) => (each.id === running.id ? running : each));
      return { container: running, exitCode: 0, simulated: [] };
    },
    archive: async () => new Blob(['tar']),
    containers: async () => containers,
    async removeContainer() {
      containers = [];
    },
    push: async () => ({ digest: IMAGE.id }),
    pull: async () => IMAGE,
    save: async () => new Blob(['tar']),
    importSource: async () => ({ kind: 'images', images: [{ id: IMAGE.id, names: IMAGE.names }] }),
    planPublish: async ({ reference }) => fixturePlan(reference, IMAGE),
    registries: fixtureRegistries(),
    sites: async () => [],
    askSite: async () => ({ status: 200, headers: [], body: new Uint8Array() }),
    storage: async () => ({
      usedBytes: 188_000_000,
      lasting: true,
      quotaBytes: 2e9,
      images: 2,
      layersBytes: 172_000_000,
      contentBytes: 16_000_000,
      cacheRecords: 14,
    }),
    waste: async () => WASTE,
    savings: async (dockerfile, waste) => waste.map((facts) => savingOf(dockerfile, facts)),
    outline: async (dockerfile, files) => outlineBuild(dockerfile, files),
    classicTelling: () => Promise.resolve({ steps: [], text: '' }),
    scan: async () => SCAN,
    sbom: async () => '{}',
    addAdvisories: async (name) => ({ name, bundled: false, advisories: 1 }),
    removeAdvisories: async () => undefined,
    advisorySources: async () => SCAN.sources,
    layers: async () => LAYER_SIZES,
    removeImage: async () => ({ freedBytes: 72_800_000 }),
    undoRemoval: async () => undefined,
    prune: async () => ({ freedBytes: 1 }),
    prunable: async () => ({ freedBytes: 1 }),
    projects: async () => [{ id: 'fixture', name: 'static_web', revision: 1, updatedMs: Date.now() }],
    project: async () => PROJECT,
    saveProject: async ({ revision }) => revision + 1,
    removeProject: async () => undefined,
    restrictHosts: async () => undefined,
    openTerminal: (_size, { onOutput }) => ({
      async runLine(line) {
        onOutput(utf8(`${line}\n`));
        return { status: 0, ended: false, cwd: '/root/project', changes: { written: [], removed: [] }, bytesRead: 0 };
      },
      input: () => undefined,
      interrupt: () => undefined,
      resize: () => undefined,
      listImagesAsTree: () => undefined,
      complete: async (line) => ({ start: line.length, candidates: [] }),
      close: () => undefined,
    }),
    onForeignChange: () => () => undefined,
    onActivity(listener) {
      tell = listener;
      return () => undefined;
    },
  };
}

export function fixtureLanguage(): LanguageClient {
  return {
    ...serveLanguage(() => Promise.resolve({ repositories: [], config: () => Promise.resolve(undefined) })),
    diagnose: async () => [
      {
        severity: 'warning',
        message: 'The apt lists stay in the layer that fetched them',
        rule: 'AptListsKept',
        range: { startLine: 3, endLine: 3 },
      },
    ],
    ignored: async (_text, paths) =>
      paths.map((path) =>
        path.startsWith('node_modules')
          ? { path, ignored: true, line: 1 }
          : path.endsWith('.log')
            ? { path, ignored: true, line: 3 }
            : { path, ignored: false },
      ),
  };
}
