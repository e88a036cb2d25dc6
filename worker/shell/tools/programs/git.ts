/** `git`: what needs no other machine and no history: version, configuration, empty repositories. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { appendText, makeDirectories, writeText } from '../placing.ts';
import { installedVersion } from './package-version.ts';
import { refuse } from './version-tellers.ts';

export const git: Applet = {
  names: ['git'],
  summary: 'Version control: version, config and init alone (simulated)',
  usage: 'COMMAND [ARGUMENT]...',
  async run(context) {
    const [command = '', ...words] = context.args;
    switch (command) {
      case '--version':
      case 'version':
        await context.out.write(`git version ${(await installedVersion(context, ['git'])) ?? '2.39.5'}\n`);
        return 0;
      case 'config':
        return configure(context, words);
      case 'init':
        return init(context, words);
      case 'clone':
      case 'fetch':
      case 'pull':
      case 'push':
      case 'ls-remote':
        return refuse(
          context,
          'a page may not talk to git servers; COPY the files into the image, or ADD an archive of them',
        );
      case 'rev-parse':
      case 'status':
      case 'log':
      case 'describe':
        await context.err.write('fatal: not a git repository (or any of the parent directories): .git\n');
        return 128;
      default:
        return refuse(context, 'of git, Strata has --version, config and init');
    }
  },
};

async function configure(context: AppletContext, words: readonly string[]): Promise<number> {
  const [key = '', value] = words.filter((word) => !word.startsWith('-'));
  const [, section = '', name = ''] = /^(.*)\.([^.]+)$/.exec(key) ?? [];
  if (value === undefined) return 1;
  const home = context.env.get('HOME') ?? '/root';
  const path = words.includes('--system')
    ? '/etc/gitconfig'
    : words.includes('--global')
      ? `${home}/.gitconfig`
      : '.git/config';
  const dot = section.indexOf('.');
  const header = dot === -1 ? section : `${section.slice(0, dot)} "${section.slice(dot + 1)}"`;
  appendText(
    context,
    path.startsWith('/') ? path : `${context.process.cwd}/${path}`,
    `[${header}]\n\t${name} = ${value}\n`,
  );
  return Promise.resolve(0);
}

async function init(context: AppletContext, words: readonly string[]): Promise<number> {
  const folder = words.find((word) => !word.startsWith('-')) ?? '.';
  const root = `${context.files.realPath(folder)}/.git`;
  for (const one of ['refs/heads', 'refs/tags', 'objects/info', 'objects/pack', 'hooks', 'info'])
    makeDirectories(context, `${root}/${one}`);
  writeText(context, `${root}/HEAD`, 'ref: refs/heads/master\n');
  writeText(context, `${root}/config`, '[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n');
  context.simulate('git: an empty repository; nothing can be committed to it here');
  await context.out.write(`Initialized empty Git repository in ${root}/\n`);
  return 0;
}
