/**
 * The state of one shell: what POSIX calls the shell execution environment (XCU 2.12). A subshell is a copy in a process of
 * its own; the interpreter's functions work on it.
 */
import type { ProgramRegistry } from '../kernel/exec.ts';
import type { Process } from '../kernel/process.ts';
import { byteLength, encodeText } from '../text.ts';
import type { ArithmeticScope } from './expansion/arithmetic.ts';
import { evaluateArithmetic } from './expansion/arithmetic.ts';
import type { Dialect } from './dialects/dialect.ts';
import { ShellError } from './failures.ts';
import type { ShellFunction } from './functions.ts';
import { HomeDirectories } from './home-directories.ts';
import { Jobs } from './jobs.ts';
import { optionLetters, type OptionName } from './options.ts';
import type { SourceText } from './source-text.ts';
import { Traps } from './traps.ts';
import { ReadOnlyVariableError, Variables } from './variables.ts';

/** A jump out of loops or functions that is under way; every list stops until it has arrived. */
export type Unwinding =
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  /** Out of a function or a sourced file. */
  | { readonly kind: 'return' };

/** What a shell is started with. */
export interface ShellStart {
  readonly process: Process;
  readonly programs: ProgramRegistry;
  readonly dialect: Dialect;
  /** `$0`. */
  readonly name: string;
  readonly positional: readonly string[];
  readonly options: Iterable<OptionName>;
  readonly source: SourceText;
}

const DEFAULT_SEPARATORS = ' \t\n';

export class Shell implements ArithmeticScope {
  readonly process: Process;
  readonly programs: ProgramRegistry;
  readonly dialect: Dialect;
  readonly name: string;
  readonly variables: Variables;
  readonly functions: Map<string, ShellFunction>;
  readonly options: Set<OptionName>;
  /** bash's `shopt` options that are on. */
  readonly shoptions: Set<string>;
  readonly aliases: Map<string, string>;
  readonly traps: Traps;
  readonly jobs: Jobs;
  /** `$$`: the process of the shell that is no subshell. */
  readonly mainPid: number;
  /** Started with `-c`. */
  readonly fromCommandLine: boolean;
  /** A person types its lines: Ctrl-C gives up the line, not the shell. Subshells are not interactive. */
  interactive = false;
  positional: readonly string[];
  source: SourceText;
  /** Offset in `source` of the command that runs. */
  position = 0;
  lastStatus = 0;
  /** Statuses of the last pipeline (bash's PIPESTATUS). */
  pipeStatuses: readonly number[] = [0];
  /** Status of the last command substitution of the command being expanded. */
  substitutionStatus: number | undefined;
  unwinding: Unwinding | undefined;
  loopDepth = 0;
  /** Names of the functions that run, innermost last. */
  functionNames: readonly string[] = [];
  /** The lines they were called from. */
  callLines: readonly number[] = [];
  /** What `local -` keeps for the end of the function that runs. */
  optionsToRestore: ReadonlySet<OptionName> | undefined;
  sourceDepth = 0;
  /** Above 0 the status of commands is being tested, so `set -e` does not apply. */
  testedDepth = 0;
  /** How deep in command substitutions and `eval`: bash's trace shows it. */
  traceDepth = 0;
  /** What `pushd` has put away, the latest first. */
  directories: readonly string[] = [];
  /** The text of the command that runs, or ran when a trap began. */
  commandText: (() => string) | undefined;
  subshellDepth = 0;
  /** Descriptors of process substitutions of the command that runs. */
  substitutionDescriptors: number[] = [];
  /** Position inside a cluster of options, for `getopts`. */
  optionOffset = 0;
  /** Those that `~user` stands for. */
  readonly homes: HomeDirectories;
  /** Builtins that `enable -n` switched off. */
  readonly disabledBuiltins: Set<string>;
  /** The builtin that runs, for messages. */
  command: string | undefined;

  private constructor(start: ShellStart, from?: Shell) {
    this.process = start.process;
    this.programs = start.programs;
    this.dialect = start.dialect;
    this.name = start.name;
    this.positional = start.positional;
    this.source = start.source;
    this.options = new Set(start.options);
    this.variables = from?.variables.fork() ?? Variables.fromEnvironment(start.process.environment);
    this.functions = new Map(from?.functions);
    this.shoptions = new Set(from?.shoptions);
    this.aliases = new Map(from?.aliases);
    this.disabledBuiltins = new Set(from?.disabledBuiltins);
    this.homes = from?.homes ?? new HomeDirectories();
    this.traps = from?.traps.fork() ?? new Traps();
    this.jobs = new Jobs(from?.jobs.all());
    this.fromCommandLine = from?.fromCommandLine ?? start.source.kind === 'command';
    this.mainPid = from?.mainPid ?? start.process.pid;
  }

