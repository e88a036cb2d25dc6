/** Checking files against lists of their digests, as `sha256sum -c` does; in the words of busybox or of coreutils. */
import { errnoOf } from '../../kernel/errno.ts';
import type { AppletContext } from '../context.ts';
import type { Options } from '../options.ts';
import type { Input } from '../streams.ts';
import type { DigestAlgorithm } from './algorithms.ts';
import { digestOfFile } from './digest-program.ts';

/** A line of a list. */
interface Listed {
  readonly digest: string;
  readonly path: string;
}

/** What one list came to. */
interface Tally {
  lines: number;
  failed: number;
  unreadable: number;
  malformed: number;
  verified: number;
}

/** Checks the lists that are operands (standard input when there are none); gives the exit status. */
export async function checkLists(
  context: AppletContext,
  algorithm: DigestAlgorithm,
  options: Options,
): Promise<number> {
  const check = context.flavour === 'gnu' ? checkListAsCoreutils : checkListAsBusybox;
  let status = 0;
  for (const list of options.operands.length === 0 ? ['-'] : options.operands) {
    let input: Input | undefined;
    try {
      input = await context.open(list);
      if (!(await check(context, algorithm, options, input, list))) status = 1;
    } catch (error) {
      if (errnoOf(error) === 'EPIPE') throw error;
      status = await context.report(list, error);
    } finally {
      input?.close();
    }
  }
  return status;
}

/** busybox: two spaces or ` *` between digest and name; whatever has them counts as a line to check. */
async function checkListAsBusybox(
  context: AppletContext,
  algorithm: DigestAlgorithm,
  options: Options,
  input: Input,
  list: string,
): Promise<boolean> {
  const silent = options.has('s');
  let checked = 0;
  let failed = 0;
  for await (const line of input.lines()) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    checked++;
    const space = line.indexOf(' ');
    if (space === -1) {
      if (options.has('w')) await context.complain('invalid format');
      failed++;
      continue;
    }
    const path = line.slice(space + 1).replace(/^[ *]/, '');
    const digest = await digestOfFile(context, algorithm, path);
    const right = digest !== undefined && digest === line.slice(0, space).toLowerCase();
    if (!right) failed++;
    if (!silent) await context.out.write(`${path}: ${right ? 'OK' : 'FAILED'}\n`);
  }
  if (failed > 0 && !silent) {
    await context.complain(`WARNING: ${failed} of ${checked} computed checksums did NOT match`);
  }
  if (checked === 0) await context.complain(`${list}: no checksum lines found`);
  return failed === 0 && checked > 0;
}

async function checkListAsCoreutils(
  context: AppletContext,
  algorithm: DigestAlgorithm,
  options: Options,
  input: Input,
  list: string,
): Promise<boolean> {
  const tally: Tally = { lines: 0, failed: 0, unreadable: 0, malformed: 0, verified: 0 };
  const status = options.has('s');
  for await (const line of input.lines()) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    tally.lines++;
    if (line.startsWith('#')) continue;
    const listed = parseLine(line, algorithm);
    if (listed !== undefined) {
      await verify(context, algorithm, options, listed, tally);
      continue;
    }
    tally.malformed++;
    if (options.has('w'))
      await context.complain(`${list}: ${tally.lines}: improperly formatted ${algorithm.label} checksum line`);
  }
  const found = tally.verified + tally.failed + tally.unreadable;
  if (found === 0 && !(options.has('ignore') && tally.malformed < tally.lines)) {
    const shown = list === '-' && context.flavour === 'gnu' ? "'standard input'" : list;
    await context.complain(`${shown}: no properly formatted checksum lines found`);
    return false;
  }
  if (!status) await warn(context, tally);
  const noneVerified = options.has('ignore') && tally.verified === 0;
  if (noneVerified && !status) await context.complain(`${list}: no file was verified`);
  return (
    tally.failed === 0 && tally.unreadable === 0 && !noneVerified && !(options.has('strict') && tally.malformed > 0)
  );
}

async function verify(
  context: AppletContext,
  algorithm: DigestAlgorithm,
  options: Options,
  listed: Listed,
  tally: Tally,
): Promise<void> {
  if (options.has('ignore') && context.files.find(listed.path) === undefined) return;
  const digest = await digestOfFile(context, algorithm, listed.path);
  const quiet = options.has('s') || options.has('quiet');
  if (digest === listed.digest) {
    tally.verified++;
    if (!quiet) await context.out.write(`${listed.path}: OK\n`);
    return;
  }
  if (digest === undefined) tally.unreadable++;
  else tally.failed++;
  if (!options.has('s'))
    await context.out.write(`${listed.path}: FAILED${digest === undefined ? ' open or read' : ''}\n`);
}

/** `DIGEST  name`, `DIGEST *name`, `DIGEST name` or `SHA256 (name) = DIGEST`. */
function parseLine(line: string, { label, hexDigits }: DigestAlgorithm): Listed | undefined {
  const tagged = new RegExp(`^\\s*${label} \\((.*)\\) = ([0-9a-fA-F]{${hexDigits}})$`, 's').exec(line);
  if (tagged !== null) return { digest: (tagged[2] ?? '').toLowerCase(), path: tagged[1] ?? '' };
  const plain = new RegExp(`^[ \\t]*([0-9a-fA-F]{${hexDigits}})(?:  | \\*| )(.+)$`, 's').exec(line);
  return plain === null ? undefined : { digest: (plain[1] ?? '').toLowerCase(), path: plain[2] ?? '' };
}

async function warn(context: AppletContext, { malformed, unreadable, failed }: Tally): Promise<void> {
  const one = (count: number, text: string, several: string): string =>
    `WARNING: ${count} ${count === 1 ? text : several}`;
  if (malformed > 0)
    await context.complain(one(malformed, 'line is improperly formatted', 'lines are improperly formatted'));
  if (unreadable > 0)
    await context.complain(one(unreadable, 'listed file could not be read', 'listed files could not be read'));
  if (failed > 0)
    await context.complain(one(failed, 'computed checksum did NOT match', 'computed checksums did NOT match'));
}
