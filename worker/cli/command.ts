/**
 * What a docker command is, and how to add one.
 *
 * A command is one file in `commands/NOUN/` (or `commands/` for those without a noun) that exports one {@link Command}, plus
 * one line in `commands/index.ts`; where the engine refuses all that a noun has, its commands share a file. Help, completion,
 * usage errors and the docs derive from it. Rules:
 *
 * - `run` asks the engine (`context.docker`) and prints. What the engine refuses it throws as an EngineError, worded as the
 *   daemon words it; the frame prints `Error response from daemon: …` and ends with 1. Where the command line itself
 *   refuses, throw a {@link CliError}: its text is printed as it is.
 * - Flags are parsed before `run`, as Docker's own parser (pflag) does; read them with `args.flags`.
 * - Words, columns and exit codes are those of Docker's command line 28.2, recorded in the golden transcripts.
 */
import type { CliContext } from './context.ts';
import type { Flags } from './flags.ts';
import type { FlagKind } from './flag-kinds.ts';

export interface FlagSpec {
  /** Long name, without dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  readonly kind: FlagKind;
  /** What help calls the value, where it is not the kind's own word. */
  readonly valueName?: string;
  /** One line or several. */
  readonly help: string;
  /** As help shows it behind the text: `"auto"`, `10`. */
  readonly default?: string;
  /** What is wrong with one value, beyond its kind; undefined when nothing is. */
  readonly problem?: (value: string) => string | undefined;
  /** Accepted, and not shown in help. */
  readonly hidden?: boolean;
}

/** How many words a command takes behind its flags. */
export interface ArgumentCount {
  readonly least: number;
  /** Infinity for any number. */
  readonly most: number;
}

export interface Command {
  /** The main spelling: `['image', 'ls']`. */
  readonly path: readonly string[];
  /** Other spellings, the short ones among them, in the order of Docker's help: `['images']`. */
  readonly aliases?: readonly (readonly string[])[];
  /** Spellings that help does not list as aliases: `['container', 'inspect']`-like seconds of another noun. */
  readonly otherSpellings?: readonly (readonly string[])[];
  readonly summary: string;
  /** The summary in the list of another noun's commands, where that differs. */
  readonly otherSummary?: string;
  /** What help tells beyond the summary. */
  readonly description?: string;
  /** What follows the name in `Usage:  docker NAME …`; several for several forms. */
  readonly usage: readonly string[];
  readonly arguments: ArgumentCount;
  readonly flags: readonly FlagSpec[];
  /** True where the first argument ends the flags: what follows is a container's command line. */
  readonly flagsFirst?: boolean;
  /** Spoken by buildx, whose usage errors are worded in its own way. */
  readonly buildx?: boolean;
  /** Gives the exit status. */
  run(context: CliContext, args: CommandArguments): Promise<number>;
}

/** What stood on the command line. */
export interface CommandArguments {
  /** How the command was called, without `docker`: `image ls`, `images`. */
  readonly called: string;
  readonly flags: Flags;
  readonly operands: readonly string[];
}

/** The command line's own refusal: printed as it is. */
export class CliError extends Error {
  readonly status: number;

  constructor(message: string, status = 1) {
    super(message);
    this.status = status;
  }
}
