/** Packages that images on Alpine add to the base, with their files. */
import { data, link, program, type LaidFiles } from '../file-layer.ts';
import type { AlpinePackage } from './alpine-packages.ts';

/** A package of a few files. */
function pack(
  name: string,
  version: string,
  summary: string,
  license: string,
  files: LaidFiles,
  facts: Pick<AlpinePackage, 'origin' | 'depends' | 'provides'> = {},
): AlpinePackage {
  return { name, version, summary, license, files, depends: ['so:libc.musl-x86_64.so.1'], ...facts };
}

/** A package of one library: `soname` with the whole version, linked to by its major one. */
function library(
  name: string,
  version: string,
  license: string,
  soname: string,
  sizeBytes: number,
  directory = '/usr/lib',
): AlpinePackage {
  const major = soname.replace(/(\.so\.\d+).*$/, '$1');
  const files = { [`${directory}/${soname}`]: program(sizeBytes) };
  return pack(
    name,
    version,
    `Shared library of ${name}`,
    license,
    major === soname ? files : { ...files, [`${directory}/${major}`]: link(soname) },
    { provides: [`so:${major}`] },
  );
}

export function caCertificates(): AlpinePackage {
  return pack(
    'ca-certificates',
    '20241121-r2',
    'Common CA certificates PEM files from Mozilla',
    'MPL-2.0 AND MIT',
    {
      '/etc/ca-certificates.conf': data(5_200),
      '/etc/apk/protected_paths.d/ca-certificates.list': { text: '-etc/ssl/certs/ca-cert-*.pem\n' },
      '/etc/ca-certificates/update.d/certhash': {
        text: '#!/bin/sh\nexec /usr/bin/c_rehash /etc/ssl/certs\n',
        mode: 0o755,
      },
      '/usr/bin/c_rehash': { sizeBytes: 15_000, mode: 0o755 },
      '/usr/sbin/update-ca-certificates': program(18_000),
      '/usr/share/ca-certificates/mozilla': { directory: true },
    },
    { provides: ['cmd:c_rehash', 'cmd:update-ca-certificates'] },
  );
}

export const tzdata = (): AlpinePackage =>
  pack('tzdata', '2025b-r0', 'Timezone data', 'Public-Domain', {
    '/usr/share/zoneinfo/UTC': data(114),
    '/usr/share/zoneinfo/Europe/London': data(1_599),
    '/usr/share/zoneinfo/Europe/Berlin': data(705),
    '/usr/share/zoneinfo/America/New_York': data(1_744),
    '/usr/share/zoneinfo/America/Los_Angeles': data(1_294),
    '/usr/share/zoneinfo/Asia/Tokyo': data(213),
    '/usr/share/zoneinfo/zone.tab': data(18_822),
    '/usr/share/zoneinfo/zone1970.tab': data(17_551),
    '/usr/share/zoneinfo/tzdata.zi': data(107_457),
  });

export const libgcc = (): AlpinePackage => library('libgcc', '14.2.0-r4', 'GPL-2.0-or-later', 'libgcc_s.so.1', 174_000);
export const libstdcpp = (): AlpinePackage =>
  library('libstdc++', '14.2.0-r4', 'GPL-2.0-or-later', 'libstdc++.so.6.0.33', 2_738_000);

/** Libraries that CPython is linked with. */
export function pythonLibraries(): readonly AlpinePackage[] {
  return [
    library('gdbm', '1.24-r0', 'GPL-3.0-or-later', 'libgdbm.so.6.0.0', 79_000),
    library('libbz2', '1.0.8-r6', 'bzip2-1.0.6', 'libbz2.so.1.0.8', 74_000),
    library('libffi', '3.4.8-r0', 'MIT', 'libffi.so.8.1.4', 38_000),
    library('libncursesw', '6.5_p20250503-r0', 'X11', 'libncursesw.so.6.5', 326_000),
    library('libpanelw', '6.5_p20250503-r0', 'X11', 'libpanelw.so.6.5', 18_000),
    library('readline', '8.2.13-r1', 'GPL-3.0-or-later', 'libreadline.so.8.2', 313_000),
    library('sqlite-libs', '3.49.2-r0', 'blessing', 'libsqlite3.so.0.8.6', 1_260_000),
    library('libuuid', '2.41-r9', 'BSD-3-Clause', 'libuuid.so.1.3.0', 34_000),
    library('libexpat', '2.7.1-r0', 'MIT', 'libexpat.so.1.10.2', 153_000),
    library('xz-libs', '5.8.1-r0', '0BSD', 'liblzma.so.5.8.1', 218_000),
    library('mpdecimal', '4.0.1-r0', 'BSD-2-Clause', 'libmpdec.so.4.0.1', 219_000),
  ];
}

