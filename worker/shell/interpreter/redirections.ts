/** Redirections (XCU 2.7): opening files onto descriptors, and undoing it. */
import type { HereDoc, HereString, Redirect, Redirection, RedirectDescriptor, Word } from 'unbash';
import { bodyOf } from '../../vfs/body.ts';
import { errnoOf, type Errno } from '../kernel/errno.ts';
import type { Description } from '../kernel/open-file.ts';
import type { Process } from '../kernel/process.ts';
import type { OpenFlags } from '../kernel/regular-file.ts';
import { encodeText } from '../text.ts';
import { expandQuotedParts } from './expansion/parts.ts';
import { heredocParts } from './expansion/quoted-text.ts';
import { ShellError } from './failures.ts';
import { removeLeadingTabs } from './heredocs.ts';
import type { Shell } from './shell.ts';
import { fieldsOf, settleIn, wordTextOf } from './substitution.ts';

/** Thrown for a redirection that fails; the message is worded by the dialect. */
export class RedirectionError extends Error {
  override readonly name = 'RedirectionError';
}

/** Redirections that have been carried out, and what to do about them: one of the two must be called. */
export interface AppliedRedirections {
  /** Puts the descriptors back as they were. */
  undo(): void;
  /** Lets them stay, and forgets what was there. */
  keep(): void;
}

const NOTHING: AppliedRedirections = { undo: () => undefined, keep: () => undefined };

/**
 * Carries out redirections in `process` (the shell's own, or a child's that is about to run a program). Throws
 * {@link RedirectionError}; nothing is changed then.
 */
export async function applyRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  process: Process = shell.process,
): Promise<AppliedRedirections> {
  if (redirections.length === 0) return NOTHING;
  const saved: { descriptor: number; before: Description | undefined }[] = [];
  const undo = (): void => {
    for (const { descriptor, before } of saved.reverse()) {
      if (before === undefined) process.descriptors.close(descriptor);
      else process.descriptors.replace(descriptor, before);
    }
  };
  const save = (descriptor: number): void => {
    const before = process.descriptors.has(descriptor)
      ? process.descriptors.description(descriptor).retain()
      : undefined;
    saved.push({ descriptor, before });
  };
  try {
    for (const redirection of redirections) await applyOne(shell, redirection, process, save);
  } catch (error) {
    undo();
    throw error;
  }
  const keep = (): void => {
    for (const { before } of saved) before?.release();
  };
  return { undo, keep };
}

async function applyOne(
  shell: Shell,
  redirection: Redirection,
  process: Process,
  save: (descriptor: number) => void,
): Promise<void> {
  if (redirection.type !== 'Redirect') {
    const descriptor = descriptorOf(shell, redirection.descriptor, 0, process);
    save(descriptor);
    process.descriptors.replace(descriptor, await openText(shell, redirection));
    return;
  }
  const { operator } = redirection;
  const target = redirection.target === undefined ? '' : await expandTarget(shell, redirection.target);
  if (operator === '>&' || operator === '<&') {
    const isFile = operator === '>&' && redirection.descriptor === undefined && !/^(?:\d+-?|-)$/.test(target);
    if (!isFile || shell.dialect.features.ampersandRedirect !== true) {
      duplicate(shell, redirection, target, process, save);
      return;
    }
  }
  const both = operator === '&>' || operator === '&>>' || operator === '>&';
  const description = await openTarget(shell, operator, target, process);
  const descriptor = descriptorOf(shell, redirection.descriptor, operator.startsWith('<') ? 0 : 1, process);
  save(descriptor);
  process.descriptors.replace(descriptor, description);
  if (!both) return;
  save(2);
  process.descriptors.duplicate(descriptor, 2);
}

/** The word behind the operator. bash expands it as a command's word, and wants one field. */
async function expandTarget(shell: Shell, word: Word): Promise<string> {
  if (shell.dialect.name !== 'bash') return wordTextOf(shell, word);
  const [target, ...others] = await fieldsOf(shell, [word]);
  if (target === undefined || others.length > 0) throw new RedirectionError(`${word.text}: ambiguous redirect`);
  return target;
}

function duplicate(
  shell: Shell,
  redirection: Redirect,
  target: string,
  process: Process,
  save: (descriptor: number) => void,
): void {
  if (target === '-' && redirection.descriptor?.type === 'FileDescriptorVariable') {
    closeNamed(shell, redirection.descriptor.name, process, save);
    return;
  }
  const descriptor = descriptorOf(shell, redirection.descriptor, redirection.operator === '<&' ? 0 : 1, process);
  if (target === '-') {
    save(descriptor);
    process.descriptors.close(descriptor);
    return;
  }
  const match = /^(\d+)(-?)$/.exec(target);
  if (match?.[1] === undefined) {
    if (shell.dialect.name === 'dash') throw new ShellError('Syntax error: Bad fd number');
    throw new RedirectionError(shell.dialect.messages.badDescriptor(target, descriptor));
  }
  const from = Number(match[1]);
  if (!process.descriptors.has(from))
    throw new RedirectionError(shell.dialect.messages.badDescriptor(target, descriptor));
  save(descriptor);
  process.descriptors.duplicate(from, descriptor);
  if (match[2] === '-' && from !== descriptor) {
    save(from);
    process.descriptors.close(from);
  }
}

