/** `npm`, `yarn`, `pnpm`, `npx`, `corepack`: packages of a project and its scripts, on a catalogue of real packages. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { removeTree } from '../placing.ts';
import { installedVersion } from '../programs/package-version.ts';
import { refuse } from '../programs/version-tellers.ts';
import { cachePackages, lockedPackages, placePackages, placePrograms, resolvePackages } from './npm-install.ts';
import type { NodePackage } from './npm-catalogue.ts';
import { GLOBAL_MODULES, listPackages, listScripts, NOT_SIMULATED, NPM_USAGE } from './npm-listing.ts';
import { parseNpmOptions, type NpmOptions } from './npm-options.ts';
import { findProject, readLock, stringsOf, writeJson, type NodeProject } from './project.ts';

const VERSIONS: Readonly<Record<string, string>> = {
  npm: '10.8.2',
  npx: '10.8.2',
  yarn: '1.22.22',
  yarnpkg: '1.22.22',
  pnpm: '10.13.1',
  corepack: '0.33.0',
};

export const npm: Applet = {
  names: ['npm', 'npx', 'yarn', 'yarnpkg', 'pnpm', 'pnpx', 'corepack'],
  summary: 'Install packages for Node and run scripts of a project (simulated)',
  usage: 'COMMAND [ARGUMENT]...',
  async run(context) {
    const options = parseNpmOptions(context.name, context.args);
    if (options.flags.has('version')) {
      await context.out.write(`${(await versionOf(context)) ?? VERSIONS[context.name] ?? ''}\n`);
      return 0;
    }
    if (context.name === 'corepack') return 0;
    if (context.name === 'npx' || context.name === 'pnpx') return runPackage(context);
    return runCommand(context, options);
  },
};

/** What the image says of itself: the package's version, or the variable that the official images set. */
function versionOf(context: AppletContext): Promise<string | undefined> {
  if (context.name === 'npm') return installedVersion(context, ['npm']);
  return Promise.resolve(context.name.startsWith('yarn') ? context.env.get('YARN_VERSION') : undefined);
}

async function runCommand(context: AppletContext, options: NpmOptions): Promise<number> {
  switch (options.command) {
    case 'init':
    case 'create':
      return init(context);
    case 'install':
    case 'ci':
      return install(context, options);
    case 'uninstall':
      for (const name of options.names) removeTree(context, `${context.process.cwd}/node_modules/${name}`);
      await context.out.write(`\nremoved ${options.names.length} packages in 1s\n`);
      return 0;
    case 'prune':
    case 'dedupe':
      await context.out.write('\nup to date in 1s\n');
      return 0;
    case 'run':
      if (options.names.length === 0) return listScripts(context);
      return runScript(context, options.names[0] ?? '', options.names.slice(1));
    case 'ls':
    case 'list':
      return listPackages(context, options);
    case 'root':
      await context.out.write(`${options.isGlobal ? GLOBAL_MODULES : `${context.process.cwd}/node_modules`}\n`);
      return 0;
    case 'start':
    case 'test':
    case 'stop':
    case 'restart':
      return runScript(context, options.command, options.names);
    case 'cache':
      if (options.names[0] === 'clean') removeTree(context, `${context.env.get('HOME') ?? '/root'}/.npm/_cacache`);
      if (options.names[0] === 'clean' && context.name === 'npm')
        await context.err.write('npm warn using --force Recommended protections disabled.\n');
      return 0;
    case 'config':
    case 'set':
    case 'audit':
    case 'fund':
    case 'rebuild':
      return 0;
    case 'exec':
      return runPackage(context);
    default:
      // yarn and pnpm take the name of a script for a command
      if (context.name !== 'npm') return runScript(context, options.command, options.names);
      if (options.command === '' || options.command === 'help') {
        await context.out.write(NPM_USAGE);
        return options.command === '' ? 1 : 0;
      }
      if (NOT_SIMULATED.has(options.command)) return refuse(context, 'this command of npm is not simulated');
      await context.err.write(
        `Unknown command: "${options.command}"\n\nTo see a list of supported npm commands, run:\n  npm help\n`,
      );
      return 1;
  }
}

async function init(context: AppletContext): Promise<number> {
  const { cwd } = context.process;
  const name = cwd.slice(cwd.lastIndexOf('/') + 1) || 'app';
  const manifest = {
    name: name.toLowerCase(),
    version: '1.0.0',
    main: 'index.js',
    scripts: { test: 'echo "Error: no test specified" && exit 1' },
    keywords: [],
    author: '',
    license: 'ISC',
    description: '',
  };
  writeJson(context, `${cwd}/package.json`, manifest);
  await context.out.write(`Wrote to ${cwd}/package.json:\n\n${JSON.stringify(manifest, null, 2)}\n\n\n`);
  return 0;
}

