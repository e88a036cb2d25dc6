/** Licences as packages write them, where that is an SPDX expression (spdx.github.io/spdx-spec/v2.3, annex D) of known names. */

const KNOWN = new Set(
  (
    '0BSD AFL-2.1 Apache-1.1 Apache-2.0 Artistic-1.0-Perl Artistic-2.0 BlueOak-1.0.0 BSD-2-Clause BSD-3-Clause BSD-4-Clause BSL-1.0 ' +
    'bzip2-1.0.6 CC-BY-3.0 CC-BY-4.0 CC0-1.0 curl GPL-1.0-or-later GPL-2.0-only GPL-2.0-or-later GPL-3.0-only GPL-3.0-or-later ISC ' +
    'LGPL-2.0-or-later LGPL-2.1-only LGPL-2.1-or-later LGPL-3.0-only LGPL-3.0-or-later libpng-2.0 libtiff MIT MIT-0 MPL-1.1 MPL-2.0 ' +
    'NCSA OpenSSL PSF-2.0 Python-2.0 Unlicense W3C WTFPL X11 Zlib'
  ).split(' '),
);

/** Undefined for what is no expression of known names: `MIT License`, `custom`. */
export function licenseExpression(license: string | undefined): string | undefined {
  const words = (license ?? '').split(/[\s()]+/).filter((word) => word !== '');
  const isExpression = words.every((word, at) => (at % 2 === 1 ? /^(?:AND|OR)$/.test(word) : KNOWN.has(word)));
  return words.length % 2 === 1 && isExpression && !/[()]/.test(license ?? '') ? words.join(' ') : undefined;
}
