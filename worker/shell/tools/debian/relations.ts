/** What a package says of others: `Depends: a (>= 1) | b, c` (Debian policy 7.1). */
import type { Paragraph } from './control.ts';
import { versionMatches } from './versions.ts';

export interface Relation {
  readonly name: string;
  /** An architecture the name was written with (`python3:any`). */
  readonly architecture?: string;
  readonly version?: { readonly operator: string; readonly version: string };
}

/** All of these, each in one of its alternatives. */
export type Relations = readonly (readonly Relation[])[];

export function parseRelations(field: string | undefined): Relations {
  if (field === undefined || field === '') return [];
  return field.split(',').flatMap((item) => {
    const alternatives = item.split('|').flatMap(parseRelation);
    return alternatives.length === 0 ? [] : [alternatives];
  });
}

function parseRelation(text: string): Relation[] {
  const match = /^\s*([a-z0-9][a-z0-9+.-]*)(?::([a-z0-9-]+))?\s*(?:\(\s*(<<|<=|=|>=|>>|<|>)\s*([^\s)]+)\s*\))?/i.exec(
    text,
  );
  const [, name, architecture, operator, version] = match ?? [];
  if (name === undefined) return [];
  const relation = architecture === undefined ? { name } : { name, architecture };
  return [operator === undefined || version === undefined ? relation : { ...relation, version: { operator, version } }];
}

/** Whether the package of this paragraph is what the relation asks for, by its own name or by what it provides. */
export function satisfies(paragraph: Paragraph, relation: Relation): boolean {
  if (paragraph.get('Package') === relation.name) {
    return fits(paragraph.get('Version') ?? '', relation);
  }
  return parseRelations(paragraph.get('Provides')).some(([provided]) => {
    if (provided?.name !== relation.name) return false;
    // a package that provides no version satisfies no relation on one
    return provided.version === undefined ? relation.version === undefined : fits(provided.version.version, relation);
  });
}

function fits(version: string, relation: Relation): boolean {
  return relation.version === undefined || versionMatches(version, relation.version.operator, relation.version.version);
}

/** One alternative as apt prints it. */
export function formatRelation({ name, version }: Relation): string {
  return version === undefined ? name : `${name} (${version.operator} ${version.version})`;
}
