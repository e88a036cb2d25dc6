/** Command and process substitution: what an expansion asks a process for. */
import { concatBytes } from '../../base/bytes.ts';
import type { CommandExpansionPart, ProcessSubstitutionPart, Statement, Word } from 'unbash';
import { Description, UNSEEKABLE, type OpenFile } from '../kernel/open-file.ts';
import { errnoOf, systemError } from '../kernel/errno.ts';
import { decodeText } from '../text.ts';
import { runStatements } from './execution.ts';
import { expandToText, expandToTextAtOnce, expandWords, expandWordsAtOnce } from './expansion/words.ts';
import { settle, type Expansion, type Substitution } from './expansion/expansion.ts';
import { SourceText } from './source-text.ts';
import { openForReading } from './redirections.ts';
import type { Shell } from './shell.ts';
import { runInSubshell, waitForChild } from './subshell.ts';

/** The fields of words, the common case without a generator. */
export function fieldsOf(shell: Shell, words: readonly Word[]): string[] | Promise<string[]> {
  return expandWordsAtOnce(shell, words) ?? settleIn(shell, expandWords(shell, words));
}

/** The text of a word, the common case without a generator. */
export function wordTextOf(shell: Shell, word: Word): string | Promise<string> {
  return expandToTextAtOnce(shell, word) ?? settleIn(shell, expandToText(shell, word));
}

/** Runs an expansion in a shell; a promise only when it has to run something. */
export function settleIn<T>(shell: Shell, expansion: Expansion<T>): T | Promise<T> {
  return settle(expansion, (substitution) => runSubstitution(shell, substitution));
}

function runSubstitution(shell: Shell, part: Substitution): Promise<string> {
  return part.type === 'CommandExpansion' ? outputOf(shell, part) : startProcessSubstitution(shell, part);
}

/** The output of `$(…)`: without NUL bytes, and without the newlines at its end. */
async function outputOf(shell: Shell, part: CommandExpansionPart): Promise<string> {
  const { statements, source } = scriptOf(shell, part);
  const bytes = (await contentsOf(shell, statements)) ?? (await capture(shell, statements, source));
  const text = decodeText(bytes.includes(0) ? bytes.filter((byte) => byte !== 0) : bytes);
  return text.replace(/\n+$/, '');
}

/** The commands inside, and the text their offsets count in: the script's own, but for an escaped backquote's. */
function scriptOf(shell: Shell, part: Substitution): { statements: readonly Statement[]; source: SourceText } {
  const { script } = part;
  if (script === undefined) return { statements: [], source: shell.source };
  if (script.source === undefined) return { statements: script.commands, source: shell.source };
  return {
    statements: script.commands,
    source: new SourceText(script.source, shell.source.kind, { firstLine: shell.line }),
  };
}

/** `$(<file)` is the file's contents in bash. */
async function contentsOf(shell: Shell, statements: readonly Statement[]): Promise<Uint8Array | undefined> {
  const [only, ...others] = statements;
  if (shell.dialect.name === 'dash' || others.length > 0 || only?.command.type !== 'Command') return undefined;
  const { name, prefix, redirects } = only.command;
  const [redirect, ...more] = redirects;
  if (
    name !== undefined ||
    prefix.length > 1 ||
    more.length > 0 ||
    redirect?.type !== 'Redirect' ||
    redirect.operator !== '<'
  ) {
    return undefined;
  }
  const description = await openForReading(shell, redirect);
  if (description === undefined) return undefined;
  const parts: Uint8Array[] = [];
  try {
    for (;;) {
      const bytes = await description.file.read(65_536, shell.process);
      if (bytes.byteLength === 0) break;
      parts.push(bytes.slice());
    }
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
  } finally {
    description.release();
  }
  shell.substitutionStatus = 0;
  return concatBytes(parts);
}

async function capture(shell: Shell, statements: readonly Statement[], source: SourceText): Promise<Uint8Array> {
  const { kernel } = shell.process;
  const parts: Uint8Array[] = [];
  const sink = captureFile((data) => {
    kernel.useMemory(data.byteLength);
    parts.push(data.slice());
  });
  const child = runInSubshell(
    shell,
    (subshell) => {
      subshell.source = source;
      subshell.traceDepth++;
      const inherits =
        shell.dialect.features.substitutionInheritsErrexit === true || shell.shoptions.has('inherit_errexit');
      if (!inherits) subshell.options.delete('errexit');
      else if (shell.dialect.name === 'dash') subshell.testedDepth = 0;
      return runStatements(subshell, statements);
    },
    ({ descriptors }) => {
      descriptors.replace(1, new Description(sink));
    },
  );
  shell.substitutionStatus = await waitForChild(shell, child);
  shell.lastStatus = shell.substitutionStatus;
  const bytes = concatBytes(parts);
  kernel.useMemory(-bytes.byteLength);
  return bytes;
}

/** A write-only file that looks like a pipe. */
function captureFile(take: (data: Uint8Array) => void): OpenFile {
  return {
    ...UNSEEKABLE,
    inode: () => ({ kind: 'fifo', mode: 0o600, uid: 0, gid: 0, mtimeMs: 0 }),
    label: 'pipe:[0]',
    terminal: false,
    read: () => {
      throw systemError('EBADF');
    },
    write: take,
    close: () => undefined,
  };
}

/** First descriptor bash uses for the pipes of process substitution; it counts down from here. */
const SUBSTITUTION_DESCRIPTOR = 63;

/** Starts the commands of `<(…)` and gives the path of the pipe to them. */
async function startProcessSubstitution(shell: Shell, part: ProcessSubstitutionPart): Promise<string> {
  const { statements, source } = scriptOf(shell, part);
  const [reader, writer] = shell.process.kernel.createPipe(shell.process.credentials);
  const theirs = part.operator === '<' ? writer : reader;
  const ours = part.operator === '<' ? reader : writer;
  runInSubshell(
    shell,
    (subshell) => {
      subshell.source = source;
      return runStatements(subshell, statements);
    },
    ({ descriptors }) => {
      descriptors.replace(part.operator === '<' ? 1 : 0, theirs);
    },
  );
  let descriptor = SUBSTITUTION_DESCRIPTOR;
  while (shell.process.descriptors.has(descriptor)) descriptor--;
  shell.process.descriptors.replace(descriptor, ours);
  shell.substitutionDescriptors.push(descriptor);
  return `/dev/fd/${descriptor}`;
}