/** Libraries of nginx with the modules that its image has. */
export function nginxLibraries(): readonly AlpinePackage[] {
  return [
    library('pcre2', '10.43-r0', 'BSD-3-Clause', 'libpcre2-8.so.0.12.0', 633_000),
    library('libxml2', '2.13.4-r5', 'MIT', 'libxml2.so.2.13.4', 1_130_000),
    library('libxslt', '1.1.42-r2', 'X11', 'libxslt.so.1.1.42', 222_000),
    library('libgd', '2.3.3-r9', 'GD', 'libgd.so.3.0.11', 227_000),
    library('libgeoip', '1.6.12-r5', 'LGPL-2.1-or-later', 'libGeoIP.so.1.6.12', 176_000),
    library('libavif', '1.0.4-r0', 'BSD-2-Clause', 'libavif.so.16.0.4', 183_000),
    library('aom-libs', '3.11.0-r0', 'BSD-2-Clause', 'libaom.so.3.11.0', 4_870_000),
    library('libdav1d', '1.5.0-r0', 'BSD-2-Clause', 'libdav1d.so.7.0.0', 1_650_000),
    library('libjpeg-turbo', '3.0.4-r0', 'BSD-3-Clause', 'libjpeg.so.8.3.2', 663_000),
    library('libpng', '1.6.47-r0', 'Libpng', 'libpng16.so.16.47.0', 220_000),
    library('libwebp', '1.4.0-r0', 'BSD-3-Clause', 'libwebp.so.7.1.9', 463_000),
    library('tiff', '4.7.0-r0', 'libtiff', 'libtiff.so.6.1.0', 597_000),
    library('freetype', '2.13.3-r0', 'FTL', 'libfreetype.so.6.20.2', 709_000),
    library('fontconfig', '2.15.0-r1', 'MIT', 'libfontconfig.so.1.14.0', 275_000),
    library('libx11', '1.8.10-r0', 'X11', 'libX11.so.6.4.0', 1_230_000),
    library('libcurl', '8.12.1-r1', 'curl', 'libcurl.so.4.8.0', 638_000),
    library('nghttp2-libs', '1.64.0-r0', 'MIT', 'libnghttp2.so.14.28.3', 134_000),
    library('brotli-libs', '1.1.0-r2', 'MIT', 'libbrotlicommon.so.1.1.0', 135_000),
    library('zstd-libs', '1.5.6-r2', 'BSD-3-Clause', 'libzstd.so.1.5.6', 686_000),
    library('icu-libs', '74.2-r0', 'ICU', 'libicuuc.so.74.2', 1_720_000),
    libgcc(),
    libstdcpp(),
    pack(
      'curl',
      '8.12.1-r1',
      'URL retrieval utility and library',
      'curl',
      { '/usr/bin/curl': program(280_000) },
      {
        provides: ['cmd:curl'],
      },
    ),
    pack(
      'gettext-envsubst',
      '0.22.5-r0',
      'substitutes environment variables',
      'GPL-3.0-or-later',
      {
        '/usr/bin/envsubst': program(38_000),
      },
      { provides: ['cmd:envsubst'] },
    ),
    tzdata(),
    { ...caCertificates(), version: '20241121-r1' },
  ];
}

