/** Finding an entry of the Help by words, and by the address that names it. */
import type { Reference, ReferenceEntry, ReferenceSection, SectionID } from './reference.ts';

/** The entries of a section that have all of the words. */
export interface FoundSection {
  readonly section: ReferenceSection;
  readonly entries: readonly ReferenceEntry[];
}

/** Entries that hold every word somewhere, those first whose name does; sections without any are left out. */
export function findEntries({ sections }: Reference, typed: string): readonly FoundSection[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = sections.map((section) => {
    const ranked = section.entries.flatMap((entry) => {
      const rank = rankOf(entry, words);
      return rank === undefined ? [] : [{ entry, rank }];
    });
    return { section, entries: ranked.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry) };
  });
  return found.filter(({ entries }) => entries.length > 0);
}

/** 0 where the words are its name, 1 where a name begins with them, 2 where names hold them, 3 where its text does. */
function rankOf(entry: ReferenceEntry, words: readonly string[]): number | undefined {
  const names = [entry.name, ...entry.also].map((name) => name.toLowerCase());
  const wanted = words.join(' ');
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;
  if (words.every((word) => names.some((name) => name.includes(word)))) return 2;
  const flags = entry.flags.flatMap(({ name, text }) => [name, text]);
  const all = [...names, entry.summary, ...entry.text, ...flags].join(' ').toLowerCase();
  return words.every((word) => all.includes(word)) ? 3 : undefined;
}

/** A place in the Help: one of its sections, an entry there, or the table of what is real. */
export interface HelpPlace {
  readonly section: SectionID | 'real';
  /** Name of an entry; empty for the section as a whole. */
  readonly entry: string;
}

/** `dockerfile/COPY`, `checks`, `real`. */
export function encodeHelpPlace({ section, entry }: HelpPlace): string {
  return entry === '' ? section : `${section}/${entry}`;
}

/** The place such a text names; the table of what is real for what names nothing. */
export function decodeHelpPlace(text: string): HelpPlace {
  const slash = text.indexOf('/');
  const named = slash < 0 ? text : text.slice(0, slash);
  const section = (['dockerfile', 'commands', 'checks', 'programs'] as const).find((id) => id === named);
  return section === undefined
    ? { section: 'real', entry: '' }
    : { section, entry: slash < 0 ? '' : text.slice(slash + 1) };
}
