/**
 * Expressions as the programs of a container use them. Most are matched by JavaScript's own matcher; those for which it might
 * take too long on a text, and those in which POSIX's longest match may be another than the first, run on a machine that can
 * be stopped. Either way what is done counts as work of the process.
 */
import { COSTS_NOTHING, costOf, firstsOf, isAnchored, isNullable, stepsFor, type Cost } from './cost.ts';
import { Machine, type Slots } from './machine.ts';
import { compileProgram, ProgramError, type Program } from './program.ts';
import { parseExpression, UnknownSyntaxError, type ParsedExpression } from './syntax.ts';

/** Where to look for the next match. */
export function placeBehind(text: string, { index, 0: whole }: Match): number {
  if (whole !== '') return index + whole.length;
  return index + ((text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1);
}

/** Nobody is charged: for names of files and the like. */
export const UNCHARGED: Worker = { work: () => undefined, checkpoint: () => undefined };

/** The whole match and its groups, as `RegExp.exec` gives them. */
export interface Match extends ArrayLike<string | undefined> {
  readonly 0: string;
  readonly index: number;
  readonly groups?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where each begins and ends; with the flag `d`. */
  readonly indices?: ArrayLike<readonly [number, number] | undefined> | undefined;
}

/** Who matches: the process, which is charged for it, and which can be stopped. */
export interface Worker {
  /** Counts steps of work; throws when the process has had its share. */
  work(steps: number): void;
  /** Lets others in; await what it returns, if anything. */
  checkpoint(): Promise<void> | undefined;
}

interface ExpressionSettings {
  /** Of several matches at the same place the longest is taken, as POSIX wants it. */
  readonly longest?: boolean;
}

/** Steps JavaScript's matcher may need at most, as estimated, to be let at it: some hundredths of a second. */
const MAX_NATIVE_STEPS = 4_000_000;
/** Steps of the machine between two checkpoints: some milliseconds. */
const SLICE_STEPS = 100_000;
/** Steps of the machine that are counted as one of the process: a step of a shell is about so many of them. */
const STEPS_PER_WORK = 8;
/** Characters JavaScript's matcher looks at in the time of a step. */
const CHARACTERS_PER_WORK = 256;

export class Expression {
  readonly source: string;
  readonly flags: string;
  readonly #native: RegExp;
  readonly #longest: boolean;
  #parsed: ParsedExpression | undefined;
  #cost: Cost | undefined;
  #program: Program | undefined;
  #firsts: Uint8Array | undefined;
  #anchored = false;
  /** JavaScript knows it, the machine does not (look-behinds of any length): it is left to JavaScript. */
  #isForeign = false;

  /** `source` and `flags` are those of a RegExp; `g` is added. Throws `SyntaxError` as that does. */
  constructor(source: string, flags: string, { longest = false }: ExpressionSettings = {}) {
    this.#native = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
    this.source = source;
    this.flags = this.#native.flags;
    this.#longest = longest && source.includes('|');
  }

  /** How many groups there are. */
  get groupCount(): number {
    return this.#tree.groupCount - 1;
  }

  /** The first match at or behind `from`, however long it takes: for expressions without references (awk's, patterns). */
  find(text: string, worker: Worker, from = 0): Match | undefined {
    const program = this.#isQuick(text, from) ? undefined : this.#program;
    if (program === undefined) return this.#findNative(text, worker, from);
    const machine = this.#start(program, text, from);
    for (;;) {
      const found = machine.run(SLICE_STEPS);
      worker.work(SLICE_STEPS / STEPS_PER_WORK);
      if (found !== undefined) return found === null ? undefined : this.#matchOf(text, found);
    }
  }

  /** All matches, one behind the other; an empty one moves on by a character. */
  *findAll(text: string, worker: Worker): Generator<Match, void> {
    for (let match = this.find(text, worker); match !== undefined;) {
      yield match;
      const next = placeBehind(text, match);
      match = next > text.length ? undefined : this.find(text, worker, next);
    }
  }

  /** As {@link find}, letting others in: a promise where it takes long. */
  search(text: string, worker: Worker, from = 0): Match | undefined | Promise<Match | undefined> {
    const program = this.#isQuick(text, from) ? undefined : this.#program;
    if (program === undefined) return this.#findNative(text, worker, from);
    const machine = this.#start(program, text, from);
    const found = machine.run(SLICE_STEPS);
    worker.work(text.length / STEPS_PER_WORK);
    if (found === undefined) return this.#searchOn(machine, text, worker);
    return found === null ? undefined : this.#matchOf(text, found);
  }

  async #searchOn(machine: Machine, text: string, worker: Worker): Promise<Match | undefined> {
    for (;;) {
      worker.work(SLICE_STEPS / STEPS_PER_WORK);
      const pause = worker.checkpoint();
      if (pause !== undefined) await pause;
      const found = machine.run(SLICE_STEPS);
      if (found !== undefined) return found === null ? undefined : this.#matchOf(text, found);
    }
  }

  get #tree(): ParsedExpression {
    return (this.#parsed ??= parseExpression(this.source, this.flags));
  }

  #isQuick(text: string, from: number): boolean {
    if (this.#isForeign) return true;
    const cost = this.#cost ?? this.#weigh();
    if (this.#longest && cost.ambiguous) return false;
    if (cost.power === 0 && !cost.unbounded) return true;
    return stepsFor(cost, text.length - from, this.#anchored) <= MAX_NATIVE_STEPS;
  }

  #weigh(): Cost {
    try {
      const { root, groupCount } = this.#tree;
      const cost = costOf(root);
      this.#anchored = isAnchored(root);
      this.#firsts = isNullable(root) ? undefined : firstsOf(root);
      this.#program = compileProgram(root, groupCount, cost.referring);
      return (this.#cost = cost);
    } catch (error) {
      if (!(error instanceof ProgramError) && !(error instanceof UnknownSyntaxError)) throw error;
      this.#isForeign = true;
      return (this.#cost = COSTS_NOTHING);
    }
  }

  #findNative(text: string, worker: Worker, from: number): Match | undefined {
    if (text.length > CHARACTERS_PER_WORK) worker.work((text.length - from) / CHARACTERS_PER_WORK);
    this.#native.lastIndex = from;
    return this.#native.exec(text) ?? undefined;
  }

  #start(program: Program, text: string, from: number): Machine {
    return new Machine(program, text, from, {
      longest: this.#longest,
      ignoreCase: this.flags.includes('i'),
      anchored: this.#anchored,
      firsts: this.#firsts,
    });
  }

  #matchOf(text: string, slots: Slots): Match {
    const { groupCount, names } = this.#tree;
    const places = Array.from({ length: groupCount }, (_, group) => {
      const from = slots[group * 2] ?? -1;
      const to = slots[group * 2 + 1] ?? -1;
      return from === -1 || to === -1 ? undefined : ([from, to] as const);
    });
    const texts = places.map((place) => place && text.slice(place[0], place[1]));
    const groups = [...names].map(([name, group]) => [name, texts[group]] as const);
    return Object.assign(texts, {
      0: texts[0] ?? '',
      index: slots[0] ?? 0,
      groups: groups.length === 0 ? undefined : Object.fromEntries(groups),
      ...(this.flags.includes('d') && { indices: places }),
    });
  }
}
