/**
 * What the Help tells, as data. It is made when the page is built (scripts/reference), from the very values that drive the parser,
 * the command line, the shell and the build checks, so that it cannot say anything else than what they do.
 */

export interface Reference {
  readonly sections: readonly ReferenceSection[];
  readonly fidelity: readonly FidelityRow[];
}

export type SectionID = 'dockerfile' | 'commands' | 'checks' | 'programs';

export interface ReferenceSection {
  readonly id: SectionID;
  readonly title: string;
  /** One sentence on where its entries are from. */
  readonly about: string;
  readonly entries: readonly ReferenceEntry[];
}

/** One directive, command, build check or program. */
export interface ReferenceEntry {
  readonly name: string;
  /** Other names it answers to. */
  readonly also: readonly string[];
  /** One line. */
  readonly summary: string;
  /** How it is written, one form each. */
  readonly forms: readonly string[];
  /** Paragraphs; what stands between backticks is code. */
  readonly text: readonly string[];
  readonly flags: readonly ReferenceFlag[];
  /** Where it is not what its name says, how: what of it is simulated. */
  readonly simulated?: string;
  /** A word beside the name: whose check it is, what it may end in. */
  readonly mark?: string;
  /** Where to read more. */
  readonly url?: string;
}

export interface ReferenceFlag {
  /** As it is written: `-t, --tag list`. */
  readonly name: string;
  readonly text: string;
  /** Values it takes, or its default. */
  readonly note?: string;
}

/** One part of Strata: whether it is what it is called, and how that is known. */
export interface FidelityRow {
  readonly part: string;
  readonly kind: 'real' | 'replica' | 'simulated';
  /** What that means here; what is between backticks is code. */
  readonly what: string;
  /** How it was checked. */
  readonly checked: string;
  /** Recorded cases it is held to, counted in their folders; with what is counted. */
  readonly cases: readonly { readonly count: number; readonly of: string }[];
}

/** Fetches it. */
export async function loadReference(): Promise<Reference> {
  return (await import('virtual:strata-reference')).default;
}
