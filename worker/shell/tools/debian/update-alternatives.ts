/** `update-alternatives`: which of several programs a generic name leads to (update-alternatives(1)). */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { errorText } from '../../applets/context.ts';
import { best, currentPath, pointTo, readGroup, removeGroup, writeGroup, type Choice } from './alternatives.ts';

const FAILED = 2;

export const updateAlternatives: Applet = {
  names: ['update-alternatives'],
  summary: 'Maintain symbolic links that choose default commands',
  usage: '[OPTION]... COMMAND',
  usageStatus: FAILED,
  async run(context) {
    const words = context.args.filter((word) => !/^--(?:quiet|force|verbose|skip-auto)$/.test(word));
    const [command = '', ...operands] = words;
    try {
      return await runCommand(context, command, operands);
    } catch (error) {
      return context.complain(`error: ${errorText(error)}`).then(() => FAILED);
    }
  },
};

async function runCommand(context: AppletContext, command: string, operands: readonly string[]): Promise<number> {
  const [name = '', path = ''] = operands;
  switch (command) {
    case '--install':
      return install(context, operands);
    case '--set':
      return choose(context, name, path);
    case '--auto':
      return choose(context, name, undefined);
    case '--config':
      return (await readGroup(context, name)) === undefined ? unknown(context, name) : 0;
    case '--remove':
      return remove(context, name, (choice) => choice.path !== path);
    case '--remove-all':
      return remove(context, name, () => false);
    case '--display':
    case '--query':
      return display(context, name);
    case '--list':
      return list(context, name);
    case '--version':
      await context.out.write('Debian update-alternatives version 1.21.22.\n');
      return 0;
    default:
      await context.complain(`error: unknown argument '${command}'`);
      return FAILED;
  }
}

async function install(context: AppletContext, operands: readonly string[]): Promise<number> {
  const [link, name, path, priority, ...rest] = operands;
  if (link === undefined || name === undefined || path === undefined || priority === undefined) {
    await context.complain('error: --install needs <link> <name> <path> <priority>');
    return FAILED;
  }
  if (context.files.find(path) === undefined) {
    await context.complain(`error: alternative path ${path} doesn't exist`);
    return FAILED;
  }
  const given = slavesOf(rest);
  const before = await readGroup(context, name);
  const slaves = [...(before?.slaves ?? [])];
  for (const slave of given) if (!slaves.some((one) => one.name === slave.name)) slaves.push(slave);
  const paths = slaves.map((slave) => given.find((one) => one.name === slave.name)?.path ?? '');
  const choice = { path, priority: Number(priority), slaves: paths };
  const others = (before?.choices ?? []).filter((one) => one.path !== path);
  const group = { name, automatic: before?.automatic ?? true, link, slaves, choices: [...others, choice] };
  const former = currentPath(context, name);
  writeGroup(context, group);
  const now = group.automatic || former === undefined ? best(group)?.path : former;
  if (now !== undefined && now !== former) {
    pointTo(context, group, now);
    await context.out.write(`update-alternatives: using ${now} to provide ${link} (${name}) in auto mode\n`);
  }
  return 0;
}

function slavesOf(words: readonly string[]): { readonly name: string; readonly link: string; readonly path: string }[] {
  return words.flatMap((word, index) => {
    const [link, name, path] = words.slice(index + 1, index + 4);
    return word === '--slave' && link !== undefined && name !== undefined && path !== undefined
      ? [{ name, link, path }]
      : [];
  });
}

async function choose(context: AppletContext, name: string, path: string | undefined): Promise<number> {
  const group = await readGroup(context, name);
  if (group === undefined) return unknown(context, name);
  const chosen = path ?? best(group)?.path;
  if (chosen === undefined || !group.choices.some((choice) => choice.path === chosen)) {
    await context.complain(`error: alternative ${chosen ?? ''} for ${name} not registered; not setting`);
    return FAILED;
  }
  const mode = path === undefined ? 'auto' : 'manual';
  writeGroup(context, { ...group, automatic: path === undefined });
  pointTo(context, group, chosen);
  await context.out.write(`update-alternatives: using ${chosen} to provide ${group.link} (${name}) in ${mode} mode\n`);
  return 0;
}

async function remove(context: AppletContext, name: string, stays: (choice: Choice) => boolean): Promise<number> {
  const group = await readGroup(context, name);
  if (group === undefined) return 0;
  const left = { ...group, choices: group.choices.filter(stays) };
  const next = best(left);
  if (next === undefined) {
    removeGroup(context, group);
    return 0;
  }
  writeGroup(context, left);
  if (!left.choices.some((choice) => choice.path === currentPath(context, name))) pointTo(context, left, next.path);
  return 0;
}

async function display(context: AppletContext, name: string): Promise<number> {
  const group = await readGroup(context, name);
  if (group === undefined) return unknown(context, name);
  const lines = [
    `${name} - ${group.automatic ? 'auto' : 'manual'} mode`,
    `  link best version is ${best(group)?.path ?? ''}`,
    `  link currently points to ${currentPath(context, name) ?? ''}`,
    `  link ${name} is ${group.link}`,
    ...group.slaves.map((slave) => `  slave ${slave.name} is ${slave.link}`),
    ...group.choices.flatMap((choice) => [
      `${choice.path} - priority ${choice.priority}`,
      ...choice.slaves.flatMap((path, index) =>
        path === '' ? [] : [`  slave ${group.slaves[index]?.name ?? ''}: ${path}`],
      ),
    ]),
  ];
  await context.out.write(`${lines.join('\n')}\n`);
  return 0;
}

async function list(context: AppletContext, name: string): Promise<number> {
  const group = await readGroup(context, name);
  if (group === undefined) return unknown(context, name);
  await context.out.write(group.choices.map((choice) => `${choice.path}\n`).join(''));
  return 0;
}

async function unknown(context: AppletContext, name: string): Promise<number> {
  await context.complain(`error: no alternatives for ${name}`);
  return FAILED;
}
