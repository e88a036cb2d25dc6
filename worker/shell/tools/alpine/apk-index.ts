/** The indexes apk works from: where they come from, whether they are there, what fetching them leaves in /var/cache/apk. */
import type { AppletContext } from '../../applets/context.ts';
import { utf8 } from '../../../base/bytes.ts';
import { sha256OfSmall } from '../../../codec/sha256.ts';
import { holeOf, placeFile, readText } from '../placing.ts';

const REPOSITORIES = '/etc/apk/repositories';
const CACHE = '/var/cache/apk';
/** What the two repositories' indexes are large, by the last word of their addresses. */
const INDEX_BYTES: Readonly<Record<string, number>> = { main: 495_000, community: 2_310_000, testing: 1_050_000 };

/** Addresses of the repositories, those given by `--repository` too. */
export async function repositories(context: AppletContext, added: readonly string[]): Promise<readonly string[]> {
  const lines = ((await readText(context, REPOSITORIES)) ?? '').split('\n');
  const known = lines.map((line) => line.trim().replace(/^@\S+\s+/, '')).filter((line) => /^https?:/.test(line));
  return [...new Set([...known, ...added])];
}

/** The real name holds the address's SHA-1; any digest keeps two of them apart. */
function cachePath(repository: string): string {
  return `${CACHE}/APKINDEX.${sha256OfSmall(utf8(repository)).slice(0, 8)}.tar.gz`;
}

/** True when some repository's index was fetched before. */
export function hasIndex(context: AppletContext, addresses: readonly string[]): boolean {
  return addresses.some((address) => context.files.find(cachePath(address)) !== undefined);
}

/** Prints the lines of fetching; keeps the indexes unless told not to. */
export async function fetchIndexes(
  context: AppletContext,
  addresses: readonly string[],
  options: { readonly keep: boolean; readonly quiet: boolean },
): Promise<void> {
  const mtimeMs = context.process.kernel.clock.nowMs();
  for (const address of addresses) {
    if (!options.quiet) await context.out.write(`fetch ${address}/x86_64/APKINDEX.tar.gz\n`);
    if (!options.keep) continue;
    const bytes = INDEX_BYTES[address.slice(address.lastIndexOf('/') + 1)] ?? 400_000;
    placeFile(context, cachePath(address), holeOf(bytes), { mode: 0o644, uid: 0, gid: 0, mtimeMs });
  }
}

/** The release of the repositories (`v3.20`); empty when none says. */
export function releaseOf(addresses: readonly string[]): string {
  return addresses.map((address) => /\/(v\d+\.\d+|edge)\//.exec(address)?.[1]).find((one) => one !== undefined) ?? '';
}