/** Libraries of httpd. */
export function httpdLibraries(): readonly AlpinePackage[] {
  return [
    library('apr', '1.7.5-r0', 'Apache-2.0', 'libapr-1.so.0.7.5', 203_000),
    library('apr-util', '1.6.3-r1', 'Apache-2.0', 'libaprutil-1.so.0.6.3', 150_000),
    library('apr-util-ldap', '1.6.3-r1', 'Apache-2.0', 'apr_ldap-1.so', 18_000, '/usr/lib/apr-util-1'),
    library('libexpat', '2.7.1-r0', 'MIT', 'libexpat.so.1.10.2', 153_000),
    library('libuuid', '2.41-r9', 'BSD-3-Clause', 'libuuid.so.1.3.0', 34_000),
    library('libldap', '2.6.8-r0', 'OLDAP-2.8', 'libldap.so.2.0.200', 320_000),
    library('libsasl', '2.1.28-r8', 'BSD-Attribution-HPND-disclaimer', 'libsasl2.so.3.0.0', 113_000),
    library('jansson', '2.14.1-r0', 'MIT', 'libjansson.so.4.14.0', 55_000),
    library('libcurl', '8.14.1-r1', 'curl', 'libcurl.so.4.8.0', 638_000),
    library('libxml2', '2.13.8-r0', 'MIT', 'libxml2.so.2.13.8', 1_130_000),
    library('lua5.4-libs', '5.4.7-r0', 'MIT', 'liblua-5.4.so.0.0.0', 235_000),
    library('nghttp2-libs', '1.65.0-r0', 'MIT', 'libnghttp2.so.14.28.4', 134_000),
    library('brotli-libs', '1.1.0-r2', 'MIT', 'libbrotlicommon.so.1.1.0', 135_000),
    library('pcre2', '10.43-r1', 'BSD-3-Clause', 'libpcre2-8.so.0.12.0', 633_000),
    library('libssh2', '1.11.1-r0', 'BSD-3-Clause', 'libssh2.so.1.0.1', 202_000),
    library('xz-libs', '5.8.1-r0', '0BSD', 'liblzma.so.5.8.1', 218_000),
    pack(
      'perl',
      '5.40.2-r0',
      'Larry Wall’s Practical Extraction and Report Language',
      'Artistic-Perl',
      {
        '/usr/bin/perl': program(14_000),
        '/usr/lib/perl5/core_perl/CORE/libperl.so': program(4_100_000),
        '/usr/share/perl5/core_perl/unicore/Name.pl': data(1_030_000),
        '/usr/share/perl5/core_perl/perl5db.pl': data(318_000),
        '/usr/share/perl5/core_perl/Unicode/Collate/allkeys.txt': data(2_010_000),
        '/usr/share/perl5/core_perl/Unicode/Collate/Locale/zh_strk.pl': data(1_100_000),
        '/usr/share/perl5/core_perl/Unicode/Collate/CJK/Korean.pm': data(560_000),
        '/usr/share/perl5/core_perl/unicore/UCD.pl': data(2_900_000),
        '/usr/share/perl5/core_perl/unicore/Decomposition.pl': data(700_000),
        '/usr/share/perl5/core_perl/CPAN.pm': data(140_000),
        '/usr/share/perl5/core_perl/Module/CoreList.pm': data(1_250_000),
        '/usr/lib/perl5/core_perl/auto/Encode/CN/CN.so': program(2_200_000),
        '/usr/lib/perl5/core_perl/auto/Encode/JP/JP.so': program(2_450_000),
        '/usr/lib/perl5/core_perl/auto/Encode/KR/KR.so': program(2_050_000),
        '/usr/lib/perl5/core_perl/auto/Encode/TW/TW.so': program(1_850_000),
        '/usr/lib/perl5/core_perl/auto/Unicode/Collate/Collate.so': program(1_300_000),
        '/usr/lib/perl5/core_perl/auto/re/re.so': program(1_000_000),
        '/usr/lib/perl5/core_perl/CORE/perl.h': data(300_000),
        '/usr/share/perl5/core_perl/unicore/lib.tables': data(14_400_000),
      },
      { provides: ['cmd:perl'] },
    ),
    { ...caCertificates(), version: '20241121-r2' },
  ];
}