  static start(start: ShellStart): Shell {
    return new Shell(start);
  }

  /** The same state in a child process: a subshell. */
  fork(process: Process): Shell {
    const { programs, dialect, name, positional, options, source } = this;
    const copy = new Shell({ process, programs, dialect, name, positional, options, source }, this);
    copy.position = this.position;
    copy.lastStatus = this.lastStatus;
    copy.loopDepth = this.loopDepth;
    copy.functionNames = this.functionNames;
    copy.callLines = this.callLines;
    copy.sourceDepth = this.sourceDepth;
    copy.testedDepth = this.testedDepth;
    copy.traceDepth = this.traceDepth;
    copy.command = this.command;
    copy.subshellDepth = this.subshellDepth + 1;
    copy.jobs.lastPid = this.jobs.lastPid;
    copy.directories = this.directories;
    copy.commandText = this.commandText;
    return copy;
  }

  /** The characters of IFS. */
  get fieldSeparators(): string {
    return this.variables.get('IFS') ?? DEFAULT_SEPARATORS;
  }

  /** IFS is what it is at the start, or unset. */
  get hasStandardSeparators(): boolean {
    return this.fieldSeparators === DEFAULT_SEPARATORS;
  }

  get extendedGlobs(): boolean {
    return this.dialect.features.extendedGlobs === true && this.shoptions.has('extglob');
  }

  get line(): number {
    return this.source.lineAt(this.position);
  }

  /** The value of a parameter: special, positional, or a variable; undefined when unset. */
  parameter(name: string): string | undefined {
    switch (name) {
      case '?':
        return String(this.lastStatus);
      case '#':
        return String(this.positional.length);
      case '$':
        return String(this.mainPid);
      case '!':
        return this.jobs.lastPid === undefined ? undefined : String(this.jobs.lastPid);
      case '-':
        return optionLetters(this.options, this.fromCommandLine, this.dialect.optionOrder);
      case '0':
        return this.name;
    }
    if (/^\d/.test(name)) return this.positional[Number(name) - 1];
    return this.variables.get(name) ?? this.#dynamic(name);
  }

  get(name: string, subscript?: string): string | undefined {
    if (subscript === undefined) {
      const value = this.parameter(name);
      if (value === undefined && this.options.has('nounset') && this.dialect.features.arithmeticNounset === true) {
        throw new ShellError(this.dialect.messages.unset(name), this.dialect.statuses.unset);
      }
      return value;
    }
    return this.elementsOf(name).get(this.subscriptOf(name, subscript));
  }

  /** The elements of an array by subscript; a scalar is an array of one. */
  elementsOf(name: string): ReadonlyMap<string, string> {
    const variable = this.variables.find(name);
    if (variable?.elements !== undefined) return variable.elements;
    if (variable?.value !== undefined) return new Map([['0', variable.value]]);
    const made = this.#madeElements(name);
    return new Map(made.map((value, index) => [String(index), value]));
  }

