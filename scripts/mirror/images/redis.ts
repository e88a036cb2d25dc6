/** Replicas of `redis`: on Debian's slim image and on Alpine. History follows the official images (redis/docker-library-redis). */
import { accountFiles } from '../accounts.ts';
import { fileLayer, program, script, type LaidFiles } from '../file-layer.ts';
import type { MirrorImage } from '../image.ts';
import {
  cmd,
  copy,
  entrypoint,
  env,
  expose,
  run,
  volume,
  workdir,
  writtenImage,
  type BaseOfImage,
  type Instruction,
} from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { libgcc, libstdcpp, tzdata } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';
import { bookwormSlim } from './debian.ts';

const SOURCE = "the base image's packages; redis's own files from knowledge, programs as holes";

interface RedisRelease {
  readonly version: string;
  readonly names: readonly string[];
  readonly created: string;
  /** Bytes of redis-server, and of all modules that come with it. */
  readonly serverBytes: number;
  readonly modules: Readonly<Record<string, number>>;
}

const RELEASES: readonly RedisRelease[] = [
  {
    version: '8.0.2',
    names: ['8', '8.0', '8.0.2'],
    created: '2025-05-27T15:57:06Z',
    serverBytes: 18_200_000,
    modules: { redisbloom: 1_900_000, redisearch: 12_600_000, rejson: 4_400_000, redistimeseries: 1_250_000 },
  },
  {
    version: '7.4.4',
    names: ['7', '7.4', '7.4.4'],
    created: '2025-05-27T15:56:06Z',
    serverBytes: 21_600_000,
    modules: {},
  },
];

/** Starts as root, hands the data over to redis, and goes on as that user; options alone are meant for the server. */
const ENTRYPOINT = `#!/bin/sh
set -e

case "\${1#-}" in
    "$1") ;;
    *) set -- redis-server "$@" ;;
esac
case "$1" in
    *.conf) set -- redis-server "$@" ;;
esac

if [ "$1" = 'redis-server' ] && [ "$(id -u)" = '0' ]; then
    find . \\! -user redis -exec chown redis '{}' +
    exec gosu redis "$0" "$@"
fi

# Data and sockets are nobody else's, unless something else was asked for.
if [ "$(umask)" = '0022' ]; then
    umask 0077
fi

exec "$@"
`;

export function redisImages(): readonly MirrorImage[] {
  return RELEASES.flatMap((release) => [onDebian(release), onAlpine(release)]);
}

function onDebian(release: RedisRelease): MirrorImage {
  const time = Date.parse(release.created);
  const user = { name: 'redis', uid: 999, gid: 999, home: '/home/redis', shell: '/bin/sh' };
  const latest = release === RELEASES[0];
  return variant(
    release,
    bookwormSlim,
    ENTRYPOINT,
    [...(latest ? ['latest', 'bookworm'] : []), ...release.names.flatMap((name) => [name, `${name}-bookworm`])],
    [
      run(
        'set -eux; \tgroupadd -r -g 999 redis; \tuseradd -r -g redis -u 999 redis',
        fileLayer(accountFiles([bookwormSlim.layer], user), time),
      ),
      run(
        'set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\ttzdata \t; \trm -rf /var/lib/apt/lists/*',
        fileLayer({ '/var/lib/apt/extended_states': { text: '' } }, time),
      ),
      env('GOSU_VERSION', '1.17'),
      run(
        'set -eux; \twget -O /usr/local/bin/gosu "https://github.com/tianon/gosu/releases/download/$GOSU_VERSION/gosu-$(dpkg --print-architecture)"; \tchmod +x /usr/local/bin/gosu; \tgosu --version; \tgosu nobody true',
        fileLayer({ '/usr/local/bin/gosu': program(2_535_424) }, time),
      ),
    ],
    redisFiles(release, 1),
  );
}

function onAlpine(release: RedisRelease): MirrorImage {
  const base = alpineBase('3.21');
  const time = Date.parse(release.created) + 60_000;
  const user = { name: 'redis', uid: 999, gid: 1000, home: '/home/redis', shell: '/sbin/nologin' };
  const latest = release === RELEASES[0];
  const libraries = Object.keys(release.modules).length === 0 ? [tzdata()] : [tzdata(), libgcc(), libstdcpp()];
  return variant(
    release,
    base,
    ENTRYPOINT.replace('exec gosu redis', 'exec su-exec redis'),
    [
      ...(latest ? ['alpine', 'alpine3.21'] : []),
      ...release.names.flatMap((name) => [`${name}-alpine`, `${name}-alpine3.21`]),
    ],
    [
      run(
        'set -eux; \taddgroup -S -g 1000 redis; \tadduser -S -G redis -u 999 redis',
        fileLayer(accountFiles([base.layer], user), time),
      ),
      run(
        'set -eux; \tapk add --no-cache tzdata',
        fileLayer({ ...apkFiles([base.layer], libraries, ['tzdata'], time), '/sbin/su-exec': program(14_000) }, time),
      ),
    ],
    redisFiles(release, 0.9),
  );
}

function variant(
  { version, created }: RedisRelease,
  base: BaseOfImage,
  text: string,
  tags: readonly string[],
  users: readonly Instruction[],
  files: LaidFiles,
): MirrorImage {
  const time = Date.parse(created);
  const dataDirectory: MirrorLayer = fileLayer({ '/data': { directory: true, uid: 999, gid: 999 } }, time);
  return writtenImage({
    repository: 'library/redis',
    tags,
    created,
    source: SOURCE,
    base,
    instructions: [
      ...users,
      env('REDIS_VERSION', version),
      env('REDIS_DOWNLOAD_URL', `http://download.redis.io/releases/redis-${version}.tar.gz`),
      // The real line also changes defaults in the source and checks the archive's digest.
      run(
        'set -eux; \twget -O redis.tar.gz "$REDIS_DOWNLOAD_URL"; \tmkdir -p /usr/src/redis; \ttar -xzf redis.tar.gz -C /usr/src/redis --strip-components=1; \trm redis.tar.gz; \tmake -C /usr/src/redis -j "$(nproc)" all; \tmake -C /usr/src/redis install; \trm -r /usr/src/redis; \tredis-cli --version; \tredis-server --version',
        fileLayer(files, time),
      ),
      run('mkdir /data && chown redis:redis /data', dataDirectory),
      volume('/data'),
      workdir('/data', fileLayer({}, time)),
      copy(
        'docker-entrypoint.sh /usr/local/bin/',
        fileLayer({ '/usr/local/bin/docker-entrypoint.sh': script(text) }, time),
      ),
      entrypoint('docker-entrypoint.sh'),
      expose('6379/tcp'),
      cmd('redis-server'),
    ],
  });
}

/** `scale` tells how much smaller the programs are than on Debian. */
function redisFiles({ serverBytes, modules }: RedisRelease, scale: number): LaidFiles {
  const server = Math.round(serverBytes * scale);
  return {
    '/usr/local/bin/redis-server': program(server),
    '/usr/local/bin/redis-sentinel': { target: 'redis-server' },
    '/usr/local/bin/redis-check-aof': { target: 'redis-server' },
    '/usr/local/bin/redis-check-rdb': { target: 'redis-server' },
    '/usr/local/bin/redis-cli': program(Math.round(7_400_000 * scale)),
    '/usr/local/bin/redis-benchmark': program(Math.round(6_900_000 * scale)),
    ...Object.fromEntries(
      Object.entries(modules).map(([name, bytes]) => [
        `/usr/local/lib/redis/modules/${name}.so`,
        program(Math.round(bytes * scale)),
      ]),
    ),
  };
}