async function install(context: AppletContext, options: NpmOptions): Promise<number> {
  if (options.isGlobal) return installGlobally(context, options);
  const project = await findProject(context, context.process.cwd);
  if (typeof project === 'string') return fail(context, ['code EJSONPARSE', project]);
  const isEmpty = options.names.length === 0;
  if (project === undefined && isEmpty) {
    const path = `${context.process.cwd}/package.json`;
    return fail(context, [
      'code ENOENT',
      'syscall open',
      `path ${path}`,
      'errno -2',
      `enoent Could not read package.json: Error: ENOENT: no such file or directory, open '${path}'`,
    ]);
  }
  const found = project ?? { directory: context.process.cwd, manifest: {} };
  const lock = await readLock(context, found.directory);
  if (options.command === 'ci' && lock === undefined)
    return fail(context, [
      'code EUSAGE',
      '',
      'The `npm ci` command can only install with an existing package-lock.json or',
      'npm-shrinkwrap.json with lockfileVersion >= 1. Run an install with npm@5 or',
      'later to generate a package-lock.json file, then try again.',
    ]);
  context.simulate(
    `${context.name}: packages have their real names and sizes, and are empty files but for package.json`,
  );
  if (options.command === 'ci') removeTree(context, `${found.directory}/node_modules`);
  const withDevelopment = !options.production && context.env.get('NODE_ENV') !== 'production';
  const isLocked = lock !== undefined && lock.size > 0 && isEmpty;
  const placed = isLocked
    ? await lockedPackages(context, lock, withDevelopment)
    : await resolveProject(context, found, options, withDevelopment);
  if ('unknown' in placed) return notFound(context, placed.unknown);
  await placePackages(context, found.directory, placed);
  const packages = placed.map(({ one }) => one);
  if (context.name === 'npm') cachePackages(context, packages);
  writeLocks(context, found, packages, options, isLocked);
  await tellAdded(context, packages.length);
  return 0;
}

async function resolveProject(
  context: AppletContext,
  { manifest }: NodeProject,
  options: NpmOptions,
  withDevelopment: boolean,
): Promise<readonly { readonly one: NodePackage; readonly path: string }[] | { readonly unknown: string }> {
  const wanted = new Map([
    ...stringsOf(manifest, 'dependencies'),
    ...(withDevelopment ? stringsOf(manifest, 'devDependencies') : []),
    ...options.packages,
  ]);
  const packages = await resolvePackages(context, wanted);
  if ('unknown' in packages) return packages;
  return packages.map((one) => ({ one, path: `node_modules/${one.name}` }));
}

/** What an install notes down: the names it was given in package.json, and the lock where there was none. */
function writeLocks(
  context: AppletContext,
  { directory, manifest }: NodeProject,
  packages: readonly NodePackage[],
  options: NpmOptions,
  isLocked: boolean,
): void {
  const root = directory === '/' ? '' : directory;
  const field = options.flags.has('save-dev') ? 'devDependencies' : 'dependencies';
  const versions = new Map(packages.map(({ name, version }) => [name, version]));
  if (options.packages.size > 0) {
    const added = [...options.packages.keys()].map((name) => [name, `^${versions.get(name) ?? '0.0.0'}`] as const);
    const merged = Object.fromEntries([...stringsOf(manifest, field), ...added].sort(([a], [b]) => (a < b ? -1 : 1)));
    manifest[field] = merged;
    writeJson(context, `${root}/package.json`, manifest);
  }
  if (isLocked || context.name !== 'npm') return;
  const entries: Record<string, unknown> = {};
  for (const { name, version, dependencies } of packages) {
    const tarball = `${name.replace(/^.*\//, '')}-${version}.tgz`;
    const needs = dependencies.size > 0 ? { dependencies: Object.fromEntries(dependencies) } : {};
    entries[`node_modules/${name}`] = {
      version,
      resolved: `https://registry.npmjs.org/${name}/-/${tarball}`,
      ...needs,
    };
  }
  const own = {
    name: manifest['name'] ?? '',
    version: manifest['version'] ?? '1.0.0',
    dependencies: Object.fromEntries(stringsOf(manifest, 'dependencies')),
  };
  const lock = { name: own.name, version: own.version, lockfileVersion: 3, requires: true };
  writeJson(context, `${root}/package-lock.json`, { ...lock, packages: { '': own, ...entries } });
  if (packages.length > 0)
    writeJson(context, `${root}/node_modules/.package-lock.json`, { ...lock, packages: entries });
}

