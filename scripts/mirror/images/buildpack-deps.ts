/** `buildpack-deps`: what the full images of languages are built on, and share the layers of. */
import { recordedLayer } from '../catalogue.ts';
import { BUILDKIT, REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import type { BaseOfImage } from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { BUILDPACK_PACKAGES } from '../record/packages.ts';
import { bookworm, type DebianBase } from './debian.ts';

/** The recorded layers of a suite, each on those before it. */
export function layersOn(base: DebianBase, names: readonly string[], mtimeMs: number): readonly MirrorLayer[] {
  return names.reduce<readonly MirrorLayer[]>(
    (layers, name) => [...layers, recordedLayer(`${name}-${base.suite}`, mtimeMs, [base.layer, ...layers])],
    [],
  );
}

/** What installs packages in an official Dockerfile, as its history shows it: line breaks gone, tabs kept. */
export function aptCommand(packages: string): string {
  return `set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\t${packages} \t; \trm -rf /var/lib/apt/lists/*`;
}

const CREATED = { curl: '2025-06-10T18:57:29Z', scm: '2025-06-10T20:03:36Z', full: '2025-06-10T21:20:12Z' };
const [curl, scm] = layersOn(bookworm, ['buildpack-deps-curl', 'buildpack-deps-scm'], Date.parse(CREATED.scm));
export const CURL_STEP = aptStep('ca-certificates \t\tcurl \t\tgnupg \t\tnetbase \t\tsq \t\twget', curl, CREATED.curl);
export const SCM_STEP = aptStep('git \t\tmercurial \t\topenssh-client \t\tsubversion \t\t\t\tprocps', scm, CREATED.scm);

/** Layers of `buildpack-deps:bookworm-scm`, of which further recorded layers continue dpkg's record. */
export const SCM_LAYERS: readonly MirrorLayer[] = [bookworm.layer, curl, scm].flatMap((layer) => layer ?? []);

const fullLayer = recordedLayer('buildpack-deps-bookworm', Date.parse(CREATED.full), SCM_LAYERS);

/** The full variant, with its layers. */
export const buildpackDeps: BaseOfImage & { readonly layers: readonly MirrorLayer[] } = {
  config: bookworm.config,
  steps: [...bookworm.steps, CURL_STEP, SCM_STEP, aptStep(BUILDPACK_PACKAGES.join(' \t\t'), fullLayer, CREATED.full)],
  layers: [...SCM_LAYERS, fullLayer],
};

const SOURCE = "Debian's packages; programs and libraries are holes";

export function buildpackDepsImages(): readonly MirrorImage[] {
  const image = (steps: readonly ImageStep[], created: string, tags: readonly string[]): MirrorImage => ({
    repository: 'library/buildpack-deps',
    tags,
    created,
    config: { ...bookworm.config, Labels: { [REPLICA_LABEL]: SOURCE } },
    steps,
  });
  const suites = ['bookworm', 'stable'];
  return [
    image([...bookworm.steps, CURL_STEP], CREATED.curl, ['curl', ...suites.map((suite) => `${suite}-curl`)]),
    image([...bookworm.steps, CURL_STEP, SCM_STEP], CREATED.scm, ['scm', ...suites.map((suite) => `${suite}-scm`)]),
    image(buildpackDeps.steps, CREATED.full, ['latest', ...suites]),
  ];
}

/** A step that installs packages. */
export function aptStep(packages: string, layer: MirrorLayer | undefined, created: string): ImageStep {
  return {
    createdBy: `RUN /bin/sh -c ${aptCommand(packages)} # buildkit`,
    comment: BUILDKIT,
    created,
    ...(layer === undefined ? {} : { layer }),
  };
}
