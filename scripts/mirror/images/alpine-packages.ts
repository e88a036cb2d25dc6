/**
 * The packages that make up Alpine's base image, with their files. Names, versions and file lists follow Alpine's package
 * database (`/lib/apk/db/installed` of the release) and its `aports` tree; sizes are those of the releases as far as they are
 * known and else estimates of the same magnitude: replicas of the image as a whole are within a tenth of the real size.
 */
import { data, link, program, type LaidFiles } from '../file-layer.ts';

export interface AlpinePackage {
  readonly name: string;
  readonly version: string;
  readonly summary: string;
  readonly license: string;
  /** Source package, where it is called otherwise. */
  readonly origin?: string;
  readonly depends?: readonly string[];
  readonly provides?: readonly string[];
  /** By absolute path. */
  readonly files: LaidFiles;
}

const library = program;

/** Everything that differs between two releases of the base image. */
export interface AlpineVersions {
  readonly baselayout: string;
  readonly keys: string;
  readonly apkTools: string;
  readonly busybox: string;
  readonly certificates: string;
  readonly openssl: string;
  readonly musl: string;
  readonly scanelf: string;
  readonly zlib: string;
  /** Major version of OpenSSL's libraries: their file names carry it. */
  readonly opensslSoname: '1.1' | '3';
  /** `libapk.so.VERSION`. */
  readonly apkSoname: string;
  readonly zlibSoname: string;
  readonly sizes: {
    readonly busybox: number;
    readonly libcrypto: number;
    readonly libssl: number;
    readonly musl: number;
    readonly libapk: number;
    readonly certificates: number;
    readonly zlib: number;
  };
}

/** The signing keys that the image trusts, by the last digits of their names. */
const KEY_NAMES = ['4a6a0840', '5243ef4b', '5261cecb', '6165ee59', '61666e3f'];

