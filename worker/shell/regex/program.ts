/** An expression as a list of instructions for the machine: one for each thing that can be tried. */
import type { CharacterSet } from './characters.ts';
import { isNullable } from './cost.ts';
import type { Assertion, ExpressionNode, LookNode, RepeatNode } from './syntax.ts';

type Instruction =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }
  /** Goes on at `first`; should that fail, at `second`. `place` numbers the splits, -1 where a second visit may differ. */
  | { readonly kind: 'split'; first: number; second: number; readonly place: number }
  | { readonly kind: 'jump'; to: number }
  /** Notes the position. */
  | { readonly kind: 'save'; readonly slot: number }
  /** Fails where nothing was matched since the position was noted. */
  | { readonly kind: 'progress'; readonly slot: number }
  /** Forgets what groups have matched: a new round of a repetition. */
  | { readonly kind: 'forget'; readonly from: number; readonly to: number }
  | { readonly kind: 'reference'; readonly group: number }
  /** Runs what follows up to `looked`, then goes on at `next` from here; a negative one where that fails. */
  | { readonly kind: 'look'; readonly negative: boolean; next: number }
  | { readonly kind: 'looked' }
  /** Steps back this many characters; fails at the start of the text. */
  | { readonly kind: 'back'; readonly characters: number }
  | { readonly kind: 'match' };

/** What the first number of an encoded instruction says. */
export const OPERATION = {
  set: 0,
  split: 1,
  jump: 2,
  save: 3,
  progress: 4,
  forget: 5,
  assertion: 6,
  reference: 7,
  back: 8,
  look: 9,
  looked: 10,
  match: 11,
} as const;

/** Numbers an encoded instruction takes. */
export const INSTRUCTION_SIZE = 4;

export const ASSERTIONS: readonly Assertion[] = ['start', 'end', 'line-start', 'line-end', 'word', 'not-word'];

export interface Program {
  /** The instructions, {@link INSTRUCTION_SIZE} numbers each: which it is, and what it is given. They count places in this array. */
  readonly code: Int32Array;
  readonly sets: readonly CharacterSet[];
  /** How many positions a run notes. */
  readonly slots: number;
  /** How many splits are visited once for each position. */
  readonly places: number;
}

/** More would not fit: regcomp has a limit of this kind too. */
const MAX_INSTRUCTIONS = 100_000;

/** Thrown for an expression that cannot be compiled; the message is one of regcomp's or PCRE's. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/** Compiles a tree. `referring`: it refers to groups, so that how a place was reached may decide what comes of it. */
export function compileProgram(root: ExpressionNode, groupCount: number, referring: boolean): Program {
  return new Compiler(groupCount, referring).compile(root);
}

class Compiler {
  readonly #instructions: Instruction[] = [];
  readonly #referring: boolean;
  #slots: number;
  #places = 0;
  #lookDepth = 0;

  constructor(groupCount: number, referring: boolean) {
    this.#slots = groupCount * 2;
    this.#referring = referring;
  }

  compile(root: ExpressionNode): Program {
    this.#add({ kind: 'save', slot: 0 });
    this.#node(root);
    this.#add({ kind: 'save', slot: 1 });
    this.#add({ kind: 'match' });
    return { ...encode(this.#instructions), slots: this.#slots, places: this.#places };
  }

  #add<T extends Instruction>(instruction: T): T {
    if (this.#instructions.length >= MAX_INSTRUCTIONS) throw new ProgramError('Regular expression too big');
    this.#instructions.push(instruction);
    return instruction;
  }

  get #next(): number {
    return this.#instructions.length;
  }

  #split(): Instruction & { kind: 'split' } {
    const once = !this.#referring && this.#lookDepth === 0;
    return this.#add({ kind: 'split', first: 0, second: 0, place: once ? this.#places++ : -1 });
  }