/** `{name}>&-` closes what the variable, or the array's element, tells. */
function closeNamed(shell: Shell, variable: string, process: Process, save: (descriptor: number) => void): void {
  const [, name = variable, subscript] = /^(\w+)\[(.*)\]$/s.exec(variable) ?? [];
  const value = subscript === undefined ? shell.parameter(name) : shell.get(name, subscript);
  if (value === undefined || !/^\d+$/.test(value)) throw new RedirectionError(`${variable}: Bad file descriptor`);
  save(Number(value));
  process.descriptors.close(Number(value));
}

/** First descriptor `{name}>file` picks, as bash does. */
const FIRST_NAMED_DESCRIPTOR = 10;

function descriptorOf(
  shell: Shell,
  descriptor: RedirectDescriptor | undefined,
  standard: number,
  process: Process,
): number {
  if (descriptor === undefined) return standard;
  if (descriptor.type === 'FileDescriptor') return descriptor.value;
  let free = FIRST_NAMED_DESCRIPTOR;
  while (process.descriptors.has(free)) free++;
  shell.assign(descriptor.name, String(free));
  return free;
}

async function openTarget(
  shell: Shell,
  operator: Redirect['operator'],
  path: string,
  process: Process,
): Promise<Description> {
  const flags = flagsOf(shell, operator, path);
  try {
    return await process.files.open(path, flags);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === undefined || errno === 'EINTR') throw error;
    throw new RedirectionError(openMessage(shell, path, errno, flags.write === true));
  }
}

function openMessage(shell: Shell, path: string, errno: Errno, creating: boolean): string {
  if (errno === 'EEXIST' && shell.dialect.name === 'bash') return `${path}: cannot overwrite existing file`;
  return shell.dialect.messages.cannotOpen(path, errno, creating);
}

function flagsOf(shell: Shell, operator: Redirect['operator'], path: string): OpenFlags {
  switch (operator) {
    case '<':
    case '<&':
      return { read: true };
    case '<>':
      return { read: true, write: true, create: true };
    case '>>':
    case '&>>':
      return { write: true, create: true, append: true };
    case '>':
    case '>&':
    case '&>':
      if (shell.options.has('noclobber') && shell.process.files.find(path)?.inode.kind === 'file') {
        return { write: true, create: true, exclusive: true };
      }
      return { write: true, create: true, truncate: true };
    case '>|':
      return { write: true, create: true, truncate: true };
  }
}

/** Opens what `< file` names; undefined, with the message printed, when it cannot be. */
export async function openForReading(shell: Shell, redirect: Redirect): Promise<Description | undefined> {
  const path = redirect.target === undefined ? '' : await wordTextOf(shell, redirect.target);
  try {
    return await openTarget(shell, '<', path, shell.process);
  } catch (error) {
    if (!(error instanceof RedirectionError)) throw error;
    await shell.complain(error.message);
    shell.substitutionStatus = shell.dialect.statuses.redirection;
    return undefined;
  }
}

async function openText(shell: Shell, redirection: HereDoc | HereString): Promise<Description> {
  const text =
    redirection.type === 'HereDoc' ? await heredocText(shell, redirection) : await hereStringText(shell, redirection);
  return shell.process.kernel.openText(bodyOf(encodeText(text)));
}

async function hereStringText(shell: Shell, { target }: HereString): Promise<string> {
  return `${target === undefined ? '' : await wordTextOf(shell, target)}\n`;
}

async function heredocText(shell: Shell, node: HereDoc): Promise<string> {
  const { body, delimiter, operator, closing } = node;
  if (closing === undefined && shell.dialect.name === 'bash') return unclosedText(shell, node);
  if (delimiter?.quoted === true) return operator === '<<-' ? body.text.replace(/^\t+/gm, '') : body.text;
  const parts = heredocParts(body.text, body.parts);
  return settleIn(shell, expandQuotedParts(shell, operator === '<<-' ? removeLeadingTabs(parts) : parts));
}

/** bash tells of a here-document that the end of the script closes, and ends its last line. */
async function unclosedText(shell: Shell, node: HereDoc): Promise<string> {
  const { body, delimiter } = node;
  const last = shell.source.lineAt(shell.source.text.length);
  const message = `warning: here-document at line ${shell.source.lineAt(node.pos)} delimited by end-of-file (wanted \`${delimiter?.value ?? ''}')`;
  await shell.write(2, `${shell.prefix(last)}${message}\n`);
  const closed = body.text === '' || body.text.endsWith('\n') ? body.text : `${body.text}\n`;
  if (delimiter?.quoted === true) return closed;
  const text = await settleIn(shell, expandQuotedParts(shell, heredocParts(body.text, body.parts)));
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
