/** Alternatives: the state files of update-alternatives, and the links they lead to. */
import type { AppletContext } from '../../applets/context.ts';
import { appendText, placeFile, placeSymlink, readText, removeFile, textOf } from '../placing.ts';

const STATE = '/var/lib/dpkg/alternatives';
const LINKS = '/etc/alternatives';
const LOG = '/var/log/alternatives.log';
/** One program a name may lead to. */
export interface Choice {
  readonly path: string;
  readonly priority: number;
  /** Paths of the slaves, in the order of the group's; empty where this choice has none. */
  readonly slaves: readonly string[];
}

/** All that may stand behind one name. */
export interface Group {
  readonly name: string;
  readonly automatic: boolean;
  readonly link: string;
  readonly slaves: readonly { readonly name: string; readonly link: string }[];
  readonly choices: readonly Choice[];
}

/** What automatic mode chooses; undefined when nothing is left. */
export function best(group: Group): Choice | undefined {
  return group.choices.toSorted((a, b) => b.priority - a.priority)[0];
}

/** Where a name leads now. */
export function currentPath(context: AppletContext, name: string): string | undefined {
  const inode = context.files.find(`${LINKS}/${name}`, false)?.inode;
  return inode?.kind === 'symlink' ? inode.target : undefined;
}

/** Makes the links of a group, and of its slaves, lead to one of its choices. */
export function pointTo(context: AppletContext, group: Group, path: string): void {
  const now = context.process.kernel.clock.nowMs();
  const choice = group.choices.find((one) => one.path === path);
  placeSymlink(context, `${LINKS}/${group.name}`, path, now);
  placeSymlink(context, group.link, `${LINKS}/${group.name}`, now);
  group.slaves.forEach((slave, index) => {
    const target = choice?.slaves[index] ?? '';
    if (target === '') return;
    placeSymlink(context, `${LINKS}/${slave.name}`, target, now);
    placeSymlink(context, slave.link, `${LINKS}/${slave.name}`, now);
  });
  const time = new Date(now).toISOString().replace('T', ' ').slice(0, 19);
  appendText(context, LOG, `update-alternatives ${time}: link group ${group.name} updated to point to ${path}\n`);
}

/** The group of a name; undefined when nobody registered one. */
export async function readGroup(context: AppletContext, name: string): Promise<Group | undefined> {
  const text = await readText(context, `${STATE}/${name}`);
  return text === undefined ? undefined : parseGroup(name, text);
}

/** Reads a state file: mode, link, pairs of slave name and link, an empty line, then path, priority and slave paths of each choice. */
function parseGroup(name: string, text: string): Group {
  const lines = text.split('\n');
  const [mode = 'auto', link = ''] = lines;
  let at = 2;
  const slaves: { name: string; link: string }[] = [];
  for (; at < lines.length && lines[at] !== ''; at += 2)
    slaves.push({ name: lines[at] ?? '', link: lines[at + 1] ?? '' });
  const choices: Choice[] = [];
  for (at++; at < lines.length && lines[at] !== ''; at += 2 + slaves.length) {
    const paths = lines.slice(at + 2, at + 2 + slaves.length);
    choices.push({ path: lines[at] ?? '', priority: Number(lines[at + 1]), slaves: paths });
  }
  return { name, automatic: mode === 'auto', link, slaves, choices };
}

export function writeGroup(context: AppletContext, group: Group): void {
  const lines = [
    group.automatic ? 'auto' : 'manual',
    group.link,
    ...group.slaves.flatMap((slave) => [slave.name, slave.link]),
    '',
    ...group.choices.flatMap((choice) => [
      choice.path,
      String(choice.priority),
      ...group.slaves.map((_, index) => choice.slaves[index] ?? ''),
    ]),
    '',
    '',
  ];
  const mtimeMs = context.process.kernel.clock.nowMs();
  placeFile(context, `${STATE}/${group.name}`, textOf(lines.join('\n')), { mode: 0o644, uid: 0, gid: 0, mtimeMs });
}

/** Takes a group away with all its links. */
export function removeGroup(context: AppletContext, group: Group): void {
  for (const link of [group.link, ...group.slaves.map((slave) => slave.link)]) removeFile(context, link);
  for (const name of [group.name, ...group.slaves.map((slave) => slave.name)]) removeFile(context, `${LINKS}/${name}`);
  removeFile(context, `${STATE}/${group.name}`);
}

/**
 * Registers what a package's scripts registered where it was recorded: of the state file of that system, the choices that are
 * there in this image. Gives the line update-alternatives prints, or nothing when the name leads where it led before.
 */
export function registerRecorded(context: AppletContext, statePath: string, text: string): string {
  const recorded = parseGroup(statePath.slice(statePath.lastIndexOf('/') + 1), text);
  const choices = recorded.choices.filter(({ path }) => context.files.find(path) !== undefined);
  const group = { ...recorded, choices };
  const former = currentPath(context, group.name);
  const chosen = best(group)?.path;
  if (chosen === undefined) return '';
  writeGroup(context, group);
  pointTo(context, group, chosen);
  return chosen === former
    ? ''
    : `update-alternatives: using ${chosen} to provide ${group.link} (${group.name}) in auto mode\n`;
}

/** Whether a path is one that alternatives are kept in, or a link to one. */
export function isAlternative(path: string, target?: string): boolean {
  return path.startsWith(`${LINKS}/`) || path.startsWith(`${STATE}/`) || target?.startsWith(`${LINKS}/`) === true;
}
