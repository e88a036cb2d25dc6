/** Replicas of `registry`, the distribution project's own image on Alpine (distribution/distribution-library-image). */
import { fileLayer, program, script } from '../file-layer.ts';
import type { MirrorImage } from '../image.ts';
import { cmd, copy, entrypoint, expose, run, volume, writtenImage } from '../instructions.ts';
import { caCertificates } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';

/** What a plain `docker run registry:2` listens with. */
const CONFIGURATION = `version: 0.1
log:
  fields:
    service: registry
storage:
  cache:
    blobdescriptor: inmemory
  filesystem:
    rootdirectory: /var/lib/registry
http:
  addr: :5000
  headers:
    X-Content-Type-Options: [nosniff]
health:
  storagedriver:
    enabled: true
    interval: 10s
    threshold: 3
`;

/** Options and files of configuration are meant for the registry. */
const ENTRYPOINT = `#!/bin/sh
set -e

case "$1" in
    *.yaml|*.yml) set -- registry serve "$@" ;;
    serve|garbage-collect|help|-*) set -- registry "$@" ;;
esac

exec "$@"
`;

interface RegistryRelease {
  readonly version: string;
  readonly tags: readonly string[];
  readonly created: string;
  readonly programBytes: number;
  readonly configuration: string;
  readonly alpine: '3.18' | '3.21';
}

const RELEASES: readonly RegistryRelease[] = [
  {
    version: '3.0.0',
    tags: ['latest', '3', '3.0', '3.0.0'],
    created: '2025-04-03T15:44:20Z',
    programBytes: 49_600_000,
    configuration: '/etc/distribution/config.yml',
    alpine: '3.21',
  },
  {
    version: '2.8.3',
    tags: ['2', '2.8', '2.8.3'],
    created: '2023-10-02T18:42:42Z',
    programBytes: 17_200_000,
    configuration: '/etc/docker/registry/config.yml',
    alpine: '3.18',
  },
];

export function registryImages(): readonly MirrorImage[] {
  return RELEASES.map(({ version, tags, created, programBytes, configuration, alpine }) => {
    const base = alpineBase(alpine);
    const time = Date.parse(created);
    return writtenImage({
      repository: 'library/registry',
      tags,
      created,
      source: "Alpine's package lists and knowledge of the image; programs are holes",
      base,
      instructions: [
        run(
          'apk add --no-cache ca-certificates',
          fileLayer(apkFiles([base.layer], [caCertificates()], ['ca-certificates'], time), time),
        ),
        run(
          `set -eux; \tversion='${version}'; \twget -O registry.tar.gz "https://github.com/distribution/distribution/releases/download/v\${version}/registry_\${version}_linux_amd64.tar.gz"; \ttar --extract --verbose --file registry.tar.gz --directory /bin/ registry; \trm registry.tar.gz; \tregistry --version`,
          fileLayer({ '/bin/registry': program(programBytes) }, time),
        ),
        copy(`./config-example.yml ${configuration}`, fileLayer({ [configuration]: { text: CONFIGURATION } }, time)),
        volume('/var/lib/registry'),
        expose('5000/tcp'),
        copy('docker-entrypoint.sh /entrypoint.sh', fileLayer({ '/entrypoint.sh': script(ENTRYPOINT) }, time)),
        entrypoint('/entrypoint.sh'),
        cmd(configuration),
      ],
    });
  });
}
