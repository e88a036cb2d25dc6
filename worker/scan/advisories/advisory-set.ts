/** Advisories by the package they are about, and the packages of an image held to them. */
import { releaseOf } from '../distribution.ts';
import {
  SEVERITIES,
  type AdvisoryMatch,
  type AdvisorySource,
  type Distribution,
  type ScannedPackage,
} from '../report.ts';
import type { OsvAffected, OsvDocument } from './osv.ts';
import { affectionOf } from './ranges.ts';
import { severityOf } from './severity.ts';
import { comparisonOf } from './versions/index.ts';

/** Advisories of one origin, ready to be asked. */
export interface AdvisorySet {
  readonly source: AdvisorySource;
  /** By ecosystem and name. */
  readonly index: ReadonlyMap<string, readonly IndexedAdvisory[]>;
}

interface IndexedAdvisory {
  readonly document: OsvDocument;
  readonly affected: OsvAffected;
  readonly ecosystem: string;
}

const keyOf = (ecosystem: string, name: string): string => `${ecosystem}\n${normalName(ecosystem, name)}`;

/** PyPI's names are equal in many spellings (PEP 503). */
function normalName(ecosystem: string, name: string): string {
  return ecosystem === 'PyPI' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
}

/** Withdrawn advisories are left out. */
export function advisorySet(source: AdvisorySource, documents: readonly OsvDocument[]): AdvisorySet {
  const index = new Map<string, IndexedAdvisory[]>();
  for (const document of documents) {
    if (document.withdrawn !== undefined) continue;
    for (const affected of document.affected ?? []) {
      if (affected.package === undefined) continue;
      const { ecosystem, name } = affected.package;
      const key = keyOf(ecosystem, name);
      const known = index.get(key);
      const entry = { document, affected, ecosystem };
      if (known === undefined) index.set(key, [entry]);
      else known.push(entry);
    }
  }
  return { source, index };
}

/** What is known of the packages, worst first. An advisory that several sets know of is told once, by the first. */
export function matchAdvisories(
  packages: readonly ScannedPackage[],
  distribution: Distribution | undefined,
  sets: readonly AdvisorySet[],
): readonly AdvisoryMatch[] {
  const matches = new Map<string, AdvisoryMatch>();
  for (const one of packages) {
    const ecosystems = ecosystemsOf(one, distribution);
    for (const set of sets) {
      for (const match of matchesOf(one, ecosystems, set)) {
        const { type, name, version } = match.subject;
        const key = [type, name, version, match.id].join(' ');
        const known = matches.get(key);
        matches.set(key, known === undefined ? match : { ...known, purls: [...new Set([...known.purls, one.purl])] });
      }
    }
  }
  return [...matches.values()].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (b.score ?? 0) - (a.score ?? 0) ||
      b.id.localeCompare(a.id, 'en', { numeric: true }),
  );
}

function* matchesOf(
  one: ScannedPackage,
  ecosystems: readonly string[],
  { source, index }: AdvisorySet,
): Generator<AdvisoryMatch> {
  // distributions tell of source packages; a file of one's own may name the binary one
  const names = [one.source ?? one, one];
  for (const ecosystem of ecosystems) {
    for (const { name, version } of names) {
      for (const { document, affected } of index.get(keyOf(ecosystem, name)) ?? []) {
        const affection = affectionOf(version, affected, comparisonOf(ecosystem));
        if (affection === undefined) continue;
        const url = urlOf(document);
        yield {
          id: knownID(document),
          osvID: document.id,
          ...severityOf(document, affected),
          summary: document.summary ?? firstSentence(document.details ?? ''),
          ...(url === undefined ? {} : { url }),
          subject: { type: one.type, name, version },
          purls: [one.purl],
          affectedRange: affection.range,
          ...(affection.fixed === undefined ? {} : { fixedVersion: affection.fixed }),
          source: source.name,
        };
      }
    }
  }
}

/** What OSV calls the package's world, with its release and without. */
function ecosystemsOf({ type }: ScannedPackage, distribution: Distribution | undefined): readonly string[] {
  if (type === 'npm') return ['npm'];
  if (type === 'pypi') return ['PyPI'];
  if (distribution === undefined) return [];
  const release = releaseOf(distribution);
  switch (distribution.id) {
    case 'debian':
      return [`Debian:${release}`, 'Debian'];
    case 'ubuntu':
      return [`Ubuntu:${release}:LTS`, `Ubuntu:${release}`, `Ubuntu:Pro:${release}:LTS`, 'Ubuntu'];
    case 'alpine':
      return [`Alpine:v${release}`, 'Alpine'];
    default:
      return [];
  }
}

/** `DEBIAN-CVE-2023-45853` and `GHSA-…` with an alias are known as the CVE. */
function knownID({ id, aliases = [], upstream = [] }: OsvDocument): string {
  const candidates = [id, ...aliases, ...(upstream.length === 1 ? upstream : [])];
  return candidates.flatMap((each) => /CVE-\d{4}-\d{4,}/.exec(each)?.[0] ?? [])[0] ?? id;
}

/** An address of the web alone: an advisory of somebody's own might bring others. */
function urlOf({ id, references = [] }: OsvDocument): string | undefined {
  const candidates = [
    ...references.filter(({ type }) => type === 'ADVISORY'),
    ...references.filter(({ type }) => type !== 'ADVISORY'),
  ].map(({ url }) => url);
  const known = candidates.find((url) => /^https?:\/\//i.test(url));
  if (known !== undefined) return known;
  return /^[A-Z]+-[\w:.-]+$/.test(id) ? `https://osv.dev/vulnerability/${id}` : undefined;
}

const SENTENCE_CHARACTERS = 240;

function firstSentence(details: string): string {
  const sentence = /^[^]*?[.!?](?=\s|$)/.exec(details.trim())?.[0] ?? details.trim();
  return sentence.length > SENTENCE_CHARACTERS ? `${sentence.slice(0, SENTENCE_CHARACTERS)}…` : sentence;
}
