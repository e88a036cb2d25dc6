/** `pip`: Python's package manager, on a small catalogue of PyPI. Wording follows pip 23 to 25. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { removeFile, removeTree, readText } from '../placing.ts';
import { installedVersion } from '../programs/package-version.ts';
import { refuse } from '../programs/version-tellers.ts';
import { pythonInstallation, type PythonInstallation } from './installation.ts';
import { pipInstall } from './pip-install.ts';
import { parsePipOptions, type PipOptions } from './pip-options.ts';
import { normalisedName } from './pypi.ts';
import { installedDistributions } from './site-packages.ts';

export const pip: Applet = {
  names: ['pip', 'pip3'],
  summary: 'Install Python packages (simulated from a small catalogue)',
  usage: 'COMMAND [OPTION]... [REQUIREMENT]...',
  run: (context) => runPip(context, context.process.executable ?? '/usr/bin/pip', context.args),
};

const UNKNOWN_OPTION = 2;

/** Also `python3 -m pip`, and the script of a virtual environment: `program` says whose Python it is. */
export async function runPip(context: AppletContext, program: string, words: readonly string[]): Promise<number> {
  const python = await pythonInstallation(context, program);
  if (python === undefined) return refuse(context, 'no library of Python is installed beside it');
  const options = parsePipOptions(words);
  if (options.flags.has('version')) return tellVersion(context, python);
  if (options.unknown !== undefined) {
    await context.err.write(`\nUsage:   \n  pip ${options.command} [options]\n\nno such option: ${options.unknown}\n`);
    return UNKNOWN_OPTION;
  }
  switch (options.command) {
    case 'install':
      return pipInstall(context, python, options);
    case 'uninstall':
      return uninstall(context, python, options);
    case 'list':
      return list(context, python);
    case 'freeze':
      return freeze(context, python);
    case 'show':
      return show(context, python, options);
    case 'check':
      await context.out.write('No broken requirements found.\n');
      return 0;
    case 'cache':
      if (options.requirements[0] === 'purge') removeTree(context, `${context.env.get('HOME') ?? '/root'}/.cache/pip`);
      return 0;
    case 'config':
    case 'help':
      return 0;
    case '':
      await context.out.write('\nUsage:   \n  pip <command> [options]\n');
      return 0;
    case 'download':
    case 'wheel':
      return refuse(context, 'wheels are no more than sizes in its catalogue, so there is nothing to keep');
    default:
      await context.err.write(`ERROR: unknown command "${options.command}"\n`);
      return 1;
  }
}

async function tellVersion(context: AppletContext, python: PythonInstallation): Promise<number> {
  const distributions = await installedDistributions(context, python.sitePackages);
  const version = distributions.get('pip') ?? (await installedVersion(context, ['python3-pip', 'py3-pip'])) ?? '25.1.1';
  const minor = python.version.split('.').slice(0, 2).join('.');
  await context.out.write(`pip ${version} from ${python.sitePackages}/pip (python ${minor})\n`);
  return 0;
}

async function list(context: AppletContext, python: PythonInstallation): Promise<number> {
  const all = [...(await installedDistributions(context, python.sitePackages))];
  const width = Math.max(7, ...all.map(([name]) => name.length));
  const versionWidth = Math.max(7, ...all.map(([, version]) => version.length));
  await context.out.write(`${'Package'.padEnd(width)} Version\n${'-'.repeat(width)} ${'-'.repeat(versionWidth)}\n`);
  for (const [name, version] of all) await context.out.write(`${name.padEnd(width)} ${version}\n`);
  return 0;
}

async function freeze(context: AppletContext, python: PythonInstallation): Promise<number> {
  for (const [name, version] of await installedDistributions(context, python.sitePackages))
    if (!['pip', 'setuptools', 'wheel'].includes(name)) await context.out.write(`${name}==${version}\n`);
  return 0;
}

async function show(context: AppletContext, python: PythonInstallation, options: PipOptions): Promise<number> {
  const all = await installedDistributions(context, python.sitePackages);
  let found = 0;
  for (const word of options.requirements) {
    const name = normalisedName(word);
    const version = all.get(name);
    if (version === undefined) {
      await context.err.write(`WARNING: Package(s) not found: ${word}\n`);
      continue;
    }
    const text = (await readText(context, `${informationOf(python, name, version)}/METADATA`)) ?? '';
    const requires = [...text.matchAll(/^Requires-Dist: ([\w.-]+)/gm)].map((match) => match[1]).join(', ');
    const summary = /^Summary: (.*)$/m.exec(text)?.[1] ?? '';
    if (found++ > 0) await context.out.write('---\n');
    await context.out.write(
      `Name: ${name}\nVersion: ${version}\nSummary: ${summary}\nLocation: ${python.sitePackages}\nRequires: ${requires}\nRequired-by: \n`,
    );
  }
  return found > 0 ? 0 : 1;
}

function informationOf(python: PythonInstallation, name: string, version: string): string {
  return `${python.sitePackages}/${name.replaceAll('-', '_')}-${version}.dist-info`;
}

async function uninstall(context: AppletContext, python: PythonInstallation, options: PipOptions): Promise<number> {
  const all = await installedDistributions(context, python.sitePackages);
  for (const word of options.requirements) {
    const name = normalisedName(word);
    const version = all.get(name);
    if (version === undefined) {
      await context.err.write(`WARNING: Skipping ${word} as it is not installed.\n`);
      continue;
    }
    const information = informationOf(python, name, version);
    const record = (await readText(context, `${information}/RECORD`)) ?? '';
    for (const line of record.split('\n')) {
      const path = line.split(',')[0] ?? '';
      if (path !== '') removeFile(context, path.startsWith('/') ? path : `${python.sitePackages}/${path}`);
    }
    const modules = ((await readText(context, `${information}/top_level.txt`)) ?? '').split('\n');
    for (const module of modules.filter((one) => one !== '')) removeTree(context, `${python.sitePackages}/${module}`);
    removeTree(context, information);
    await context.out.write(
      `Found existing installation: ${name} ${version}\nUninstalling ${name}-${version}:\n  Successfully uninstalled ${name}-${version}\n`,
    );
  }
  return 0;
}
