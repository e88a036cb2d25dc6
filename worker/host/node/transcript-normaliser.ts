/** What differs from run to run is replaced in transcripts as the golden suite's recorder does: IDs, times, ages, names. */

const AGE =
  /(Less than a second|About a minute|About an hour|\d+ (?:second|minute|hour|day|week|month|year)s?)( ago)?/g;

/** Replacements for one transcript: equal IDs get equal numbers. */
export class TranscriptNormaliser {
  readonly #directory: string;
  readonly #full = new Map<string, number>();
  readonly #short = new Map<string, number>();

  /** `directory` is where the commands ran. */
  constructor(directory: string) {
    this.#directory = directory;
  }

  normalise(text: string): string {
    const replaced = settled(text.replaceAll(this.#directory, '<cwd>'))
      .replace(/checksum of ref [0-9a-z:-]+: /g, 'checksum of ref <ref>: ')
      .replace(/\b(?:sha256:)?([0-9a-f]{64})\b/g, (_whole, digits: string) => this.#fullID(digits))
      .replace(/\b[0-9a-f]{12}\b/g, (word) => this.#shortID(word))
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/g, '<time>')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4} [A-Z]+/g, '<time>')
      // a build's plain log: seconds since a step began, its duration, amounts sent
      .replace(/^(#\d+ (?=\d+\.\d{2} |\d\.\d{3} )|(?=\d\.\d{3} ))[\d.]+ /gm, '$1<t> ')
      .replace(/^(#\d+ DONE) \d+\.\d+s$/gm, '$1 <t>')
      .replace(/^(#\d+ [^\n]*?) (?:\d+\.\d+s )?done$/gm, '$1 done')
      .replace(/^(#\d+ transferring [\w ]+:) [\d.]+k?B/gm, '$1 <size>')
      .replace(/^(#\d+ [^\n]+)\n(?=\1 done$)/gm, '')
      .replace(AGE, '<ago>');
    // a table: its columns were padded for the words now gone
    const aligned = replaced.includes('<ago>') ? replaced.replace(/ {3,}/g, '   ') : replaced;
    return aligned.replace(/\b[a-z]+_[a-z]+\d?\b(?=\s*$)/gm, '<name>');
  }

  #fullID(digits: string): string {
    return `<sha256:${numberOf(this.#full, digits)}>`;
  }

  #shortID(word: string): string {
    if (!/\d/.test(word)) return word;
    for (const [full, number] of this.#full) if (full.startsWith(word)) return `<id:${number}>`;
    return `<id:s${numberOf(this.#short, word)}>`;
  }
}

function numberOf(known: Map<string, number>, digits: string): number {
  const number = known.get(digits) ?? known.size + 1;
  known.set(digits, number);
  return number;
}

/** The [internal] steps of a build, in the order they are told. */
const INTERNAL_STEPS = ['load build definition', 'load metadata', 'load .dockerignore', 'load build context'];

/** A build's plain log with its steps in the Dockerfile's order: an engine shows them as they happen to finish. */
function settled(text: string): string {
  if (!text.startsWith('#0 ')) return text;
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line !== '' && !/^#\d+ /.test(line));
  const log = end === -1 ? lines.splice(0) : lines.splice(0, end);
  const groups = new Map<string, string[]>();
  for (const line of log) {
    const [, number, said] = /^(#\d+) (.*)$/.exec(line) ?? [];
    if (number === undefined || said === undefined) continue;
    const group = groups.get(number) ?? [];
    groups.set(number, group);
    if (said !== group[0]) group.push(said);
  }
  const ordered = [...groups.values()].sort((a, b) => comparePlaces(placeOf(a[0] ?? ''), placeOf(b[0] ?? '')));
  const shown = ordered.map((group, number) =>
    withoutChance(group)
      .map((line) => `#${number} ${line}`)
      .join('\n'),
  );
  return [shown.join('\n\n'), ...(lines.some((line) => line !== '') ? lines : [''])].join('\n');
}

type Place = readonly (number | string)[];

function placeOf(title: string): Place {
  const step = /^\[(?:(\S+) )?(\d+)\/\d+\] /.exec(title);
  if (step !== null) return [2, step[1] ?? '', Number(step[2])];
  if (title.startsWith('[internal] ')) {
    const kind = INTERNAL_STEPS.findIndex((words) => title.includes(words));
    return [1, '', kind === -1 ? INTERNAL_STEPS.length : kind, title];
  }
  return [title.startsWith('exporting') ? 3 : 0];
}

function comparePlaces(a: Place, b: Place): number {
  for (const [at, value] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    if (value !== other) return value < other ? -1 : 1;
  }
  return a.length - b.length;
}

/** Whether a FROM is told as CACHED or DONE is chance. */
function withoutChance(group: readonly string[]): readonly string[] {
  if (!/^\[[^\]]*1\/\d+\] FROM /.test(group[0] ?? '')) return group;
  return group.map((line) => (line === 'CACHED' ? 'DONE 0.0s' : line));
}
