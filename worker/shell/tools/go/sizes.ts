/**
 * How large what the Go toolchain makes is: measured with Go 1.22 to 1.24 on linux/amd64, rounded. A binary holds the runtime and all
 * packages it imports, so the imports tell its size.
 */

/** A program without imports. */
const RUNTIME_BYTES = 1_338_472;
/** Symbol tables and debugging information, as a share of the rest; `-ldflags "-s -w"` leaves them out. */
const DEBUG_SHARE = 0.48;

/** What an import adds to a binary. Those not named add little; those that bring another along count the difference. */
const ADDED_BYTES: Readonly<Record<string, number>> = {
  fmt: 568_920,
  os: 120_000,
  log: 130_000,
  time: 90_000,
  strings: 20_000,
  bufio: 30_000,
  'encoding/json': 520_000,
  'net/http': 4_900_000,
  net: 900_000,
  'html/template': 1_900_000,
  'text/template': 1_400_000,
  regexp: 330_000,
  'database/sql': 350_000,
  'crypto/tls': 2_800_000,
  flag: 90_000,
};

/** Packages the compiler builds for every program, with the size of their archives in the build cache. */
const RUNTIME_PACKAGES: Readonly<Record<string, number>> = {
  runtime: 11_400_000,
  'runtime/internal/sys': 40_000,
  'internal/abi': 130_000,
  'internal/bytealg': 120_000,
  'internal/cpu': 60_000,
  'internal/goarch': 12_000,
  'internal/goos': 12_000,
  'internal/chacha8rand': 70_000,
  'internal/runtime/atomic': 90_000,
  'internal/runtime/maps': 720_000,
  'internal/runtime/math': 14_000,
  'internal/stringslite': 40_000,
  unsafe: 200,
};

const FMT_PACKAGES: Readonly<Record<string, number>> = {
  fmt: 1_150_000,
  errors: 110_000,
  'internal/fmtsort': 120_000,
  io: 420_000,
  math: 640_000,
  'math/bits': 160_000,
  os: 2_100_000,
  'io/fs': 330_000,
  path: 110_000,
  reflect: 3_300_000,
  slices: 240_000,
  sort: 290_000,
  strconv: 560_000,
  sync: 520_000,
  'sync/atomic': 100_000,
  syscall: 1_500_000,
  time: 1_300_000,
  'unicode/utf8': 60_000,
  unicode: 410_000,
  'internal/poll': 720_000,
  'internal/reflectlite': 360_000,
  'internal/testlog': 70_000,
  iter: 90_000,
};

const OTHER_PACKAGE_BYTES = 450_000;

/** Size of a binary. */
export function binarySize(imports: readonly string[], stripped: boolean): number {
  const code = imports.reduce((sum, path) => sum + (ADDED_BYTES[path] ?? 40_000), RUNTIME_BYTES);
  const rounded = Math.round(stripped ? code * (1 - DEBUG_SHARE * 0.65) : code);
  return rounded - (rounded % 8);
}

/** The packages compiled for a program with these imports, each with the size of its archive. */
export function compiledPackages(imports: readonly string[]): ReadonlyMap<string, number> {
  const packages = new Map(Object.entries(RUNTIME_PACKAGES));
  if (imports.length > 0) for (const [path, bytes] of Object.entries(FMT_PACKAGES)) packages.set(path, bytes);
  for (const path of imports)
    if (!packages.has(path)) packages.set(path, (ADDED_BYTES[path] ?? 0) * 2 || OTHER_PACKAGE_BYTES);
  return packages;
}
