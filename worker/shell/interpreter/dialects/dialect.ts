/**
 * The differences between the shells an image may have: which extensions they know, and how they word and number what goes
 * wrong. One interpreter serves them all; a dialect is a value, one file each in this folder.
 */
import type { Errno } from '../../kernel/errno.ts';
import type { ShellSyntaxError } from '../failures.ts';
import type { SourceKind } from '../source-text.ts';
import type { SyntaxProblem } from '../syntax-problems.ts';

/** Where a message comes from. */
export interface MessageOrigin {
  /** `$0`. */
  readonly shellName: string;
  /** Line in the script, from 1. */
  readonly line: number;
  /** The builtin that speaks, or (ash, dash) the file that is being sourced. */
  readonly command: string | undefined;
  readonly source: SourceKind;
  /** The file the text stands in, where it is another than `$0`; bash names it. */
  readonly file: string | undefined;
}

/** Extensions to POSIX; absent ones are off. */
export interface Features {
  readonly arrays?: boolean;
  readonly braceExpansion?: boolean;
  readonly processSubstitution?: boolean;
  /** `$(( a && b ))` leaves `b` alone when `a` is 0; ash evaluates both. */
  readonly shortCircuit?: boolean;
  /** `set -e` goes on in command substitutions. */
  readonly substitutionInheritsErrexit?: boolean;
  /** `set -u` holds in arithmetic. */
  readonly arithmeticNounset?: boolean;
  /** `[[ … ]]` as syntax; ash has it as a command with the rules of `test`. */
  readonly conditionalCommand?: boolean;
  /** `(( … ))` and `for ((…))`; elsewhere two subshells. */
  readonly arithmeticCommand?: boolean;
  /** `${x:1:2}`, `${x/a/b}`. */
  readonly substrings?: boolean;
  /** `${x^}`, `${x@Q}`, `${!x}`. */
  readonly bashParameters?: boolean;
  readonly ansiQuotes?: boolean;
  readonly hereStrings?: boolean;
  readonly extendedGlobs?: boolean;
  /** `&>`; elsewhere a background command and a redirection. */
  readonly ampersandRedirect?: boolean;
}

export interface Dialect {
  readonly name: 'ash' | 'dash' | 'bash';
  readonly features: Features;
  /** What stands before a message. */
  prefix(origin: MessageOrigin): string;
  /** Line number as `$LINENO` shows it. */
  lineNumber(line: number, source: SourceKind): string;
  /** `name: message` for what is wrong with the shell's own arguments. */
  invocationError(name: string, message: string): string;
  readonly messages: Messages;
  readonly statuses: Statuses;
  /** A failing special builtin, assignment or redirection of one ends the shell, as POSIX wants. */
  readonly strictSpecialBuiltins: boolean;
  /** `${#x}` counts characters in a UTF-8 locale; else bytes. */
  readonly multibyte: boolean;
  /** The letters of `$-` in the order they are shown. */
  readonly optionOrder: string;
  /** How `set -x` writes a command's words. */
  quoteTraced(this: void, word: string): string;
}

export interface Messages {
  notFound(name: string): string;
  /** A file that cannot be executed. */
  notExecutable(name: string, errno: Errno, directory: boolean): string;
  /** A redirection that failed; `creating` for an output. */
  cannotOpen(path: string, errno: Errno, creating: boolean): string;
  /** A descriptor that is not open, to be duplicated onto `onto`. */
  badDescriptor(text: string, onto: number): string;
  readOnly(name: string): string;
  unset(name: string): string;
  divisionByZero(expression: string): string;
  arithmeticSyntax(expression: string, detail: string): string;
  badNumber(text: string): string;
  badSubstitution(text: string): string;
  syntax(problem: SyntaxProblem): string;
  /** The lines printed for a syntax error, without prefix; bash adds the line it found it in. */
  syntaxReport(error: ShellSyntaxError): readonly string[];
}

export interface Statuses {
  /** Of a shell that ends by an error. */
  readonly error: number;
  readonly unset: number;
  readonly redirection: number;
  /** Of a builtin called wrongly. */
  readonly usage: number;
}
