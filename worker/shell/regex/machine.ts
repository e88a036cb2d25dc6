/**
 * Runs the instructions of an expression over a text, a number of steps at a time. It tries what JavaScript's matcher tries, in
 * the same order, but remembers which splits failed at which position: the time grows with the length of the text, not with
 * its power. Only references to groups and look-arounds are tried again and again; those runs can be stopped between two
 * calls.
 */
import { ASCII } from './characters.ts';
import type { Assertion } from './syntax.ts';
import { ASSERTIONS, INSTRUCTION_SIZE, OPERATION, type Program } from './program.ts';

/** Where the groups of a match begin and end, two numbers each, -1 for those without a part in it. */
export type Slots = readonly number[];

interface MachineOptions {
  /** Of all matches at the first place where there is one, the longest (POSIX); else the first that is found. */
  readonly longest: boolean;
  readonly ignoreCase: boolean;
  /** It matches at the start of the text only. */
  readonly anchored: boolean;
  /** Characters a match may begin with; undefined for any. */
  readonly firsts: Uint8Array | undefined;
}

/** Positions that share a page of what was visited. */
const PAGE_POSITIONS = 256;

/** Entries of the stack are three numbers: what to do, and two values. */
const TRY = 0;
const RESTORE = 1;
const LOOK = 2;
const NEGATIVE_LOOK = 3;

export class Machine {
  readonly #program: Program;
  readonly #text: string;
  readonly #options: MachineOptions;
  readonly #slots: number[];
  readonly #stack: number[] = [];
  /** Heights of the stack at which look-arounds began. */
  readonly #looks: number[] = [];
  readonly #visited: (Uint8Array | undefined)[] = [];
  #start: number;
  #at = 0;
  #position = 0;
  #running = false;
  #best: number[] | undefined;

  constructor(program: Program, text: string, from: number, options: MachineOptions) {
    this.#program = program;
    this.#text = text;
    this.#options = options;
    this.#start = from;
    this.#slots = new Array<number>(program.slots).fill(-1);
  }

