/** Replicas of `httpd`: on Debian's slim image and on Alpine. History follows the official images (docker-library/httpd). */
import { accountFiles } from '../accounts.ts';
import { recordedLayer } from '../catalogue.ts';
import { fileLayer, overlaid } from '../file-layer.ts';
import type { MirrorImage } from '../image.ts';
import {
  cmd,
  copy,
  emptyLayer,
  env,
  expose,
  run,
  stopSignal,
  workdir,
  writtenImage,
  type Instruction,
} from '../instructions.ts';
import type { MirrorLayer } from '../layer-tar.ts';
import { httpdLibraries } from './alpine-additions.ts';
import { alpineBase, apkFiles } from './alpine.ts';
import { bookwormSlim, DEBIAN_PATH } from './debian.ts';
import { FOREGROUND, httpdFiles, PREFIX } from './httpd-files.ts';

const SOURCE =
  "the packages of Debian and Alpine that httpd needs; httpd's own files from knowledge, programs as holes";
const VERSION = '2.4.63';
const SHA256 = '88fc236ab99b2864b248de7d49a008ec2afd7551e64dce8b95f58f32f94c46ab';
const CREATED = '2025-01-23T17:15:54Z';
const NAMES = ['2', '2.4', VERSION];
const PATH = `${PREFIX}/bin:${DEBIAN_PATH.replace('PATH=', '')}`;

export function httpdImages(): readonly MirrorImage[] {
  return [onDebian(), onAlpine()];
}

function onDebian(): MirrorImage {
  const time = Date.parse(CREATED);
  const libraries = recordedLayer('httpd-libraries-bookworm', time, [bookwormSlim.layer]);
  const build = recordedLayer('httpd-build-bookworm', time, [bookwormSlim.layer, libraries]);
  const apt = (packages: string): string =>
    `set -eux; \tapt-get update; \tapt-get install -y --no-install-recommends \t\t${packages} \t; \trm -rf /var/lib/apt/lists/*`;
  return writtenImage({
    repository: 'library/httpd',
    tags: ['latest', ...NAMES, 'bookworm', ...NAMES.map((name) => `${name}-bookworm`)],
    created: CREATED,
    source: SOURCE,
    base: bookwormSlim,
    instructions: [
      ...beginning(
        'mkdir -p "$HTTPD_PREFIX" \t&& chown www-data:www-data "$HTTPD_PREFIX"',
        prefixLayer(33, time),
        time,
      ),
      run(apt('ca-certificates \t\tlibaprutil1-dbd-sqlite3 \t\tlibaprutil1-ldap \t\tlibldap-common'), libraries),
      ...ending(overlaid(build, fileLayer(httpdFiles(1_050_000), time)), time),
    ],
  });
}

function onAlpine(): MirrorImage {
  const base = alpineBase('3.21');
  const time = Date.parse(CREATED) + 60_000;
  const user = { name: 'www-data', uid: 82, gid: 82, home: '/home/www-data', shell: '/sbin/nologin' };
  // Alpine has the group already.
  const accounts = Object.fromEntries(
    Object.entries(accountFiles([base.layer], user)).filter(([path]) => path !== '/etc/group'),
  );
  const libraries = httpdLibraries();
  const first = ['apr', 'apr-util', 'apr-util-ldap', 'ca-certificates', 'perl'];
  const runtime = fileLayer(
    apkFiles(
      [base.layer],
      libraries.filter(({ name }) => first.includes(name)),
      first,
      time,
    ),
    time,
  );
  const rest = apkFiles(
    [base.layer, runtime],
    libraries.filter(({ name }) => !first.includes(name)),
    ['.httpd-so-deps'],
    time,
  );
  return writtenImage({
    repository: 'library/httpd',
    tags: ['alpine', 'alpine3.21', ...NAMES.flatMap((name) => [`${name}-alpine`, `${name}-alpine3.21`])],
    created: CREATED,
    source: SOURCE,
    base,
    instructions: [
      run('set -x \t&& adduser -u 82 -D -S -G www-data www-data', fileLayer(accounts, time)),
      ...beginning(
        'mkdir -p "$HTTPD_PREFIX" \t&& chown www-data:www-data "$HTTPD_PREFIX"',
        prefixLayer(82, time),
        time,
      ),
      run(
        'set -eux; \tapk add --no-cache \t\tapr \t\tapr-util \t\tapr-util-ldap \t\tca-certificates \t\tperl \t;',
        runtime,
      ),
      ...ending(fileLayer({ ...httpdFiles(900_000), ...rest }, time), time),
    ],
  });
}

function prefixLayer(owner: number, mtimeMs: number): MirrorLayer {
  return fileLayer({ [PREFIX]: { directory: true, uid: owner, gid: owner } }, mtimeMs);
}

function beginning(command: string, layer: MirrorLayer, mtimeMs: number): readonly Instruction[] {
  return [env('HTTPD_PREFIX', PREFIX), env('PATH', PATH), run(command, layer), workdir(PREFIX, emptyLayer(mtimeMs))];
}

function ending(build: MirrorLayer, mtimeMs: number): readonly Instruction[] {
  return [
    env('HTTPD_VERSION', VERSION),
    env('HTTPD_SHA256', SHA256),
    env('HTTPD_PATCHES', ''),
    // The real line also fetches patches and checks signatures.
    run(
      'set -eux; \twget -O httpd.tar.bz2 "https://dlcdn.apache.org/httpd/httpd-$HTTPD_VERSION.tar.bz2"; \techo "$HTTPD_SHA256 *httpd.tar.bz2" | sha256sum -c -; \tmkdir -p src; \ttar -xf httpd.tar.bz2 -C src --strip-components=1; \trm httpd.tar.bz2; \tcd src; \t./configure \t\t--prefix="$HTTPD_PREFIX" \t\t--enable-mods-shared=reallyall \t\t--enable-mpms-shared=all \t; \tmake -j "$(nproc)"; \tmake install; \tcd ..; \trm -r src man manual; \thttpd -v',
      build,
    ),
    stopSignal('SIGWINCH'),
    copy('httpd-foreground /usr/local/bin/', fileLayer({ '/usr/local/bin/httpd-foreground': FOREGROUND }, mtimeMs)),
    expose('80/tcp'),
    cmd('httpd-foreground'),
  ];
}
