/** The platforms that may stand in a list: those that Go builds for, as far as Docker's client knows them. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  aix: 'ppc64',
  android: '386 amd64 arm arm64',
  darwin: '386 amd64 arm arm64',
  dragonfly: 'amd64',
  freebsd: '386 amd64 arm',
  illumos: 'amd64',
  ios: 'arm64',
  js: 'wasm',
  linux: '386 amd64 arm arm64 loong64 mips mipsle mips64 mips64le ppc64 ppc64le riscv64 s390x',
  netbsd: '386 amd64 arm',
  openbsd: '386 amd64 arm',
  plan9: '386 amd64 arm',
  solaris: 'amd64',
  windows: '386 amd64 arm arm64',
};

export function isKnownPair(os: string, architecture: string): boolean {
  return (ARCHITECTURES[os] ?? '').split(' ').includes(architecture);
}