  /** The file the running command stands in: a sourced one, or the script. */
  get #sourceFile(): string | undefined {
    return this.source.file ?? (this.source.kind === 'file' ? this.name : undefined);
  }

  /** The arrays bash makes up. */
  #madeElements(name: string): readonly string[] {
    if (this.dialect.name !== 'bash') return [];
    switch (name) {
      case 'PIPESTATUS':
        return this.pipeStatuses.map(String);
      case 'FUNCNAME':
        return [...this.functionNames].reverse();
      case 'BASH_LINENO':
        return this.callLines.map(String).reverse();
      case 'BASH_SOURCE':
        return this.#sourceFile === undefined ? [] : [this.#sourceFile];
      case 'DIRSTACK':
        return [this.variables.get('PWD') ?? '', ...this.directories];
      default:
        return [];
    }
  }

  set(name: string, subscript: string | undefined, value: string): void {
    if (subscript === undefined) this.assign(name, value);
    else this.assignElement(name, subscript, value);
  }

  /** Assigns to a variable: `set -a`, `declare -i` and read-only variables are heeded. */
  assign(name: string, value: string): void {
    const text = this.variables.find(name)?.integer === true ? String(evaluateArithmetic(value, this)) : value;
    try {
      this.variables.set(name, text);
    } catch (error) {
      throw this.#asShellError(error);
    }
    if (this.options.has('allexport')) this.variables.declare(name, { exported: true });
    if (name === 'OPTIND') this.optionOffset = 0;
  }

  assignElement(name: string, subscript: string, value: string): void {
    this.#guard(() => {
      this.variables.setElement(name, this.subscriptOf(name, subscript), value);
    });
  }

  assignElements(name: string, elements: ReadonlyMap<string, string>): void {
    this.#guard(() => {
      this.variables.setElements(name, elements);
    });
  }

  /** Unsets a variable. */
  unset(name: string): void {
    this.#guard(() => {
      this.variables.unset(name);
    });
  }

  /** The key of an element: text for an associative array, a number for the others (negative ones count from the end). */
  subscriptOf(name: string, subscript: string): string {
    const variable = this.variables.find(name);
    if (variable?.associative === true) return subscript;
    const index = evaluateArithmetic(subscript, this);
    if (index >= 0n) return String(index);
    const last = [...(variable?.elements?.keys() ?? [])].at(-1) ?? '-1';
    return String(BigInt(last) + 1n + index);
  }

  /** Length of a text as `${#x}` counts it: characters in a UTF-8 locale where the shell knows them, else bytes. */
  lengthOf(text: string): number {
    const locale = this.variables.get('LC_ALL') ?? this.variables.get('LC_CTYPE') ?? this.variables.get('LANG') ?? '';
    if (this.dialect.multibyte && /utf-?8/i.test(locale)) return [...text].length;
    return byteLength(text);
  }

  /** The home directory of a user, from /etc/passwd. */
  homeOf(user: string): string | undefined {
    return this.homes.of(user, this.process.files);
  }

  /** Writes to a descriptor. */
  write(descriptor: number, text: string): Promise<void> {
    return this.process.write(descriptor, encodeText(text));
  }

  /** What stands before a message of this shell now. */
  prefix(line = this.line, command = this.command): string {
    const { kind, file } = this.source;
    // bash calls the functions of a script given by -c by the place they came from.
    const place = file ?? (this.functionNames.length > 0 && kind === 'command' ? 'environment' : undefined);
    return this.dialect.prefix({ shellName: this.name, line, command, source: kind, file: place });
  }

  /** Prints a message with the shell's prefix on standard error. */
  async complain(message: string, command: string | undefined = this.command): Promise<void> {
    if (this.process.descriptors.has(2)) await this.write(2, `${this.prefix(this.line, command)}${message}\n`);
  }

  #dynamic(name: string): string | undefined {
    const { kernel } = this.process;
    switch (name) {
      case 'LINENO':
        return this.dialect.lineNumber(this.line, this.source.kind);
      case 'RANDOM':
        return this.dialect.name === 'dash' ? undefined : String(randomNumber(kernel.random.bytes(2)));
    }
    if (this.dialect.name !== 'bash') return undefined;
    switch (name) {
      case 'SECONDS':
        return String(Math.floor(kernel.clock.monotonicMs() / 1000));
      case 'EPOCHSECONDS':
        return String(Math.floor(kernel.clock.nowMs() / 1000));
      case 'BASHPID':
        return String(this.process.pid);
      case 'BASH_SUBSHELL':
        return String(this.subshellDepth);
      case 'FUNCNAME':
        return this.functionNames.at(-1);
      case 'BASH_SOURCE':
        return this.#sourceFile;
      case 'BASH_COMMAND':
        return this.commandText?.();
      case 'SHELLOPTS':
        return [...new Set(['interactive-comments', ...this.options])].sort().join(':');
      case 'PIPESTATUS':
        return String(this.pipeStatuses[0] ?? 0);
      case 'UID':
      case 'EUID':
        return String(this.process.credentials.uid);
    }
    return undefined;
  }

  #guard(change: () => void): void {
    try {
      change();
    } catch (error) {
      throw this.#asShellError(error);
    }
  }

  #asShellError(error: unknown): unknown {
    if (!(error instanceof ReadOnlyVariableError)) return error;
    return new ShellError(this.dialect.messages.readOnly(error.variable));
  }
}

/** 0 to 32767. */
function randomNumber(bytes: Uint8Array): number {
  return (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) & 0x7fff;
}
