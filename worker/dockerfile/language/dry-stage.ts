/**
 * A stage that nothing is built in: instructions are lowered onto it to find what a build would complain of. What the base image
 * and the build's arguments hold is not known here, so a complaint counts only where it does not depend on them.
 */
import { resolvePath } from '../../base/path.ts';
import type { SourceRange } from '../../base/source.ts';
import type { Instruction } from '../directive.ts';
import { expandWord, type Expansion, type ExpandOptions } from '../shell-words.ts';
import type { CopyRequest, StageBuilder, StageConfig } from '../stage-builder.ts';

export class DryStage implements StageBuilder {
  readonly config: StageConfig = { Env: [] };
  readonly os = 'linux';
  readonly used = new Map<string, SourceRange>();
  readonly #escape: string;
  readonly #values = new Map<string, string>();
  /** Some value the instruction asked for is not known. */
  uncertain = false;
  /** Paths and wildcards the instruction takes from the build context. */
  contextSources: readonly string[] = [];

  constructor(escape: string) {
    this.#escape = escape;
  }

  /** Lowers an instruction; afterwards the fields tell of it alone. Throws what it complains of. */
  lower(instruction: Instruction): void {
    this.uncertain = false;
    this.contextSources = [];
    instruction.lower(this);
  }

  expand(word: string): string {
    return this.#expand(word, {}).text;
  }

  expandWords(word: string): readonly string[] {
    return this.#expand(word, {}).words;
  }

  expandText(text: string): string {
    return this.#expand(text, { ignoreQuotes: true }).text;
  }

  setEnv(name: string, value: string): void {
    this.#learn(name, value);
  }

  /** The build may give it any value. */
  declareArg(name: string): void {
    this.#values.delete(name);
  }

  workdir(path: string): void {
    this.config.WorkingDir = resolvePath(path, resolvePath(this.config.WorkingDir ?? '/'));
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

  /** What follows from an unknown value is not known either. */
  #learn(name: string, value: string): void {
    if (this.uncertain) this.#values.delete(name);
    else this.#values.set(name, value);
  }

  #expand(word: string, more: Partial<ExpandOptions>): Expansion {
    const options = { escape: this.#escape, ...more };
    const unknown = new Set<string>();
    const lookup = (name: string): string | undefined => {
      const value = this.#values.get(name);
      if (value === undefined) unknown.add(name);
      return value;
    };
    try {
      return expandWord(word, { ...options, lookup });
    } catch (error) {
      if (unknown.size === 0) throw error;
      // A value given might satisfy it; what is wrong whatever the value is fails again.
      return expandWord(word, { ...options, lookup: (name) => lookup(name) ?? 'x' });
    } finally {
      this.uncertain ||= unknown.size > 0;
    }
  }
}
