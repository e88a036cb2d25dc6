/** A report as the panel tells it: counted, grouped, in words. */
import type {
  AdvisoryMatch,
  AdvisorySource,
  WeakSpot,
  ImageDetail,
  ScannedPackage,
  ScanReport,
  SecretFinding,
  Severity,
} from '../../../worker/api/types.ts';
import { layersOf, type LayerView } from '../../state/layer-stack.ts';
import { formatAmount } from '../../ui/format.ts';

/** What the panel shows one of. */
export type ScanView = 'advisories' | 'packages' | 'secrets' | 'weak-spots';

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unspecified'];

/** How many of each severity there are; those there are none of are left out. */
export function countsOf(found: readonly { readonly severity: Severity }[]): readonly (readonly [Severity, number])[] {
  return SEVERITIES.map(
    (severity) => [severity, found.filter((each) => each.severity === severity).length] as const,
  ).filter(([, count]) => count > 0);
}

/** A vulnerable package with its advisories, worst first. */
export interface VulnerablePackage {
  readonly key: string;
  readonly name: string;
  readonly version: string;
  readonly advisories: readonly AdvisoryMatch[];
  /** The layers that brought it. */
  readonly layers: readonly LayerView[];
  /** Names of the packages of the image that come of it, where they differ. */
  readonly binaries: readonly string[];
}

/** In the order of their worst advisory. */
export function vulnerablePackages(report: ScanReport, image: ImageDetail): readonly VulnerablePackage[] {
  const layers = layersOf(image);
  const packages = new Map(report.packages.map((one) => [one.purl, one]));
  const groups = new Map<string, AdvisoryMatch[]>();
  for (const match of report.advisories) {
    const { type, name, version } = match.subject;
    const key = `${type} ${name} ${version}`;
    groups.set(key, [...(groups.get(key) ?? []), match]);
  }
  return [...groups].flatMap(([key, advisories]) => {
    const [first] = advisories;
    if (first === undefined) return [];
    const affected = [...new Set(advisories.flatMap(({ purls }) => purls))].flatMap((purl) => packages.get(purl) ?? []);
    const indexes = [...new Set(affected.map(({ layer }) => layer))].sort((a, b) => a - b);
    return [
      {
        key,
        name: first.subject.name,
        version: first.subject.version,
        advisories,
        layers: indexes.flatMap((index) => layers[index] ?? []),
        binaries: affected.map(({ name }) => name).filter((name) => name !== first.subject.name),
      },
    ];
  });
}

/** Packages whose name, version or type holds a text. */
export function packagesWith(packages: readonly ScannedPackage[], text: string): readonly ScannedPackage[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return packages;
  return packages.filter(({ name, version, type }) => `${type} ${name} ${version}`.toLowerCase().includes(wanted));
}

/** How many advisories each package has, by its package URL. */
export function advisoryCounts(advisories: readonly AdvisoryMatch[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { purls } of advisories) for (const purl of purls) counts.set(purl, (counts.get(purl) ?? 0) + 1);
  return counts;
}

/** Where a secret lies that is in no file. */
export function placeWords(secret: SecretFinding, image: ImageDetail): string {
  const { place } = secret;
  if (place.kind === 'file') return `${place.path}, line ${place.line}`;
  if (place.kind === 'env') return `variable ${place.name} of the image’s environment`;
  const instruction = image.stack[place.row]?.instruction ?? '';
  const [word = ''] = instruction.split(/\s/, 1);
  const name = place.name === '' ? '' : ` (${place.name})`;
  return `line ${place.row + 1} of the image’s history${word === '' ? '' : `, a ${word}`}${name}`;
}

const BUNDLED_FROM =
  'written down by hand after Alpine’s, Debian’s and Ubuntu’s trackers and GitHub’s advisory database, whose word counts';

/** `12 advisories of mine.json, as of 2026-02-01`. */
export function sourceWords({ name, bundled, advisories, date }: AdvisorySource): string {
  const amount = formatAmount(advisories, 'advisory', 'advisories');
  const what = bundled ? `a small set of ${amount} that Strata brings, ${BUNDLED_FROM}` : `${amount} of ${name}`;
  return date === undefined ? what : `${what}, as of ${date}`;
}

/** Weak spots that differ by their place alone. */
export interface WeakSpotGroup {
  readonly title: string;
  readonly severity: Severity;
  readonly why: string;
  readonly advice: string;
  readonly places: readonly { readonly path: string; readonly layer: LayerView | undefined }[];
}

/** Those of one title together, worst first: a system has a dozen setuid programs, and one reason to mind them. */
export function weakSpotGroups(weakSpots: readonly WeakSpot[], image: ImageDetail): readonly WeakSpotGroup[] {
  const layers = layersOf(image);
  const groups = new Map<string, readonly WeakSpot[]>();
  for (const spot of weakSpots) groups.set(spot.title, [...(groups.get(spot.title) ?? []), spot]);
  const told = [...groups.values()].flatMap((spots) => {
    const [first] = spots;
    if (first === undefined) return [];
    const { title, severity, why, advice } = first;
    const places = spots.flatMap(({ path, layer }) =>
      path === undefined ? [] : [{ path, layer: layer === undefined ? undefined : layers[layer] }],
    );
    return [{ title, severity, why, advice, places }];
  });
  return told.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}
