/**
 * A stage that nothing is built in: instructions are lowered onto it to find what a build would complain of, and what variables
 * stand for. What the build's arguments will be is not known here, so a complaint counts only where it does not depend on them.
 */
import { resolvePath } from '../../base/path.ts';
import type { SourceRange } from '../../base/source.ts';
import type { Instruction } from '../directive.ts';
import { expandWord, type Expansion, type ExpandOptions } from '../shell-words.ts';
import type { CopyRequest, StageBuilder, StageConfig } from '../stage-builder.ts';

/** A variable as a stage sees it at some place. */
export interface Variable {
  readonly name: string;
  /** Without values given to the build; undefined where it has none then. */
  readonly value: string | undefined;
  /** No build argument can change it. */
  readonly fixed: boolean;
  readonly origin: 'argument' | 'environment' | 'image' | 'predefined';
  /** Of the instruction that set it last; absent for what the image or the builder set. */
  readonly range?: SourceRange;
}

export interface DryStageStart {
  readonly escape: string;
  /** In force before the first instruction. */
  readonly variables: ReadonlyMap<string, Variable>;
  /** What ARG takes a value from when it declares none. */
  readonly globals: ReadonlyMap<string, Variable>;
  /** All variables of the base image are among those given. */
  readonly knowsImage: boolean;
  /** Where its instructions work; absent where the base image decides and is not known. */
  readonly workingDir?: string;
}

/** Stands for a working directory that is not known: it is not the root. */
const UNKNOWN_DIRECTORY = '/directory of the base image';

/** Characters of a path that a kernel takes (PATH_MAX). */
const MAX_PATH = 4096;

const PLAIN = /^[^$'"\\`]*$/;

export class DryStage implements StageBuilder {
  readonly config: StageConfig;
  readonly os = 'linux';
  readonly used = new Map<string, SourceRange>();
  /** Some value the instruction asked for is not known. */
  uncertain = false;
  /** Variables the instruction asked for and nothing declares. */
  readonly undeclared = new Set<string>();
  /** Paths and wildcards the instruction takes from the build context. */
  contextSources: readonly string[] = [];
  /** The variables it began with. */
  readonly initial: ReadonlyMap<string, Variable>;
  readonly knowsImage: boolean;
  readonly #start: DryStageStart;
  #own: Map<string, Variable> | undefined;
  #range: SourceRange | undefined;
  /** How often a value was asked for that the build may give. */
  #guesses = 0;

  constructor(start: DryStageStart) {
    this.#start = start;
    this.config = { Env: [], WorkingDir: start.workingDir ?? UNKNOWN_DIRECTORY };
    this.initial = start.variables;
    this.knowsImage = start.knowsImage;
  }

  /** In force after what was lowered so far. Stages that set none share those of their base: there may be very many stages. */
  get variables(): ReadonlyMap<string, Variable> {
    return this.#own ?? this.initial;
  }

  /** Lowers an instruction; afterwards the fields tell of it alone. Throws what it complains of. */
  lower(instruction: Instruction): void {
    this.uncertain = false;
    this.undeclared.clear();
    this.contextSources = [];
    this.#range = instruction.range;
    instruction.lower(this);
  }

  expand(word: string): string {
    return PLAIN.test(word) ? word : this.#expand(word, {}).text;
  }

  expandWords(word: string): readonly string[] {
    return this.#expand(word, {}).words;
  }

  expandText(text: string): string {
    return this.#expand(text, { ignoreQuotes: true }).text;
  }

  setEnv(name: string, value: string): void {
    this.#set(name, value, !this.uncertain, 'environment');
  }

  /** The build may give it any value. */
  declareArg(name: string, value: string | undefined): void {
    this.#set(name, value ?? this.#start.globals.get(name)?.value, false, 'argument');
  }

  workdir(path: string): void {
    const directory = this.config.WorkingDir ?? '/';
    // No kernel takes a longer one, and joining them for ever takes for ever.
    if (directory.length < MAX_PATH) this.config.WorkingDir = resolvePath(path, resolvePath(directory));
  }

  metadata(): void {
    // Nothing keeps its history.
  }

  run(): void {
    // Nothing is run.
  }

  /** Nothing is copied; what would be is noted. */
  copy(request: CopyRequest): void {
    if (request.from !== undefined || this.uncertain) return;
    this.contextSources = request.sources.flatMap((source) => (source.kind === 'path' ? [source.path] : []));
  }

  setAuthor(): void {
    // Nobody reads it.
  }

  warn(): void {
    // Findings of build checks have their own way.
  }

  #set(name: string, value: string | undefined, fixed: boolean, origin: Variable['origin']): void {
    const range = this.#range === undefined ? {} : { range: this.#range };
    this.#own ??= new Map(this.initial);
    this.#own.set(name, { name, value, fixed, origin, ...range });
  }

  #expand(word: string, more: Partial<ExpandOptions>): Expansion {
    const options = { escape: this.#start.escape, ...more };
    const before = this.#guesses;
    const lookup = (name: string): string | undefined => this.#lookup(name);
    try {
      return expandWord(word, { ...options, lookup });
    } catch (error) {
      if (this.#guesses === before) throw error;
      // A value given might satisfy it; what is wrong whatever the value is fails again.
      return expandWord(word, { ...options, lookup: (name) => lookup(name) ?? 'x' });
    } finally {
      this.uncertain ||= this.#guesses > before;
    }
  }

  #lookup(name: string): string | undefined {
    const variable = this.variables.get(name);
    if (variable === undefined && this.knowsImage) this.undeclared.add(name);
    if (variable?.fixed !== true) this.#guesses++;
    return variable?.value;
  }
}
