/** install */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { Copier, lastSegment, missingOperand, withoutSlash } from './copying.ts';
import { errnoOf } from '../kernel/errno.ts';
import { parseMode } from './modes.ts';
import { parseOptions, type Options } from './options.ts';
import { parseGroup, parseOwner, readUsers } from './users.ts';

const DEFAULT_MODE = '755';
const LONG = { directory: 'd', group: 'g', mode: 'm', owner: 'o', 'preserve-timestamps': 'p', strip: 's',
  'target-directory': 't', verbose: 'v', 'no-target-directory': 'T' }; // prettier-ignore

/** What installed files and directories get. */
interface Attributes {
  readonly mode: number;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
}

export const install: Applet = {
  names: ['install'],
  summary: 'Copy files and set attributes',
  usage: '[-cdDsp] [-o USER] [-g GRP] [-m MODE] [-t DIR] [SOURCE]... DEST',
  async run(context) {
    const options = parseOptions(context.args, 'cvb:DdpsTg:m:o:t:', LONG);
    const { operands } = options;
    const directory = options.value('t');
    const only = options.has('d') || directory !== undefined;
    if (operands.length < (only ? 1 : 2)) throw missingOperand(operands);
    const attributes = await wantedAttributes(context, options);
    if (typeof attributes === 'string') return context.complain(attributes);
    if (options.has('d')) return makeAll(context, operands, attributes, options.has('v'));
    const target = directory ?? operands.at(-1) ?? '';
    const sources = directory === undefined ? operands.slice(0, -1) : operands;
    return copyAll(context, options, sources, target, attributes);
  },
};

/** A string says what is unknown. */
async function wantedAttributes(context: AppletContext, options: Options): Promise<Attributes | string> {
  const users = await readUsers(context);
  const owner = parseOwner(options.value('o') ?? '', users);
  const gnu = context.flavour === 'gnu';
  if ('unknown' in owner) return gnu ? `invalid user ${context.quote(options.value('o') ?? '')}` : owner.unknown;
  const group = options.value('g');
  const gid = group === undefined ? undefined : parseGroup(group, users);
  if (group !== undefined && gid === undefined)
    return gnu ? `invalid group ${context.quote(group)}` : `unknown group ${group}`;
  // A mode in symbols changes the usual one; what is no mode leaves it.
  const usual = parseInt(DEFAULT_MODE, 8);
  const mode = parseMode(options.value('m') ?? DEFAULT_MODE, usual, false, context.process.umask);
  if (mode === undefined && gnu) return `invalid mode ${context.quote(options.value('m') ?? '')}`;
  return { mode: mode ?? usual, uid: owner.uid, gid };
}

async function makeAll(
  context: AppletContext,
  paths: readonly string[],
  attributes: Attributes,
  verbose: boolean,
): Promise<number> {
  let status = 0;
  for (const path of paths) {
    try {
      for (const made of makeDirectories(context, path))
        if (verbose && context.flavour === 'gnu') await context.out.write(`install: creating directory '${made}'\n`);
      apply(context, path, attributes);
    } catch (error) {
      status = await context.report(
        context.word(`can't create directory '${path}'`, `cannot create directory '${path}'`),
        error,
      );
    }
  }
  return status;
}

async function copyAll(
  context: AppletContext,
  options: Options,
  sources: readonly string[],
  target: string,
  attributes: Attributes,
): Promise<number> {
  const copier = new Copier(context, {
    recursive: false,
    preserve: options.has('p'),
    follow: 'all',
    force: true,
    noClobber: false,
    update: false,
    link: undefined,
    verbose: options.has('v'),
  });
  if (options.has('D')) makeDirectories(context, options.has('t') ? target : parentOf(target));
  const found = context.files.find(target);
  const into = options.has('t') || sources.length > 1 || (found?.inode.kind === 'directory' && !options.has('T'));
  let status = 0;
  for (const source of sources) {
    const path = into ? `${withoutSlash(target)}/${lastSegment(source)}` : target;
    if (!(await copier.copy(source, path))) {
      status = 1;
      continue;
    }
    try {
      apply(context, path, attributes);
    } catch (error) {
      status = await context.report(`can't change attributes of '${path}'`, error);
    }
  }
  return status;
}

/** The owner first: a change of it takes set-id bits away. */
function apply({ files }: AppletContext, path: string, { mode, uid, gid }: Attributes): void {
  if (uid !== undefined || gid !== undefined) files.changeOwner(path, uid, gid);
  files.changeMode(path, mode);
}

function parentOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.';
}

/** Gives those that were not there. */
function makeDirectories({ files }: AppletContext, path: string): string[] {
  const made: string[] = [];
  const segments = path.split('/');
  for (let end = 1; end <= segments.length; end++) {
    const part = segments.slice(0, end).join('/');
    if (part === '') continue;
    try {
      files.makeDirectory(part, 0o755);
      made.push(part);
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST' || files.find(part)?.inode.kind !== 'directory') throw error;
    }
  }
  return made;
}