  #node(node: ExpressionNode): void {
    switch (node.kind) {
      case 'set':
        this.#add({ kind: 'set', set: node.set });
        return;
      case 'assertion':
        this.#add({ kind: 'assertion', assertion: node.assertion });
        return;
      case 'sequence':
        for (const item of node.items) this.#node(item);
        return;
      case 'choice':
        this.#choice(node.options);
        return;
      case 'group':
        this.#add({ kind: 'save', slot: node.index * 2 });
        this.#node(node.body);
        this.#add({ kind: 'save', slot: node.index * 2 + 1 });
        return;
      case 'reference':
        this.#add({ kind: 'reference', group: node.group });
        return;
      case 'repeat':
        this.#repeat(node);
        return;
      case 'look':
        this.#look(node);
    }
  }

  #choice(options: readonly ExpressionNode[]): void {
    const ends: { to: number }[] = [];
    options.forEach((option, index) => {
      if (index === options.length - 1) {
        this.#node(option);
        return;
      }
      const split = this.#split();
      split.first = this.#next;
      this.#node(option);
      ends.push(this.#add({ kind: 'jump', to: 0 }));
      split.second = this.#next;
    });
    for (const end of ends) end.to = this.#next;
  }

  #repeat({ body, least, most, lazy, groups }: RepeatNode): void {
    for (let i = 0; i < least; i++) this.#round(body, groups);
    if (!Number.isFinite(most)) {
      this.#loop(body, lazy, groups);
      return;
    }
    const ends: ((at: number) => void)[] = [];
    for (let i = least; i < most; i++) {
      const split = this.#split();
      ends.push(this.#branch(split, lazy));
      this.#progressing(body, groups);
    }
    for (const end of ends) end(this.#next);
  }

  #loop(body: ExpressionNode, lazy: boolean, groups: readonly [number, number]): void {
    const start = this.#next;
    const split = this.#split();
    const leave = this.#branch(split, lazy);
    this.#progressing(body, groups);
    this.#add({ kind: 'jump', to: start });
    leave(this.#next);
  }

  /** Goes into what follows first, or last where it is lazy; gives what to call with the place to leave to. */
  #branch(split: { first: number; second: number }, lazy: boolean): (at: number) => void {
    if (lazy) split.second = this.#next;
    else split.first = this.#next;
    return (at) => {
      if (lazy) split.first = at;
      else split.second = at;
    };
  }

  /** A round that may be left out: it counts only where it matches something. */
  #progressing(body: ExpressionNode, groups: readonly [number, number]): void {
    if (!isNullable(body)) {
      this.#round(body, groups);
      return;
    }
    const slot = this.#slots++;
    this.#add({ kind: 'save', slot });
    this.#round(body, groups);
    this.#add({ kind: 'progress', slot });
  }

  #round(body: ExpressionNode, [from, to]: readonly [number, number]): void {
    if (to > from) this.#add({ kind: 'forget', from: from * 2, to: to * 2 });
    this.#node(body);
  }

  #look(look: LookNode): void {
    const { behind, negative, body } = look;
    if (behind && body.kind === 'choice') {
      this.#lookBehindChoice(look, body.options);
      return;
    }
    const start = this.#add({ kind: 'look', negative, next: 0 });
    this.#lookDepth++;
    if (behind) this.#add({ kind: 'back', characters: lengthOf(body) });
    this.#node(body);
    this.#lookDepth--;
    this.#add({ kind: 'looked' });
    start.next = this.#next;
  }

  /** Each alternative may have a length of its own: none of them, or any of them. */
  #lookBehindChoice({ negative }: LookNode, options: readonly ExpressionNode[]): void {
    const looks = options.map((body) => ({ kind: 'look', behind: true, negative, body }) as const);
    if (negative) for (const one of looks) this.#look(one);
    else this.#choice(looks);
  }
}

function encode(instructions: readonly Instruction[]): Pick<Program, 'code' | 'sets'> {
  const sets: CharacterSet[] = [];
  const code = new Int32Array(instructions.length * INSTRUCTION_SIZE);
  instructions.forEach((instruction, index) => {
    const values = valuesOf(instruction, sets);
    code.set([OPERATION[instruction.kind], ...values], index * INSTRUCTION_SIZE);
  });
  return { code, sets };
}

function valuesOf(instruction: Instruction, sets: CharacterSet[]): readonly number[] {
  switch (instruction.kind) {
    case 'set':
      return [sets.push(instruction.set) - 1];
    case 'split':
      return [instruction.first * INSTRUCTION_SIZE, instruction.second * INSTRUCTION_SIZE, instruction.place];
    case 'jump':
      return [instruction.to * INSTRUCTION_SIZE];
    case 'save':
    case 'progress':
      return [instruction.slot];
    case 'forget':
      return [instruction.from, instruction.to];
    case 'assertion':
      return [ASSERTIONS.indexOf(instruction.assertion)];
    case 'reference':
      return [instruction.group];
    case 'back':
      return [instruction.characters];
    case 'look':
      return [instruction.next * INSTRUCTION_SIZE, instruction.negative ? 1 : 0];
    case 'looked':
    case 'match':
      return [];
  }
}

/** How many characters a look-behind goes back. */
function lengthOf(node: ExpressionNode): number {
  switch (node.kind) {
    case 'set':
      return 1;
    case 'assertion':
    case 'look':
      return 0;
    case 'group':
      return lengthOf(node.body);
    case 'sequence':
      return node.items.reduce((total, item) => total + lengthOf(item), 0);
    case 'choice': {
      const [first = 0, ...others] = node.options.map(lengthOf);
      if (others.every((length) => length === first)) return first;
      break;
    }
    case 'repeat':
      if (node.least === node.most) return node.least * lengthOf(node.body);
      break;
    case 'reference':
  }
  throw new ProgramError('lookbehind assertion is not fixed length');
}
