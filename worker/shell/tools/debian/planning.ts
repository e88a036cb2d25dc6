/** What installing packages means for an image: what comes along, what has to go, and in which order (apt's resolver, made simple). */
import type { Paragraph } from './control.ts';
import { installedPackages, isInstalled, type DpkgDatabase } from './dpkg-database.ts';
import { formatRelation, parseRelations, satisfies, type Relation } from './relations.ts';

/** What is asked for. */
export interface PlanRequest {
  readonly packages: readonly Paragraph[];
  readonly withRecommends: boolean;
  /** Names that must not be installed (`name-`). */
  readonly unwanted: ReadonlySet<string>;
}

export interface Plan {
  /** In the order they are unpacked: what a package needs comes before it. */
  readonly install: readonly Paragraph[];
  /** Installed packages that cannot stay beside them. */
  readonly remove: readonly Paragraph[];
  /** What cannot be had: `needs X but it is not installable`, by package. */
  readonly unmet: readonly { readonly name: string; readonly relation: string }[];
}

/**
 * Plans against what is installed. A relation that an installed package satisfies by name but not by version counts as met where
 * `lenient`: the image's packages are of another release than the catalogue's.
 */
export function planInstallation(
  available: ReadonlyMap<string, Paragraph>,
  database: DpkgDatabase,
  request: PlanRequest,
  lenient: boolean,
): Plan {
  const planner = new Planner(available, database, request, lenient);
  for (const paragraph of request.packages) planner.choose(paragraph);
  const chosen = planner.chosen;
  const sorted = [...chosen.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  return { install: unpackOrder(sorted, planner), remove: planner.conflicting(), unmet: planner.unmet };
}

class Planner {
  readonly chosen = new Map<string, Paragraph>();
  readonly unmet: { name: string; relation: string }[] = [];
  readonly #available: ReadonlyMap<string, Paragraph>;
  readonly #installed: readonly Paragraph[];
  readonly #byName: ReadonlyMap<string, Paragraph>;
  readonly #request: PlanRequest;
  readonly #lenient: boolean;
  #providers: ReadonlyMap<string, readonly Paragraph[]> | undefined;

  constructor(
    available: ReadonlyMap<string, Paragraph>,
    database: DpkgDatabase,
    request: PlanRequest,
    lenient: boolean,
  ) {
    this.#available = available;
    this.#installed = installedPackages(database);
    this.#byName = new Map(this.#installed.map((paragraph) => [nameOf(paragraph), paragraph]));
    this.#request = request;
    this.#lenient = lenient;
  }

  choose(paragraph: Paragraph): void {
    const name = nameOf(paragraph);
    if (this.chosen.has(name)) return;
    this.chosen.set(name, paragraph);
    for (const field of ['Pre-Depends', 'Depends'])
      for (const alternatives of parseRelations(paragraph.get(field))) this.#need(name, alternatives, true);
    if (!this.#request.withRecommends) return;
    for (const alternatives of parseRelations(paragraph.get('Recommends'))) this.#need(name, alternatives, false);
  }

  #need(name: string, alternatives: readonly Relation[], required: boolean): void {
    if (alternatives.some((relation) => this.isMet(relation))) return;
    for (const relation of alternatives) {
      const candidate = this.candidate(relation);
      if (candidate === undefined) continue;
      this.choose(candidate);
      return;
    }
    const [first] = alternatives;
    if (required && first !== undefined) this.unmet.push({ name, relation: formatRelation(first) });
  }

  /** Whether what is installed, or is going to be, is what the relation asks for. */
  isMet(relation: Relation): boolean {
    const own = this.#byName.get(relation.name);
    if (own !== undefined && !this.chosen.has(relation.name) && (this.#lenient || satisfies(own, relation)))
      return true;
    const staying = this.#installed.filter((paragraph) => !this.chosen.has(nameOf(paragraph)));
    const loose = this.#lenient ? { name: relation.name } : relation;
    return (
      [...this.chosen.values()].some((paragraph) => satisfies(paragraph, relation)) ||
      staying.some((paragraph) => satisfies(paragraph, loose))
    );
  }

  /** The package of the archive that would satisfy a relation. */
  candidate(relation: Relation): Paragraph | undefined {
    const own = this.#available.get(relation.name);
    const wanted = (paragraph: Paragraph): boolean => !this.#request.unwanted.has(nameOf(paragraph));
    if (own !== undefined && satisfies(own, relation) && wanted(own)) return own;
    return this.#providersOf(relation.name).find((paragraph) => satisfies(paragraph, relation) && wanted(paragraph));
  }

  #providersOf(name: string): readonly Paragraph[] {
    this.#providers ??= providersIn(this.#available);
    return this.#providers.get(name) ?? [];
  }

  /** Installed packages that what was chosen conflicts with. */
  conflicting(): Paragraph[] {
    const gone = new Set<Paragraph>();
    for (const paragraph of this.chosen.values()) {
      for (const [relation] of parseRelations(paragraph.get('Conflicts'))) {
        if (relation === undefined) continue;
        for (const other of this.#installed) {
          const name = nameOf(other);
          if (name !== nameOf(paragraph) && !this.chosen.has(name) && satisfies(other, relation)) gone.add(other);
        }
      }
    }
    return [...gone];
  }
}

/** Virtual packages: by name, the packages that provide them. */
export function providersIn(available: ReadonlyMap<string, Paragraph>): ReadonlyMap<string, readonly Paragraph[]> {
  const providers = new Map<string, Paragraph[]>();
  for (const paragraph of available.values()) {
    for (const [provided] of parseRelations(paragraph.get('Provides'))) {
      if (provided === undefined) continue;
      providers.set(provided.name, [...(providers.get(provided.name) ?? []), paragraph]);
    }
  }
  return providers;
}

/** Each behind what it depends on, else in the order given. */
function unpackOrder(sorted: readonly Paragraph[], planner: Planner): Paragraph[] {
  const ordered: Paragraph[] = [];
  const seen = new Set<Paragraph>();
  const visit = (paragraph: Paragraph): void => {
    if (seen.has(paragraph)) return;
    seen.add(paragraph);
    for (const field of ['Pre-Depends', 'Depends'])
      for (const alternatives of parseRelations(paragraph.get(field))) {
        const needed = [...planner.chosen.values()].find((one) =>
          alternatives.some((relation) => satisfies(one, relation)),
        );
        if (needed !== undefined) visit(needed);
      }
    ordered.push(paragraph);
  };
  sorted.forEach(visit);
  return ordered;
}

/** Automatically installed packages that nothing which stays needs any more. */
export function unneededPackages(database: DpkgDatabase, leaving: ReadonlySet<string> = new Set()): Paragraph[] {
  const staying = installedPackages(database).filter((paragraph) => !leaving.has(nameOf(paragraph)));
  const needed = new Set<Paragraph>();
  const keep = (paragraph: Paragraph): void => {
    if (needed.has(paragraph)) return;
    needed.add(paragraph);
    for (const field of ['Pre-Depends', 'Depends', 'Recommends'])
      for (const alternatives of parseRelations(paragraph.get(field)))
        for (const other of staying) if (alternatives.some((relation) => satisfies(other, relation))) keep(other);
  };
  for (const paragraph of staying) if (!database.automatic.has(nameOf(paragraph))) keep(paragraph);
  return staying.filter((paragraph) => !needed.has(paragraph)).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Installed packages that cannot stay when these go: those that depend on them, and theirs. */
export function dependentPackages(database: DpkgDatabase, leaving: readonly Paragraph[]): Paragraph[] {
  const gone = new Set(leaving);
  for (let grew = true; grew;) {
    const staying = installedPackages(database).filter((paragraph) => !gone.has(paragraph));
    const broken = staying.filter((paragraph) => isBroken(paragraph, staying, gone));
    for (const paragraph of broken) gone.add(paragraph);
    grew = broken.length > 0;
  }
  return [...gone];
}

/** A package is broken by what goes, not by what never was there. */
function isBroken(paragraph: Paragraph, staying: readonly Paragraph[], gone: ReadonlySet<Paragraph>): boolean {
  return ['Pre-Depends', 'Depends'].some((field) =>
    parseRelations(paragraph.get(field)).some((alternatives) => {
      const metBy = (others: Iterable<Paragraph>): boolean =>
        [...others].some((other) => alternatives.some((relation) => satisfies(other, relation)));
      return metBy(gone) && !metBy(staying);
    }),
  );
}

export function nameOf(paragraph: Paragraph): string {
  return paragraph.get('Package') ?? '';
}

/** Whether a name is installed. */
export function installedNamed(database: DpkgDatabase, name: string): Paragraph | undefined {
  const paragraph = database.packages.get(name);
  return isInstalled(paragraph) ? paragraph : undefined;
}
