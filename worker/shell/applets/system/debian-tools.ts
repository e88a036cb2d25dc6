/** update-ca-certificates and update-alternatives: what Debian's packages keep their links and lists with. */
import { bodyOf, joinBodies, readBody, type Body } from '../../../vfs/body.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { parseOptions, UsageError } from '../options.ts';

const CERTIFICATES = '/etc/ssl/certs';
const LOCAL_CERTIFICATES = '/usr/local/share/ca-certificates';
const BUNDLE = `${CERTIFICATES}/ca-certificates.crt`;

export const updateCaCertificates: Applet = {
  names: ['update-ca-certificates'],
  summary: 'Put local certificates into the list of trusted ones',
  usage: '[--verbose] [--fresh]',
  async run(context) {
    parseOptions(context.args, 'vf', { verbose: 'v', fresh: 'f' });
    const { files } = context;
    const debian = files.find('/etc/debian_version') !== undefined;
    if (debian) await context.out.write(`Updating certificates in ${CERTIFICATES}...\n`);
    const added: Body[] = [];
    let count = 0;
    const known = files.find(LOCAL_CERTIFICATES)?.inode.kind === 'directory' ? files.list(LOCAL_CERTIFICATES) : [];
    for (const { name, inode } of known) {
      if (!name.endsWith('.crt') || inode.kind !== 'file') continue;
      const link = `${CERTIFICATES}/${name.slice(0, -'.crt'.length)}.pem`;
      if (files.find(link, false) !== undefined) continue;
      files.makeSymlink(`${LOCAL_CERTIFICATES}/${name}`, link);
      added.push(inode.body);
      count++;
    }
    if (count > 0) {
      const before = files.find(BUNDLE) === undefined ? [] : [files.body(BUNDLE)];
      files.writeBody(BUNDLE, joinBodies([...before, ...added]), 0o644);
    }
    if (!debian) return 0;
    await context.out.write(
      `${count} added, 0 removed; done.\nRunning hooks in /etc/ca-certificates/update.d...\ndone.\n`,
    );
    return 0;
  },
};

const STATES = '/var/lib/dpkg/alternatives';
const LINKS = '/etc/alternatives';

/** A group of alternatives, as its state file has it. */
interface Alternatives {
  readonly mode: 'auto' | 'manual';
  readonly link: string;
  readonly choices: readonly { readonly path: string; readonly priority: number }[];
}

export const updateAlternatives: Applet = {
  names: ['update-alternatives'],
  summary: 'Maintain the links that stand for one of several programs',
  usage:
    '--install LINK NAME PATH PRIORITY | --set NAME PATH | --remove NAME PATH | --auto NAME | --display NAME | --query NAME | --list NAME',
  usageStatus: 2,
  async run(context) {
    const words = context.args.filter((word) => !['--quiet', '--force', '--verbose'].includes(word));
    const [action, ...operands] = words.slice(words.findIndex((word) => word.startsWith('--')));
    switch (action) {
      case '--install':
        return install(context, operands);
      case '--set':
        return choose(context, operands[0], operands[1]);
      case '--auto':
        return choose(context, operands[0], undefined);
      case '--remove':
        return remove(context, operands[0], operands[1]);
      case '--remove-all':
        return remove(context, operands[0], undefined);
      case '--list':
      case '--display':
      case '--query':
        return list(context, operands[0]);
      default:
        throw new UsageError(
          action === undefined
            ? 'need --display, --query, --list, --get-selections, --config, --set, --set-selections, --install, --remove, --all, --remove-all, or --auto'
            : `unknown option '${action}'`,
        );
    }
  },
};

async function readAlternatives(context: AppletContext, name: string): Promise<Alternatives | undefined> {
  const path = `${STATES}/${name}`;
  if (context.files.find(path) === undefined) return undefined;
  const [mode = '', link = '', , ...rest] = decodeText(await readBody(context.files.body(path))).split('\n');
  const choices: { path: string; priority: number }[] = [];
  for (let at = 0; (rest[at] ?? '') !== ''; at += 2)
    choices.push({ path: rest[at] ?? '', priority: Number(rest[at + 1]) });
  return { mode: mode === 'manual' ? 'manual' : 'auto', link, choices };
}

