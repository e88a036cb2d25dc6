/**
 * The scripts that are compared with real shells; topics.ts tells where they are kept. The shells a script is for stand behind its
 * name where it is not for all (`### name [bash]`).
 */
import { caseTexts } from '../topics.ts';

export const SHELLS = ['ash', 'dash', 'bash'] as const;
export type ShellName = (typeof SHELLS)[number];

/** Programs that exist a second time under /gnu, as Debian has them. */
export const GNU_PROGRAMS = [
  'tar', 'gzip', 'bzip2', 'xz', 'zstd', 'unzip', 'zip', 'md5sum', 'sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum', 'cksum', 'sum',
  'getopt', 'run-parts', 'envsubst', 'useradd', 'usermod', 'userdel', 'groupadd', 'groupmod', 'groupdel', 'chpasswd', 'gpasswd', 'chroot', 'df', 'nproc', 'file', 'ldd', 'getconf',
  'comm', 'join', 'split', 'tsort', 'column', 'paste', 'fold', 'nl', 'tac', 'numfmt', 'fmt', 'iconv', 'openssl',
  'mkdir', 'rmdir', 'rm', 'cp', 'mv', 'ln', 'readlink', 'realpath', 'install', 'chmod', 'chown', 'chgrp', 'touch', 'mktemp', 'cat', 'head', 'tail', 'wc', 'sort',
  'uniq', 'cut', 'tr', 'expand', 'unexpand', 'rev', 'env', 'nice', 'nohup', 'timeout', 'sleep', 'basename', 'dirname', 'seq', 'expr', 'whoami', 'id', 'groups',
  'logname', 'arch', 'uname', 'tty', 'yes', 'printenv', 'factor', 'date', 'dd', 'truncate', 'tee', 'ls', 'du', 'stat', 'find', 'xargs', 'grep', 'egrep', 'fgrep',
  'sed', 'od', 'base64', 'base32', 'cmp', 'diff', 'shuf', 'sync', 'mkfifo', 'mknod', 'link', 'unlink', 'shred',
] as const; // prettier-ignore

export interface ShellCase {
  readonly name: string;
  readonly script: string;
  readonly shells: readonly ShellName[];
}

/** What a shell did with a script. */
export interface ShellRecord {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** What is in the working directory afterwards; see `describeTree`. */
  readonly tree: readonly string[];
}

/** What a case's shells did with its script. */
export type ShellRecords = Partial<Record<ShellName, ShellRecord>>;

export function readCases(topic: string): ShellCase[] {
  return caseTexts(import.meta.dirname, topic).map(({ heading, text }) => {
    const [, name = '', shells] = /^(.*?)(?: \[([a-z ]+)\])?$/.exec(heading) ?? [];
    const chosen = SHELLS.filter((shell) => shells === undefined || shells.split(' ').includes(shell));
    return { name, script: text.replace(/\n$/, ''), shells: chosen };
  });
}

/** Longer contents are told by their length: a copied program is none of our business. */
const MAX_TEXT = 2000;

/** A file's contents in a record. */
export function describeText(text: string): string {
  return text.length > MAX_TEXT ? `${text.length} characters` : JSON.stringify(text);
}

/**
 * Standard error without the usage texts of busybox: Strata prints its own. They begin with the version, and go on to the next
 * message.
 */
export function withoutUsage(text: string): string {
  const kept: string[] = [];
  let usage = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('BusyBox v1.37')) usage = true;
    else if (/^(?!or:)[a-z./[][\w./[-]*: \S/.test(line)) usage = false;
    if (!usage) kept.push(line);
  }
  return kept.join('\n').replace(/\n$/, '');
}
