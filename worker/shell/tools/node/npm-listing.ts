/** What npm tells without changing anything: the scripts of a project, the packages it has, how npm is used. */
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';
import type { NpmOptions } from './npm-options.ts';
import { findProject, parseObject, stringsOf, type NodeProject } from './project.ts';

/** Where the official images have the packages of everybody. */
export const GLOBAL_MODULES = '/usr/local/lib/node_modules';

export const NPM_USAGE = `npm <command>

Usage:

npm install        install all the dependencies in your project
npm install <foo>  add the <foo> dependency to your project
npm test           run this project's tests
npm run <foo>      run the script named <foo>
npm <command> -h   quick help on <command>
npm -l             display usage info for all commands

All commands that are simulated here:

    cache, ci, dedupe, exec, init, install, list, ls, prune, root,
    run-script, start, stop, test, uninstall
`;

/** Commands of npm that are none here. */
export const NOT_SIMULATED: ReadonlySet<string> = new Set([
  'access', 'adduser', 'bugs', 'completion', 'deprecate', 'diff', 'dist-tag', 'docs', 'doctor', 'edit', 'explain', 'explore', 'find-dupes',
  'hook', 'info', 'link', 'login', 'logout', 'org', 'outdated', 'owner', 'pack', 'ping', 'pkg', 'prefix', 'profile', 'publish', 'query',
  'repo', 'search', 'shrinkwrap', 'star', 'team', 'token', 'unpublish', 'version', 'view', 'show', 'whoami', 'why', 'bin', 'get',
]); // prettier-ignore

const LIFECYCLE = ['prestart', 'start', 'poststart', 'prestop', 'stop', 'poststop', 'pretest', 'test', 'posttest', 'prerestart', 'restart']; // prettier-ignore

/** `npm run` without a name. */
export async function listScripts(context: AppletContext): Promise<number> {
  const project = await findProject(context, context.process.cwd);
  if (project === undefined || typeof project === 'string') {
    await context.err.write(
      `npm error code ENOENT\nnpm error enoent Could not read package.json in ${context.process.cwd}\n`,
    );
    return 1;
  }
  const scripts = [...stringsOf(project.manifest, 'scripts')];
  const lines = (chosen: typeof scripts): string =>
    chosen.map(([name, script]) => `  ${name}\n    ${script}\n`).join('');
  const lifecycle = scripts.filter(([name]) => LIFECYCLE.includes(name));
  const others = scripts.filter(([name]) => !LIFECYCLE.includes(name));
  if (lifecycle.length > 0)
    await context.out.write(`Lifecycle scripts included in ${titleOf(project)}:\n${lines(lifecycle)}`);
  if (others.length > 0)
    await context.out.write(`${lifecycle.length > 0 ? '\n' : ''}available via \`npm run-script\`:\n${lines(others)}`);
  return 0;
}

/** `npm ls`: the packages the project asks for, as they are installed; with `-g` those of everybody. */
export async function listPackages(context: AppletContext, options: NpmOptions): Promise<number> {
  if (options.isGlobal) {
    const names = context.files.find(GLOBAL_MODULES) === undefined ? [] : context.files.list(GLOBAL_MODULES);
    return writeTree(
      context,
      '/usr/local/lib',
      names.map(({ name }) => name),
      GLOBAL_MODULES,
    );
  }
  const project = await findProject(context, context.process.cwd);
  if (project === undefined || typeof project === 'string')
    return writeTree(context, context.process.cwd, [], `${context.process.cwd}/node_modules`);
  const development = options.production ? [] : [...stringsOf(project.manifest, 'devDependencies').keys()];
  const wanted = [...stringsOf(project.manifest, 'dependencies').keys(), ...development].sort();
  const ranges = new Map([
    ...stringsOf(project.manifest, 'dependencies'),
    ...stringsOf(project.manifest, 'devDependencies'),
  ]);
  const modules = `${project.directory}/node_modules`;
  return writeTree(context, `${titleOf(project)} ${project.directory}`, wanted, modules, ranges);
}

async function writeTree(
  context: AppletContext,
  title: string,
  names: readonly string[],
  modules: string,
  ranges: ReadonlyMap<string, string> = new Map(),
): Promise<number> {
  await context.out.write(`${title}\n`);
  if (names.length === 0) await context.out.write('`-- (empty)\n');
  const missing: string[] = [];
  for (const [index, name] of names.entries()) {
    const version = parseObject((await readText(context, `${modules}/${name}/package.json`)) ?? '')?.['version'];
    const branch = index === names.length - 1 ? '`--' : '+--';
    const wanted = `${name}@${ranges.get(name) ?? '*'}`;
    if (typeof version !== 'string') missing.push(wanted);
    await context.out.write(
      `${branch} ${typeof version === 'string' ? `${name}@${version}` : `UNMET DEPENDENCY ${wanted}`}\n`,
    );
  }
  await context.out.write('\n');
  if (missing.length === 0) return 0;
  await context.out.flush();
  await context.err.write('npm error code ELSPROBLEMS\n');
  for (const one of missing)
    await context.err.write(`npm error missing: ${one}, required by ${title.split(' ')[0] ?? ''}\n`);
  return 1;
}

function titleOf({ manifest, directory }: NodeProject): string {
  const text = (field: string): string => (typeof manifest[field] === 'string' ? manifest[field] : '');
  const name = text('name') === '' ? directory.slice(directory.lastIndexOf('/') + 1) : text('name');
  return text('version') === '' ? name : `${name}@${text('version')}`;
}