/** The packages of a release in the order of its database, without the base layout, which is files alone. */
export function alpinePackages(v: AlpineVersions): readonly AlpinePackage[] {
  const ssl = v.opensslSoname;
  return [
    {
      name: 'alpine-keys',
      version: v.keys,
      summary: 'Public keys for Alpine Linux packages',
      license: 'MIT',
      files: Object.fromEntries(
        KEY_NAMES.map((name) => [`/etc/apk/keys/alpine-devel@lists.alpinelinux.org-${name}.rsa.pub`, data(800)]),
      ),
    },
    {
      name: 'apk-tools',
      version: v.apkTools,
      summary: 'Alpine Package Keeper - package manager for alpine',
      license: 'GPL-2.0-only',
      depends: ['musl>=1.2', 'ca-certificates-bundle', `so:libcrypto.so.${ssl}`, `so:libssl.so.${ssl}`, 'so:libz.so.1'],
      provides: [`so:libapk.so.${v.apkSoname}`, 'cmd:apk'],
      files: { '/sbin/apk': program(68_144), [`/lib/libapk.so.${v.apkSoname}`]: library(v.sizes.libapk) },
    },
    {
      name: 'busybox',
      version: v.busybox,
      summary: 'Size optimized toolbox of many common UNIX utilities',
      license: 'GPL-2.0-only',
      depends: ['so:libc.musl-x86_64.so.1'],
      provides: ['cmd:busybox'],
      files: {
        '/bin/busybox': program(v.sizes.busybox),
        '/etc/securetty': { text: 'console\ntty1\ntty2\ntty3\ntty4\ntty5\ntty6\n' },
        '/etc/udhcpd.conf': data(1_500),
        '/etc/logrotate.d/acpid': {
          text: '/var/log/acpid.log {\n    missingok\n    notifempty\n    sharedscripts\n    postrotate\n        /etc/init.d/acpid --ifstarted restart || true\n    endscript\n}\n',
        },
        '/etc/network/if-up.d/dad': { sizeBytes: 424, mode: 0o755 },
        '/usr/share/udhcpc/default.script': { sizeBytes: 4_316, mode: 0o755 },
      },
    },
    {
      name: 'busybox-binsh',
      version: v.busybox,
      summary: 'busybox ash /bin/sh',
      license: 'GPL-2.0-only',
      origin: 'busybox',
      depends: [`busybox=${v.busybox}`],
      provides: ['/bin/sh', 'cmd:sh'],
      files: { '/bin/sh': link('/bin/busybox') },
    },
    {
      name: 'ca-certificates-bundle',
      version: v.certificates,
      summary: 'Pre generated bundle of Mozilla certificates',
      license: 'MPL-2.0 AND MIT',
      origin: 'ca-certificates',
      files: {
        '/etc/ssl/cert.pem': link('certs/ca-certificates.crt'),
        '/etc/ssl/certs/ca-certificates.crt': data(v.sizes.certificates),
        ...(ssl === '3'
          ? { '/etc/ssl1.1/cert.pem': link('/etc/ssl/cert.pem'), '/etc/ssl1.1/certs': link('/etc/ssl/certs') }
          : {}),
      },
    },
    {
      name: ssl === '3' ? 'libcrypto3' : 'libcrypto1.1',
      version: v.openssl,
      summary: 'Crypto library from openssl',
      license: ssl === '3' ? 'Apache-2.0' : 'OpenSSL',
      origin: 'openssl',
      depends: ['so:libc.musl-x86_64.so.1'],
      provides: [`so:libcrypto.so.${ssl}`],
      files: {
        [`/lib/libcrypto.so.${ssl}`]: library(v.sizes.libcrypto),
        [`/usr/lib/libcrypto.so.${ssl}`]: link(`../../lib/libcrypto.so.${ssl}`),
        '/etc/ssl/ct_log_list.cnf': data(412),
        '/etc/ssl/ct_log_list.cnf.dist': data(412),
        '/etc/ssl/openssl.cnf': data(12_324),
        '/etc/ssl/openssl.cnf.dist': data(12_324),
        ...(ssl === '3'
          ? {
              '/usr/lib/engines-3/afalg.so': library(26_360),
              '/usr/lib/engines-3/capi.so': library(9_640),
              '/usr/lib/engines-3/loader_attic.so': library(51_096),
              '/usr/lib/engines-3/padlock.so': library(30_616),
              '/usr/lib/ossl-modules/legacy.so': library(92_280),
            }
          : {
              '/usr/lib/engines-1.1/afalg.so': library(22_160),
              '/usr/lib/engines-1.1/capi.so': library(13_800),
              '/usr/lib/engines-1.1/padlock.so': library(26_416),
            }),
      },
    },
    {
      name: ssl === '3' ? 'libssl3' : 'libssl1.1',
      version: v.openssl,
      summary: 'SSL shared libraries',
      license: ssl === '3' ? 'Apache-2.0' : 'OpenSSL',
      origin: 'openssl',
      depends: ['so:libc.musl-x86_64.so.1', `so:libcrypto.so.${ssl}`],
      provides: [`so:libssl.so.${ssl}`],
      files: {
        [`/lib/libssl.so.${ssl}`]: library(v.sizes.libssl),
        [`/usr/lib/libssl.so.${ssl}`]: link(`../../lib/libssl.so.${ssl}`),
      },
    },
    {
      name: 'musl',
      version: v.musl,
      summary: 'the musl c library (libc) implementation',
      license: 'MIT',
      provides: ['so:libc.musl-x86_64.so.1'],
      files: {
        '/lib/ld-musl-x86_64.so.1': library(v.sizes.musl),
        '/lib/libc.musl-x86_64.so.1': link('ld-musl-x86_64.so.1'),
      },
    },
    {
      name: 'musl-utils',
      version: v.musl,
      summary: 'the musl c library (libc) implementation',
      license: 'MIT AND BSD-2-Clause AND GPL-2.0-or-later',
      origin: 'musl',
      depends: ['scanelf', 'so:libc.musl-x86_64.so.1'],
      provides: ['cmd:getconf', 'cmd:getent', 'cmd:iconv', 'cmd:ldconfig', 'cmd:ldd'],
      files: {
        '/sbin/ldconfig': { sizeBytes: 393, mode: 0o755 },
        '/usr/bin/getconf': program(34_552),
        '/usr/bin/getent': program(50_888),
        '/usr/bin/iconv': program(22_240),
        '/usr/bin/ldd': { text: '#!/bin/sh\nexec /lib/ld-musl-x86_64.so.1 --list "$@"\n', mode: 0o755 },
      },
    },
    {
      name: 'scanelf',
      version: v.scanelf,
      summary: 'Scan ELF binaries for stuff',
      license: 'GPL-2.0-only',
      origin: 'pax-utils',
      depends: ['so:libc.musl-x86_64.so.1'],
      provides: ['cmd:scanelf'],
      files: { '/usr/bin/scanelf': program(79_664) },
    },
    {
      name: 'ssl_client',
      version: v.busybox,
      summary: 'External ssl_client for busybox wget',
      license: 'GPL-2.0-only',
      origin: 'busybox',
      depends: ['so:libc.musl-x86_64.so.1', `so:libcrypto.so.${ssl}`, `so:libssl.so.${ssl}`],
      provides: ['cmd:ssl_client'],
      files: { '/usr/bin/ssl_client': program(14_240) },
    },
    {
      name: 'zlib',
      version: v.zlib,
      summary: 'A compression/decompression Library',
      license: 'Zlib',
      depends: ['so:libc.musl-x86_64.so.1'],
      provides: ['so:libz.so.1'],
      files: {
        [`/lib/libz.so.${v.zlibSoname}`]: library(v.sizes.zlib),
        '/lib/libz.so.1': link(`libz.so.${v.zlibSoname}`),
      },
    },
  ];
}