async function installGlobally(context: AppletContext, options: NpmOptions): Promise<number> {
  const prefix =
    context.files.find('/usr/local/bin/node') === undefined && context.files.find('/usr/bin/node') !== undefined
      ? '/usr'
      : '/usr/local';
  const packages = await resolvePackages(context, options.packages);
  if ('unknown' in packages) return notFound(context, packages.unknown);
  context.simulate(
    `${context.name}: packages have their real names and sizes, and are empty files but for package.json`,
  );
  const asked = packages.filter(({ name }) => options.packages.has(name));
  const modules = `lib/node_modules`;
  await placePackages(
    context,
    prefix,
    packages.map((one) => ({
      one,
      path: options.packages.has(one.name)
        ? `${modules}/${one.name}`
        : `${modules}/${asked[0]?.name ?? ''}/node_modules/${one.name}`,
    })),
  );
  const now = context.process.kernel.clock.nowMs();
  for (const one of asked)
    placePrograms(context, one, `${prefix}/${modules}/${one.name}`, `${prefix}/bin`, `../${modules}/${one.name}`, now);
  cachePackages(context, packages);
  await tellAdded(context, packages.length);
  return 0;
}

async function tellAdded(context: AppletContext, count: number): Promise<void> {
  if (/^yarn/.test(context.name)) {
    const version = VERSIONS['yarn'] ?? '';
    await context.out.write(
      `yarn install v${version}\n[1/4] Resolving packages...\n[2/4] Fetching packages...\n[3/4] Linking dependencies...\n[4/4] Building fresh packages...\nDone in 1.00s.\n`,
    );
    return;
  }
  const plural = count === 1 ? '' : 's';
  await context.out.write(
    context.name === 'pnpm'
      ? `Packages: +${count}\nDone in 1s\n`
      : count === 0
        ? '\nup to date, audited 1 package in 1s\n\nfound 0 vulnerabilities\n'
        : `\nadded ${count} package${plural}, and audited ${count + 1} packages in 1s\n\nfound 0 vulnerabilities\n`,
  );
}

async function notFound(context: AppletContext, name: string): Promise<number> {
  context.simulate(
    `${context.name}: the catalogue holds what projects use most; other packages it cannot find, even where the registry has them`,
  );
  return fail(context, [
    'code E404',
    `404 Not Found - GET https://registry.npmjs.org/${name.replace('/', '%2f')} - Not found`,
    '404',
    `404  '${name}@*' is not in this registry.`,
  ]);
}

async function fail(context: AppletContext, lines: readonly string[]): Promise<number> {
  await context.out.flush();
  for (const line of lines) await context.err.write(`npm error${line === '' ? '' : ` ${line}`}\n`);
  return 1;
}

async function runScript(context: AppletContext, name: string, words: readonly string[]): Promise<number> {
  const project = await findProject(context, context.process.cwd);
  if (project === undefined || typeof project === 'string')
    return fail(context, ['code ENOENT', `enoent Could not read package.json in ${context.process.cwd}`]);
  const scripts = stringsOf(project.manifest, 'scripts');
  const fallback =
    name === 'start' && context.files.find(`${project.directory}/server.js`) !== undefined
      ? 'node server.js'
      : undefined;
  if (scripts.get(name) === undefined && fallback === undefined)
    return fail(context, [`Missing script: "${name}"`, '', 'To see a list of scripts, run:', '  npm run']);
  for (const step of [`pre${name}`, name, `post${name}`]) {
    const script = scripts.get(step) ?? (step === name ? fallback : undefined);
    if (script === undefined) continue;
    const line = step === name && words.length > 0 ? `${script} ${words.join(' ')}` : script;
    await context.out.write(
      `\n> ${textField(project, 'name')}@${textField(project, 'version')} ${step}\n> ${line}\n\n`,
    );
    const status = await runLine(context, project.directory, line);
    if (status !== 0) return status;
  }
  return 0;
}

function textField(project: NodeProject, name: string): string {
  const value = project.manifest[name];
  return typeof value === 'string' ? value : '';
}

async function runLine(context: AppletContext, directory: string, line: string): Promise<number> {
  const environment = new Map(context.env);
  environment.set('PATH', `${directory}/node_modules/.bin:${context.env.get('PATH') ?? ''}`);
  const entered = context.files.directoryToEnter(directory);
  const status = await context.spawn(['/bin/sh', '-c', line], environment, (child) => {
    child.cwd = entered;
  });
  return typeof status === 'number' ? status : 127;
}

async function runPackage(context: AppletContext): Promise<number> {
  const words = context.args.filter((word, index) => !(word.startsWith('-') && index < 2) && word !== 'exec');
  const [name] = words;
  if (name === undefined) return refuse(context, 'no program was named');
  const local = `${context.process.cwd}/node_modules/.bin/${name}`;
  if (context.files.find(local) !== undefined) return runLine(context, context.process.cwd, words.join(' '));
  return refuse(context, 'the program is not installed, and what npx would download does not run here');
}
