/** `dpkg-divert`: a file of a package is put aside under another name, and dpkg remembers it (dpkg-divert(1)). */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { placeFile, readText, textOf } from '../placing.ts';

const DIVERSIONS = '/var/lib/dpkg/diversions';
const FAILED = 2;

interface Diversion {
  readonly from: string;
  readonly to: string;
  /** `:` for a local one. */
  readonly owner: string;
}

export const dpkgDivert: Applet = {
  names: ['dpkg-divert'],
  summary: 'Override a package’s version of a file',
  usage: '[OPTION]... FILE',
  async run(context) {
    const values = new Map<string, string>();
    const flags = new Set<string>();
    const operands: string[] = [];
    for (let at = 0; at < context.args.length; at++) {
      const word = context.args[at] ?? '';
      const [, name = word, attached] = /^(--[\w-]+)=(.*)$/.exec(word) ?? [];
      if (name === '--divert' || name === '--package') values.set(name, attached ?? context.args[++at] ?? '');
      else if (word.startsWith('--')) flags.add(word);
      else operands.push(word);
    }
    const known = await readDiversions(context);
    const [path = ''] = operands;
    if (flags.has('--list')) return list(context, known, operands);
    if (flags.has('--truename')) {
      await context.out.write(`${known.find(({ from }) => from === path)?.to ?? path}\n`);
      return 0;
    }
    if (!path.startsWith('/')) {
      await context.err.write(
        `dpkg-divert: error: filename "${path}" is not absolute\n\nUse --help for help about diverting files.\n`,
      );
      return FAILED;
    }
    if (!flags.has('--rename') && !flags.has('--no-rename')) {
      await context.err.write(
        'dpkg-divert: warning: please specify --no-rename explicitly, the default will change to --rename in 1.20.x\n',
      );
    }
    const diversion = {
      from: path,
      to: values.get('--divert') ?? `${path}.distrib`,
      owner: values.get('--package') ?? ':',
    };
    return flags.has('--remove') ? remove(context, known, path, flags) : add(context, known, diversion, flags);
  },
};

async function readDiversions(context: AppletContext): Promise<readonly Diversion[]> {
  const lines = ((await readText(context, DIVERSIONS)) ?? '').split('\n');
  return Array.from({ length: Math.floor(lines.length / 3) }, (_, index) => {
    const [from = '', to = '', owner = ''] = lines.slice(index * 3, index * 3 + 3);
    return { from, to, owner };
  });
}

function save(context: AppletContext, diversions: readonly Diversion[]): void {
  const text = diversions.map(({ from, to, owner }) => `${from}\n${to}\n${owner}\n`).join('');
  const mtimeMs = context.process.kernel.clock.nowMs();
  placeFile(context, DIVERSIONS, textOf(text), { mode: 0o644, uid: 0, gid: 0, mtimeMs });
}

const described = (one: Diversion): string =>
  one.owner === ':'
    ? `local diversion of ${one.from} to ${one.to}`
    : `diversion of ${one.from} to ${one.to} by ${one.owner}`;

async function add(
  context: AppletContext,
  known: readonly Diversion[],
  diversion: Diversion,
  flags: ReadonlySet<string>,
): Promise<number> {
  const there = known.find(({ from }) => from === diversion.from);
  if (there !== undefined) {
    if (there.to === diversion.to && there.owner === diversion.owner) {
      if (!flags.has('--quiet')) await context.out.write(`Leaving '${described(there)}'\n`);
      return 0;
    }
    await context.err.write(`dpkg-divert: error: '${described(diversion)}' clashes with '${described(there)}'\n`);
    return FAILED;
  }
  if (!flags.has('--quiet')) await context.out.write(`Adding '${described(diversion)}'\n`);
  if (flags.has('--test')) return 0;
  if (flags.has('--rename') && context.files.find(diversion.from, false) !== undefined)
    context.files.rename(diversion.from, diversion.to);
  save(context, [...known, diversion]);
  return 0;
}

async function remove(
  context: AppletContext,
  known: readonly Diversion[],
  path: string,
  flags: ReadonlySet<string>,
): Promise<number> {
  const there = known.find(({ from }) => from === path);
  if (there === undefined) {
    if (!flags.has('--quiet')) await context.out.write(`No diversion 'any diversion of ${path}', none removed.\n`);
    return 0;
  }
  if (!flags.has('--quiet')) await context.out.write(`Removing '${described(there)}'\n`);
  if (flags.has('--test')) return 0;
  if (flags.has('--rename') && context.files.find(there.to, false) !== undefined)
    context.files.rename(there.to, there.from);
  save(
    context,
    known.filter((one) => one !== there),
  );
  return 0;
}

async function list(context: AppletContext, known: readonly Diversion[], patterns: readonly string[]): Promise<number> {
  const matches = (path: string): boolean =>
    patterns.length === 0 ||
    patterns.some((pattern) =>
      new RegExp(
        `^${pattern
          .replace(/[.+^$(){}|\\]/g, '\\$&')
          .replaceAll('*', '.*')
          .replaceAll('?', '.')}$`,
      ).test(path),
    );
  for (const one of known) if (matches(one.from)) await context.out.write(`${described(one)}\n`);
  return 0;
}