  /** Goes on for so many steps. Gives the match, null when there is none, undefined when there is more to do. */
  run(steps: number): Slots | null | undefined {
    let left = steps;
    for (;;) {
      if (!this.#running) {
        if (!this.#begin()) return null;
      }
      left = this.#try(left);
      if (left <= 0) return undefined;
      // nothing is left to try at this place
      if (this.#best !== undefined) return this.#best;
      this.#running = false;
      this.#start += this.#start < this.#text.length ? widthAt(this.#text, this.#start) : 1;
    }
  }

  /** Finds the next place where a match may begin. */
  #begin(): boolean {
    const { firsts } = this.#options;
    const text = this.#text;
    if (firsts !== undefined) {
      while (this.#start < text.length && firsts[Math.min(text.charCodeAt(this.#start), ASCII)] !== 1) this.#start++;
      if (this.#start >= text.length) return false;
    }
    if (this.#start > text.length || (this.#options.anchored && this.#start > 0)) return false;
    this.#slots.fill(-1);
    this.#stack.length = 0;
    this.#looks.length = 0;
    this.#at = 0;
    this.#position = this.#start;
    this.#running = true;
    return true;
  }

  /** Runs until nothing is left to try, or the steps are used up; gives how many are left. */
  #try(steps: number): number {
    const { code, sets } = this.#program;
    const text = this.#text;
    const stack = this.#stack;
    let at = this.#at;
    let position = this.#position;
    let left = steps;
    while (left-- > 0) {
      let goesOn = true;
      const a = code[at + 1] ?? 0;
      switch (code[at]) {
        case OPERATION.set: {
          const character = position < text.length ? (text.codePointAt(position) ?? -1) : -1;
          goesOn = character !== -1 && sets[a]?.has(character) === true;
          position += character > 0xffff ? 2 : 1;
          at += INSTRUCTION_SIZE;
          break;
        }
        case OPERATION.split: {
          const place = code[at + 3] ?? -1;
          if (place !== -1 && this.#visit(place, position)) goesOn = false;
          else {
            stack.push(TRY, code[at + 2] ?? 0, position);
            at = a;
          }
          break;
        }
        case OPERATION.jump:
          at = a;
          break;
        case OPERATION.save:
          this.#note(a, position);
          at += INSTRUCTION_SIZE;
          break;
        case OPERATION.forget:
          for (let slot = a; slot < (code[at + 2] ?? 0); slot++) if (this.#slots[slot] !== -1) this.#note(slot, -1);
          at += INSTRUCTION_SIZE;
          break;
        case OPERATION.match:
          this.#accept(position);
          if (!this.#options.longest || position === text.length) return left + 1;
          goesOn = false;
          break;
        default:
          this.#at = at;
          this.#position = position;
          goesOn = this.#rare(code[at], a, code[at + 2] ?? 0);
          at = this.#at;
          position = this.#position;
      }
      if (goesOn) continue;
      if (!this.#backtrack()) return left + 1;
      at = this.#at;
      position = this.#position;
    }
    this.#at = at;
    this.#position = position;
    return 0;
  }

  /** The instructions that are not in the way of every character. Gives false where it does not go on. */
  #rare(operation: number | undefined, a: number, b: number): boolean {
    const here = this.#at;
    this.#at = here + INSTRUCTION_SIZE;
    switch (operation) {
      case OPERATION.progress:
        return this.#slots[a] !== this.#position;
      case OPERATION.assertion:
        return this.#holds(ASSERTIONS[a] ?? 'start');
      case OPERATION.reference:
        return this.#repeats(a);
      case OPERATION.back:
        return this.#stepBack(a);
      case OPERATION.look:
        this.#looks.push(this.#stack.length);
        this.#stack.push(b === 1 ? NEGATIVE_LOOK : LOOK, a, this.#position);
        return true;
      default:
        return this.#looked();
    }
  }

  #accept(position: number): void {
    const end = this.#best?.[1] ?? -1;
    if (position > end) this.#best = [...this.#slots];
  }

  /** Notes a position, and how to take that back. */
  #note(slot: number, position: number): void {
    this.#stack.push(RESTORE, slot, this.#slots[slot] ?? -1);
    this.#slots[slot] = position;
  }

  /** Takes up the last thing that was put off; false when there is none. */
  #backtrack(): boolean {
    while (this.#stack.length > 0) {
      const value = this.#stack.pop() ?? 0;
      const where = this.#stack.pop() ?? 0;
      const kind = this.#stack.pop();
      if (kind === RESTORE) {
        this.#slots[where] = value;
        continue;
      }
      if (kind !== TRY) this.#looks.pop();
      if (kind === LOOK) continue;
      this.#at = where;
      this.#position = value;
      return true;
    }
    return false;
  }

  /** What a look-around was for has matched: what it put off is forgotten, what its groups noted stays. */
  #looked(): boolean {
    const height = this.#looks.pop() ?? 0;
    const [kind, next = 0, position = 0] = this.#stack.slice(height, height + 3);
    if (kind === NEGATIVE_LOOK) {
      while (this.#stack.length > height + 3) {
        const value = this.#stack.pop() ?? 0;
        const slot = this.#stack.pop() ?? 0;
        if (this.#stack.pop() === RESTORE) this.#slots[slot] = value;
      }
      this.#stack.length = height;
      return false;
    }
    const kept: number[] = [];
    for (let i = height + 3; i < this.#stack.length; i += 3)
      if (this.#stack[i] === RESTORE) kept.push(...this.#stack.slice(i, i + 3));
    this.#stack.length = height;
    this.#stack.push(...kept);
    this.#at = next;
    this.#position = position;
    return true;
  }

  /** Marks a split as visited at this position; true when it was already. */
  #visit(place: number, position: number): boolean {
    const page = Math.floor(position / PAGE_POSITIONS);
    const bit = (position % PAGE_POSITIONS) * this.#program.places + place;
    const bits = (this.#visited[page] ??= new Uint8Array((PAGE_POSITIONS * this.#program.places + 7) >> 3));
    const mask = 1 << (bit & 7);
    const byte = bits[bit >> 3] ?? 0;
    bits[bit >> 3] = byte | mask;
    return (byte & mask) !== 0;
  }

  #holds(assertion: Assertion): boolean {
    const text = this.#text;
    const at = this.#position;
    switch (assertion) {
      case 'start':
        return at === 0;
      case 'end':
        return at === text.length;
      case 'line-start':
        return at === 0 || isLineEnd(text.charCodeAt(at - 1));
      case 'line-end':
        return at === text.length || isLineEnd(text.charCodeAt(at));
      case 'word':
      case 'not-word':
        return (isWord(text.charCodeAt(at - 1)) !== isWord(text.charCodeAt(at))) === (assertion === 'word');
    }
  }

  #repeats(group: number): boolean {
    const from = this.#slots[group * 2] ?? -1;
    const to = this.#slots[group * 2 + 1] ?? -1;
    // a group without a part in the match repeats as nothing
    if (from === -1 || to === -1) return true;
    const wanted = this.#text.slice(from, to);
    const found = this.#text.slice(this.#position, this.#position + wanted.length);
    const same = this.#options.ignoreCase ? found.toLowerCase() === wanted.toLowerCase() : found === wanted;
    if (same) this.#position += wanted.length;
    return same;
  }

  #stepBack(characters: number): boolean {
    for (let i = 0; i < characters; i++) {
      if (this.#position === 0) return false;
      const before = this.#text.charCodeAt(this.#position - 1);
      this.#position -= before >= 0xdc00 && before < 0xe000 && this.#position > 1 ? 2 : 1;
    }
    return true;
  }
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029;
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122);
}