function writeAlternatives(context: AppletContext, name: string, { mode, link, choices }: Alternatives): void {
  for (const directory of ['/var/lib/dpkg', STATES, LINKS])
    if (context.files.find(directory) === undefined) context.files.makeDirectory(directory, 0o755);
  const lines = [mode, link, '', ...choices.flatMap(({ path, priority }) => [path, String(priority)]), ''];
  context.files.writeBody(`${STATES}/${name}`, bodyOf(encodeText(`${lines.join('\n')}\n`)), 0o644);
}

function bestOf({ choices }: Alternatives): string | undefined {
  return choices.reduce<Alternatives['choices'][number] | undefined>(
    (best, one) => (best === undefined || one.priority > best.priority ? one : best),
    undefined,
  )?.path;
}

async function point(context: AppletContext, name: string, { link, mode }: Alternatives, path: string): Promise<void> {
  const { files } = context;
  const through = `${LINKS}/${name}`;
  const before = files.find(through, false)?.inode;
  const same = before?.kind === 'symlink' && before.target === path;
  for (const [from, to] of [
    [through, path],
    [link, through],
  ] as const) {
    if (files.find(from, false) !== undefined) files.unlink(from);
    files.makeSymlink(to, from);
  }
  if (!same)
    await context.out.write(`update-alternatives: using ${path} to provide ${link} (${name}) in ${mode} mode\n`);
}

async function install(context: AppletContext, operands: readonly string[]): Promise<number> {
  const [link, name, path, priority] = operands;
  if (link === undefined || name === undefined || path === undefined || !/^-?\d+$/.test(priority ?? ''))
    throw new UsageError('--install needs <link> <name> <path> <priority>');
  if (context.files.find(path) === undefined) {
    await context.complain(`error: alternative path ${path} doesn't exist`);
    return 2;
  }
  const known = (await readAlternatives(context, name)) ?? { mode: 'auto', link, choices: [] };
  const others = known.choices.filter((one) => one.path !== path);
  const changed: Alternatives = { ...known, link, choices: [...others, { path, priority: Number(priority) }] };
  writeAlternatives(context, name, changed);
  const best = bestOf(changed);
  if (changed.mode === 'auto' && best !== undefined) await point(context, name, changed, best);
  return 0;
}

async function choose(context: AppletContext, name: string | undefined, path: string | undefined): Promise<number> {
  if (name === undefined) throw new UsageError('--set needs <name> <path>');
  const known = await readAlternatives(context, name);
  const target = path ?? (known === undefined ? undefined : bestOf(known));
  if (known === undefined || target === undefined) {
    await context.complain(`error: no alternatives for ${name}`);
    return 2;
  }
  if (!known.choices.some((one) => one.path === target)) {
    await context.complain(`error: alternative ${target} for ${name} not registered; not setting`);
    return 2;
  }
  const changed: Alternatives = { ...known, mode: path === undefined ? 'auto' : 'manual' };
  writeAlternatives(context, name, changed);
  await point(context, name, changed, target);
  return 0;
}

async function remove(context: AppletContext, name: string | undefined, path: string | undefined): Promise<number> {
  if (name === undefined) throw new UsageError('--remove needs <name> <path>');
  const known = await readAlternatives(context, name);
  if (known === undefined) return 0;
  const changed: Alternatives = {
    ...known,
    choices: path === undefined ? [] : known.choices.filter((one) => one.path !== path),
  };
  const best = bestOf(changed);
  if (best !== undefined) {
    writeAlternatives(context, name, changed);
    await point(context, name, { ...changed, mode: 'auto' }, best);
    return 0;
  }
  for (const gone of [`${LINKS}/${name}`, known.link, `${STATES}/${name}`])
    if (context.files.find(gone, false) !== undefined) context.files.unlink(gone);
  return 0;
}

async function list(context: AppletContext, name: string | undefined): Promise<number> {
  const known = name === undefined ? undefined : await readAlternatives(context, name);
  if (known === undefined) {
    await context.complain(`error: no alternatives for ${name ?? ''}`);
    return 2;
  }
  for (const { path } of known.choices) await context.out.write(`${path}\n`);
  return 0;
}
