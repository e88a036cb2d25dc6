/**
 * Replicas of `golang`: Debian, the packages of buildpack-deps, the compiler's own, and Go. History and environment follow the
 * official image (docker-library/golang, 1.24/bookworm; its layers are those of docker-library/repo-info).
 */
import { recordedLayer } from '../catalogue.ts';
import { BUILDKIT, REPLICA_LABEL, type ImageStep, type MirrorImage } from '../image.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { bookworm, bookwormStep } from './debian.ts';

const VERSION = '1.24.4';
const CREATED = '2025-06-10T22:46:00Z';
const GO_RELEASED = '2025-06-05T17:00:00Z';
const SOURCE = "Debian's packages and Go's source tree; programs and libraries are holes";

/** `RUN` of an official Dockerfile that installs packages, as BuildKit notes it: line breaks gone, tabs kept. */
function aptStep(packages: string, layer: MirrorLayer, created: string): ImageStep {
  const install = `apt-get install -y --no-install-recommends \t\t${packages} \t`;
  return {
    createdBy: `RUN /bin/sh -c set -eux; \tapt-get update; \t${install}; \trm -rf /var/lib/apt/lists/* # buildkit`,
    comment: BUILDKIT,
    created,
    layer,
  };
}

export function golangImages(): readonly MirrorImage[] {
  const time = Date.parse(CREATED);
  const curl = recordedLayer('buildpack-deps-curl-bookworm', time, [bookworm]);
  const scm = recordedLayer('buildpack-deps-scm-bookworm', time, [bookworm, curl]);
  const build = recordedLayer('golang-build-bookworm', time, [bookworm, curl, scm]);
  const go = recordedLayer(`golang-1.24`, Date.parse(GO_RELEASED));
  const path = 'PATH=/go/bin:/usr/local/go/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  const environment = [`GOLANG_VERSION=${VERSION}`, 'GOTOOLCHAIN=local', 'GOPATH=/go', path];
  return [
    {
      repository: 'library/golang',
      tags: ['latest', '1', '1.24', VERSION, 'bookworm', '1-bookworm', '1.24-bookworm', `${VERSION}-bookworm`],
      created: CREATED,
      config: {
        Env: [path, ...environment.slice(0, 3)],
        Cmd: ['bash'],
        WorkingDir: '/go',
        Labels: { [REPLICA_LABEL]: SOURCE },
      },
      steps: [
        bookwormStep,
        aptStep('ca-certificates \t\tcurl \t\tgnupg \t\tnetbase \t\tsq \t\twget', curl, '2025-06-10T18:57:29Z'),
        aptStep('git \t\tmercurial \t\topenssh-client \t\tsubversion \t\t\t\tprocps', scm, '2025-06-10T20:03:36Z'),
        aptStep('g++ \t\tgcc \t\tlibc6-dev \t\tmake \t\tpkg-config', build, CREATED),
        ...environment.map((value): ImageStep => ({ createdBy: `ENV ${value}`, comment: BUILDKIT })),
        { createdBy: 'COPY /target/ / # buildkit', comment: BUILDKIT, layer: goLayer(go) },
        {
          createdBy: 'RUN /bin/sh -c mkdir -p "$GOPATH/src" "$GOPATH/bin" && chmod -R 1777 "$GOPATH" # buildkit',
          comment: BUILDKIT,
          layer: gopathLayer(time),
        },
        // WORKDIR of a directory that is there still makes a layer, as BuildKit has it: an empty one.
        { createdBy: 'WORKDIR /go', comment: BUILDKIT, layer: { entries: [], bodies: new Map(), mtimeMs: time } },
      ],
    },
  ];
}

/** Go's tree with the directories above it, which the image's COPY brings along. */
function goLayer(go: MirrorLayer): MirrorLayer {
  const above = ['/usr', '/usr/local'].map((path) => ({
    kind: 'directory' as const,
    path,
    mode: 0o755,
    uid: 0,
    gid: 0,
  }));
  return { ...go, entries: [...above, ...go.entries] };
}

function gopathLayer(mtimeMs: number): MirrorLayer {
  const entries = ['/go', '/go/bin', '/go/src'].map((path) => ({
    kind: 'directory' as const,
    path,
    mode: 0o1777,
    uid: 0,
    gid: 0,
  }));
  return { entries, bodies: new Map(), mtimeMs };
}
