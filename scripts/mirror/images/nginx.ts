/** Replicas of `nginx`: on Debian's slim image and on Alpine. History follows the official images (nginxinc/docker-nginx). */
import { accountFiles, type NewUser } from '../accounts.ts';
import { recordedLayer } from '../catalogue.ts';
import { fileLayer, overlaid } from '../file-layer.ts';
import type { MirrorImage } from '../image.ts';
import {
  cmd,
  copy,
  entrypoint,
  env,
  expose,
  label,
  run,
  stopSignal,
  writtenImage,
  type Instruction,
} from '../instructions.ts';
import { nginxLibraries } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';
import { bookwormSlim } from './debian.ts';
import { ENTRYPOINT_SCRIPTS, nginxFiles } from './nginx-files.ts';

const SOURCE =
  "the packages of Debian and Alpine that nginx needs; nginx's own files from knowledge, programs as holes";
const MAINTAINER = label('maintainer', 'NGINX Docker Maintainers <docker-maint@nginx.com>');
const VERSION = '1.27.5';
const NJS = '0.8.10';
const USER: NewUser = {
  name: 'nginx',
  uid: 101,
  gid: 101,
  home: '/nonexistent',
  shell: '/bin/false',
  comment: 'nginx user',
};
const NAMES = ['1', '1.27', VERSION, 'mainline'];

export function nginxImages(): readonly MirrorImage[] {
  return [onDebian(), onAlpine()];
}

function onDebian(): MirrorImage {
  const created = '2025-04-16T14:50:31Z';
  const time = Date.parse(created);
  const libraries = recordedLayer('nginx-libraries-bookworm', time, [bookwormSlim.layer]);
  const own = fileLayer(
    {
      ...nginxFiles({ program: 1_565_000, script: 2_850_000 }),
      ...accountFiles([bookwormSlim.layer, libraries], USER),
    },
    time,
  );
  const command =
    'set -x     && groupadd --system --gid 101 nginx     && useradd --system --gid nginx --no-create-home --home /nonexistent --comment "nginx user" --shell /bin/false --uid 101 nginx     && apt-get update     && apt-get install --no-install-recommends --no-install-suggests -y gnupg1 ca-certificates     && nginxPackages="         nginx=${NGINX_VERSION}-${PKG_RELEASE}         nginx-module-xslt=${NGINX_VERSION}-${DYNPKG_RELEASE}         nginx-module-geoip=${NGINX_VERSION}-${DYNPKG_RELEASE}         nginx-module-image-filter=${NGINX_VERSION}-${DYNPKG_RELEASE}         nginx-module-njs=${NGINX_VERSION}+${NJS_VERSION}-${NJS_RELEASE}     "     && apt-get install --no-install-recommends --no-install-suggests -y                         $nginxPackages                         gettext-base                         curl     && apt-get remove --purge --auto-remove -y && rm -rf /var/lib/apt/lists/* /etc/apt/sources.list.d/nginx.list     && ln -sf /dev/stdout /var/log/nginx/access.log     && ln -sf /dev/stderr /var/log/nginx/error.log     && mkdir /docker-entrypoint.d';
  return writtenImage({
    repository: 'library/nginx',
    tags: ['latest', ...NAMES, 'bookworm', ...NAMES.map((name) => `${name}-bookworm`)],
    created,
    source: SOURCE,
    base: bookwormSlim,
    instructions: [
      MAINTAINER,
      env('NGINX_VERSION', VERSION),
      env('NJS_VERSION', NJS),
      env('NJS_RELEASE', '1~bookworm'),
      env('PKG_RELEASE', '1~bookworm'),
      env('DYNPKG_RELEASE', '1~bookworm'),
      run(command, overlaid(libraries, own)),
      ...ending(time),
    ],
  });
}

function onAlpine(): MirrorImage {
  const base = alpineBase('3.21');
  const created = '2025-04-16T14:55:18Z';
  const time = Date.parse(created);
  const slim = fileLayer(
    {
      ...apkFiles(
        [base.layer],
        nginxLibraries().filter(({ name }) => SLIM_LIBRARIES.has(name)),
        ['nginx', 'tzdata'],
        time,
      ),
      ...nginxFiles({ program: 1_480_000, script: 0 }),
      ...accountFiles([base.layer], { ...USER, home: '/var/cache/nginx', shell: '/sbin/nologin', comment: 'nginx' }),
    },
    time,
  );
  const modules = fileLayer(
    {
      ...apkFiles(
        [base.layer, slim],
        nginxLibraries().filter(({ name }) => !SLIM_LIBRARIES.has(name)),
        ['curl', 'nginx-module-njs'],
        time,
      ),
      ...Object.fromEntries(
        Object.entries(nginxFiles({ program: 0, script: 3_400_000 })).filter(([path]) =>
          /_js_module(?:-debug)?\.so$/.test(path),
        ),
      ),
    },
    time,
  );
  return writtenImage({
    repository: 'library/nginx',
    tags: ['alpine', 'alpine3.21', ...NAMES.flatMap((name) => [`${name}-alpine`, `${name}-alpine3.21`])],
    created,
    source: SOURCE,
    base,
    instructions: [
      MAINTAINER,
      env('NGINX_VERSION', VERSION),
      env('PKG_RELEASE', '1'),
      env('DYNPKG_RELEASE', '1'),
      run(
        'set -x     && addgroup -g 101 -S nginx     && adduser -S -D -H -u 101 -h /var/cache/nginx -s /sbin/nologin -G nginx -g nginx nginx     && apk add -X "https://nginx.org/packages/mainline/alpine/v$(egrep -o \'^[0-9]+\\.[0-9]+\' /etc/alpine-release)/main" --no-cache nginx=${NGINX_VERSION}-r${PKG_RELEASE}     && apk add --no-cache gettext-envsubst tzdata     && ln -sf /dev/stdout /var/log/nginx/access.log     && ln -sf /dev/stderr /var/log/nginx/error.log     && mkdir /docker-entrypoint.d',
        slim,
      ),
      ...ending(time),
      env('NJS_VERSION', NJS),
      env('NJS_RELEASE', '1'),
      run(
        'set -x     && nginxPackages="         nginx=${NGINX_VERSION}-r${PKG_RELEASE}         nginx-module-xslt=${NGINX_VERSION}-r${DYNPKG_RELEASE}         nginx-module-geoip=${NGINX_VERSION}-r${DYNPKG_RELEASE}         nginx-module-image-filter=${NGINX_VERSION}-r${DYNPKG_RELEASE}         nginx-module-njs=${NGINX_VERSION}.${NJS_VERSION}-r${NJS_RELEASE}     "     && apk add --no-cache $nginxPackages     && apk add --no-cache curl ca-certificates',
        modules,
      ),
    ],
  });
}

/** Packages of the image's smaller variant, on which the usual one is built. */
const SLIM_LIBRARIES = new Set(['pcre2', 'gettext-envsubst', 'tzdata']);

function ending(mtimeMs: number): readonly Instruction[] {
  return [
    ...ENTRYPOINT_SCRIPTS.map(([instruction, path, file]) => copy(instruction, fileLayer({ [path]: file }, mtimeMs))),
    entrypoint('/docker-entrypoint.sh'),
    expose('80/tcp'),
    stopSignal('SIGQUIT'),
    cmd('nginx', '-g', 'daemon off;'),
  ];
}
