/** tree */
import type { Applet } from './applet.ts';
import type { AppletContext } from './context.ts';
import { parseOptions, type Options } from './options.ts';

interface Counts {
  directories: number;
  files: number;
}

export const tree: Applet = {
  names: ['tree'],
  summary: 'List the contents of directories as a tree',
  usage: '[-adfi] [-L LEVEL] [DIR]...',
  async run(context) {
    const options = parseOptions(context.args, 'adfiL:nFC', { noreport: 'noreport', dirsfirst: 'dirsfirst' });
    const counts: Counts = { directories: 0, files: 0 };
    let status = 0;
    for (const path of options.operands.length === 0 ? ['.'] : options.operands) {
      if (context.files.find(path)?.inode.kind !== 'directory') {
        await context.out.write(`${path} [error opening dir]\n`);
        status = 2;
        continue;
      }
      await context.out.write(`${path}\n`);
      await printChildren(context, options, path, '', 1, counts);
    }
    if (options.has('noreport')) return status;
    const { directories, files } = counts;
    const plural = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
    const report = [
      plural(directories, 'directory', 'directories'),
      ...(options.has('d') ? [] : [plural(files, 'file', 'files')]),
    ];
    await context.out.write(`\n${report.join(', ')}\n`);
    return status;
  },
};

async function printChildren(
  context: AppletContext,
  options: Options,
  path: string,
  prefix: string,
  level: number,
  counts: Counts,
): Promise<void> {
  const entries = context.files
    .list(path)
    .map(({ name }) => ({ name, inode: context.files.lstat(`${path}/${name}`).inode }))
    .filter(
      ({ name, inode }) =>
        (options.has('a') || !name.startsWith('.')) && (!options.has('d') || inode.kind === 'directory'),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (options.has('dirsfirst'))
    entries.sort((a, b) => Number(b.inode.kind === 'directory') - Number(a.inode.kind === 'directory'));
  for (const [i, { name, inode }] of entries.entries()) {
    const pause = context.checkpoint();
    if (pause !== undefined) await pause;
    const last = i === entries.length - 1;
    const shown = options.has('f') ? `${path}/${name}` : name;
    const target = inode.kind === 'symlink' ? ` -> ${inode.target}` : '';
    const branch = options.has('i') ? '' : `${prefix}${last ? '└── ' : '├── '}`;
    await context.out.write(`${branch}${shown}${target}\n`);
    if (inode.kind !== 'directory') {
      counts.files++;
      continue;
    }
    counts.directories++;
    if (level < Number(options.value('L') ?? Infinity))
      await printChildren(context, options, `${path}/${name}`, `${prefix}${last ? '    ' : '│   '}`, level + 1, counts);
  }
}
