/**
 * How much reading an archive's lists downloads and leaves behind: measured on the archives themselves, in November 2026. A line is
 * an archive, a suite, the bytes of its InRelease, and for each component the bytes of `Packages` as it is downloaded (xz from
 * Debian, gzip from Ubuntu) and unpacked.
 */
const MEASURED = `
http://deb.debian.org/debian bookworm 151075 main=8790396/50060337
http://deb.debian.org/debian bookworm-updates 55403 main=6924/32757
http://deb.debian.org/debian trixie 140421 main=9678380/56620099
http://deb.debian.org/debian trixie-updates 47340 main=1108/2351
http://deb.debian.org/debian bullseye 75123 main=8065948/45561367
http://deb.debian.org/debian bullseye-updates 44029 main=18832/79301
http://deb.debian.org/debian-security bookworm-security 34770 main=376904/2515915
http://deb.debian.org/debian-security trixie-security 43409 main=306312/2224071
http://deb.debian.org/debian-security bullseye-security 27111 main=474876/3047551
http://archive.ubuntu.com/ubuntu xenial 246846 main=1557985/7228243 restricted=14111/127112 universe=9826827/41813552 multiverse=176282/694127
http://archive.ubuntu.com/ubuntu xenial-updates 105657 main=1595931/6554916 restricted=15776/109321 universe=1470663/5989292 multiverse=24867/95820
http://archive.ubuntu.com/ubuntu xenial-backports 105705 main=11267/38410 restricted=20/0 universe=12800/44062 multiverse=20/0
http://security.ubuntu.com/ubuntu xenial-security 105659 main=1143452/4724872 restricted=15312/107484 universe=919857/3910142 multiverse=8787/31749
http://archive.ubuntu.com/ubuntu bionic 242048 main=1343916/6214952 restricted=13535/94233 universe=11340442/50762470 multiverse=185953/744851
http://archive.ubuntu.com/ubuntu bionic-updates 101771 main=3735407/17093452 restricted=1697483/8420336 universe=2389076/10978160 multiverse=30477/129618
http://archive.ubuntu.com/ubuntu bionic-backports 101819 main=63350/318901 restricted=20/0 universe=20504/82820 multiverse=20/0
http://security.ubuntu.com/ubuntu bionic-security 101773 main=3327531/15358241 restricted=1657940/8219816 universe=1621534/7324457 multiverse=23481/100705
http://archive.ubuntu.com/ubuntu focal 264892 main=1274738/5826751 restricted=33413/266945 universe=11344505/50750067 multiverse=176904/728512
http://archive.ubuntu.com/ubuntu focal-updates 127797 main=4849580/22166593 restricted=4903742/23663311 universe=1588067/7142759 multiverse=36175/178199
http://archive.ubuntu.com/ubuntu focal-backports 127845 main=54697/261984 restricted=20/0 universe=28367/109583 multiverse=20/0
http://security.ubuntu.com/ubuntu focal-security 127799 main=4367500/20100998 restricted=4710007/22719436 universe=1300068/6081182 multiverse=32531/164489
http://archive.ubuntu.com/ubuntu jammy 270087 main=1792213/6779186 restricted=164238/915647 universe=17471387/64332414 multiverse=265692/918002
http://archive.ubuntu.com/ubuntu jammy-updates 128049 main=4884296/22709397 restricted=8422062/40119797 universe=1630993/7310528 multiverse=104359/621678
http://archive.ubuntu.com/ubuntu jammy-backports 127185 main=82884/449659 restricted=20/0 universe=35649/147178 multiverse=20/0
http://security.ubuntu.com/ubuntu jammy-security 128927 main=4546920/21262243 restricted=8110572/38605199 universe=1329278/6231945 multiverse=96720/593373
http://archive.ubuntu.com/ubuntu noble 255850 main=1808488/7165069 restricted=117405/669193 universe=19315644/73379142 multiverse=331072/1296005
http://archive.ubuntu.com/ubuntu noble-updates 126125 main=1822478/7988321 restricted=2371299/11386576 universe=2184388/10692489 multiverse=61731/364927
http://archive.ubuntu.com/ubuntu noble-backports 126173 main=49046/255999 restricted=20/0 universe=35958/144274 multiverse=669/1062
http://security.ubuntu.com/ubuntu noble-security 126127 main=1475054/6526018 restricted=2215651/10655169 universe=1560093/7722388 multiverse=55556/342166
`;

/** What lz4, in which the images' apt keeps the lists, makes of an unpacked list: 18,840,233 bytes of 50,060,337 in bookworm. */
const LZ4_RATIO = 0.3763;

export interface ListSizes {
  readonly component: string;
  readonly downloadBytes: number;
  readonly plainBytes: number;
  /** As the images keep it (`Acquire::GzipIndexes`). */
  readonly compressedBytes: number;
}

export interface ArchiveSizes {
  readonly releaseBytes: number;
  readonly lists: readonly ListSizes[];
}

const known = new Map(MEASURED.trim().split('\n').map(parseLine));

/** The sizes of a suite of Debian's or Ubuntu's archive, whichever mirror it is read from; undefined for any other archive. */
export function archiveSizes(uri: string, suite: string): ArchiveSizes | undefined {
  const host = /^https?:\/\/([^/]+)/.exec(uri)?.[1] ?? '';
  if (!/(?:^|\.)(?:debian\.org|ubuntu\.com)$/.test(host)) return undefined;
  return known.get(suite);
}

function parseLine(line: string): [string, ArchiveSizes] {
  const [, suite = '', releaseBytes = '', ...components] = line.split(' ');
  return [suite, { releaseBytes: Number(releaseBytes), lists: components.map(parseComponent) }];
}

function parseComponent(text: string): ListSizes {
  const [component = '', sizes = ''] = text.split('=');
  const [downloadBytes = 0, plainBytes = 0] = sizes.split('/').map(Number);
  return { component, downloadBytes, plainBytes, compressedBytes: Math.round(plainBytes * LZ4_RATIO) };
}
