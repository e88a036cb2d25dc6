/**
 * Compares two transcripts of one script by the rules of the golden suite: commands in order, each with its output and its exit
 * code; blanks in tables are one blank, an ID of one side stands for one ID of the other, and a build's log is compared by its
 * steps.
 */

/** What came of one command; `difference` is absent where both answers are the same. */
export interface CommandVerdict {
  readonly command: string;
  readonly difference?: string;
}

interface Answer {
  readonly command: string;
  readonly output: string;
  readonly status: number;
}

const PLACEHOLDER = /<(?:sha256|id):s?\d+>/g;

/** One verdict for each golden command. */
export function compareTranscripts(golden: string, ours: string): readonly CommandVerdict[] {
  const wanted = answersOf(golden);
  const given = answersOf(ours);
  const ids = new IDPairs();
  return wanted.map((want, at) => {
    const got = given[at];
    const difference = got?.command === want.command ? differenceOf(want, got, ids) : 'not in the output';
    return { command: want.command, ...(difference === undefined ? {} : { difference }) };
  });
}

function differenceOf(want: Answer, got: Answer, ids: IDPairs): string | undefined {
  if (want.status !== got.status) {
    return `exit is ${got.status}, not ${want.status}: ${JSON.stringify(got.output.slice(0, 200))}`;
  }
  if (ids.match(want.output, got.output)) return undefined;
  const wanted = want.output.split('\n');
  const given = got.output.split('\n');
  const line = wanted.findIndex((text, at) => anonymous(text) !== anonymous(given[at] ?? ''));
  if (line === -1) return given.length > wanted.length ? `further line ${given[wanted.length] ?? ''}` : 'other ids';
  return `line ${line + 1} is ${JSON.stringify(given[line])}, not ${JSON.stringify(wanted[line])}`;
}

const anonymous = (text: string): string => text.replace(PLACEHOLDER, '<id>');

/** Which ID of one side stands for which of the other. */
class IDPairs {
  readonly #there = new Map<string, string>();
  readonly #back = new Map<string, string>();

  /** True when the texts are equal with IDs standing for IDs as before; remembers them then. */
  match(golden: string, ours: string): boolean {
    if (anonymous(golden) !== anonymous(ours)) return false;
    const wanted = golden.match(PLACEHOLDER) ?? [];
    const given = ours.match(PLACEHOLDER) ?? [];
    const [there, back] = [new Map(this.#there), new Map(this.#back)];
    for (const [at, id] of wanted.entries()) {
      const other = given[at] ?? '';
      if ((there.get(id) ?? other) !== other || (back.get(other) ?? id) !== id) return false;
      there.set(id, other);
      back.set(other, id);
    }
    for (const [id, other] of there) this.#there.set(id, other);
    for (const [id, other] of back) this.#back.set(id, other);
    return true;
  }
}

/** The commands of a transcript with what each printed. A here-document belongs to its command. */
function answersOf(transcript: string): readonly Answer[] {
  const found: { command: string[]; said: string[] }[] = [];
  const lines = transcript.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (!line.startsWith('$ ')) {
      found.at(-1)?.said.push(line);
      continue;
    }
    const command = [line.slice(2)];
    const mark = /<<-?\s*'?(\w+)'?/.exec(line)?.[1];
    while (mark !== undefined && at + 1 < lines.length) {
      const next = lines[++at] ?? '';
      command.push(next);
      if (next.trim() === mark) break;
    }
    found.push({ command, said: [] });
  }
  return found.map(({ command, said }) => {
    const trimmed = withoutEmptyEnd(said);
    const status = /^\[(\d+)\]$/.exec(trimmed.at(-1) ?? '')?.[1];
    const output = tidy(status === undefined ? trimmed : trimmed.slice(0, -1));
    return {
      command: tidy(command),
      output: /^#\d+ /.test(output) ? buildSteps(output) : output,
      status: Number(status ?? 0),
    };
  });
}

function tidy(lines: readonly string[]): string {
  return withoutEmptyEnd(lines.map((line) => line.replace(/[ \t]+/g, ' ').trimEnd())).join('\n');
}

function withoutEmptyEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1);
}

/** A build's log by its steps, without their numbers, times and internal steps; then whatever follows the log. */
function buildSteps(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line !== '' && !/^#\d+ /.test(line));
  const log = end === -1 ? lines : lines.slice(0, end);
  const groups = new Map<string, string[]>();
  for (const line of log) {
    const [, number, said] = /^#(\d+) (.*)$/.exec(line) ?? [];
    if (number === undefined || said === undefined) continue;
    const group = groups.get(number) ?? [];
    groups.set(number, group);
    if (said !== group[0]) group.push(said);
  }
  const steps = [...groups.values()]
    .flatMap(stepOf)
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return [...steps.flatMap(({ said }) => said), ...(end === -1 ? [] : lines.slice(end))].join('\n');
}

function stepOf(group: readonly string[]): { place: string; said: readonly string[] }[] {
  const [title = '', ...rest] = group;
  const step = /^\[(?:(\S+) )?(\d+)\/\d+\] (FROM )?/.exec(title);
  if (step !== null) {
    const body = step[3] === undefined ? rest.map((line) => line.replace(/^DONE .*/, 'DONE')) : [];
    return [{ place: `0 ${step[1] ?? ''} ${(step[2] ?? '').padStart(4)}`, said: [title, ...body] }];
  }
  if (!title.startsWith('exporting')) return [];
  return [{ place: '1', said: group.filter((line) => /^(?:writing image|naming to)/.test(line)) }];
}
