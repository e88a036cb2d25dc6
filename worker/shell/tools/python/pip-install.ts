/** `pip install`: distributions of the catalogue into site-packages, with the records pip keeps of them. */
import { sha256OfSmall } from '../../../codec/sha256.ts';
import { utf8 } from '../../../base/bytes.ts';
import type { AppletContext } from '../../applets/context.ts';
import { holeOf, makeDirectories, readText, removeTree, textOf, writeText } from '../placing.ts';
import type { PythonInstallation } from './installation.ts';
import type { PipOptions } from './pip-options.ts';
import { distributions, normalisedName, parseRequirement, type Distribution, type Requirement } from './pypi.ts';
import { installedDistributions } from './site-packages.ts';

const EXTERNALLY_MANAGED = `error: externally-managed-environment

\u00d7 This environment is externally managed
\u2570\u2500> To install Python packages system-wide, try apt install
    python3-xyz, where xyz is the package you are trying to
    install.
    
    If you wish to install a non-Debian-packaged Python package,
    create a virtual environment using python3 -m venv path/to/venv.
    Then use path/to/venv/bin/python and path/to/venv/bin/pip. Make
    sure you have python3-full installed.

note: If you believe this is a mistake, please contact your Python installation or OS distribution provider. You can override this, at the risk of breaking your Python installation or OS, by passing --break-system-packages.
hint: See PEP 668 for the detailed specification.
`;
const ROOT_WARNING =
  "WARNING: Running pip as the 'root' user can result in broken permissions and conflicting behaviour with the system package manager, possibly rendering your system unusable. It is recommended to use a virtual environment instead: https://pip.pypa.io/warnings/venv\n";

export async function pipInstall(
  context: AppletContext,
  python: PythonInstallation,
  options: PipOptions,
): Promise<number> {
  if (python.managed && !options.flags.has('break-system-packages') && options.target === undefined) {
    await context.err.write(EXTERNALLY_MANAGED);
    return 1;
  }
  const wanted = await requirementsOf(context, options);
  if (typeof wanted === 'string') return fail(context, wanted);
  if (wanted.length === 0 && options.projects.length === 0)
    return fail(context, 'You must give at least one requirement to install (see "pip help install")');
  const plan = await planInstall(context, python, wanted, options);
  if ('problem' in plan) {
    if (!options.quiet) await context.out.write(plan.told);
    context.simulate('pip: the catalogue holds the distributions that Dockerfiles install most; others it cannot find');
    await context.out.flush();
    await context.err.write(plan.problem);
    return 1;
  }
  context.simulate(
    'pip: distributions come from a small catalogue: versions are of 2025, sizes approximate, modules empty files',
  );
  if (!options.quiet) await context.out.write(plan.told);
  const site = options.target ?? python.sitePackages;
  for (const one of plan.install) await installDistribution(context, one, site, python, options);
  for (const project of options.projects) await installProject(context, project, site);
  await tellInstalled(context, plan.install, python, options);
  return 0;
}

async function fail(context: AppletContext, message: string): Promise<number> {
  await context.out.flush();
  await context.err.write(`ERROR: ${message}\n`);
  return 1;
}

/** Requirements of the command line and of its files; or why a file cannot be read. */
async function requirementsOf(context: AppletContext, options: PipOptions): Promise<readonly Requirement[] | string> {
  const lines = [...options.requirements];
  const files = [...options.files];
  for (const file of files) {
    const text = await readText(context, file);
    if (text === undefined) return `Could not open requirements file: [Errno 2] No such file or directory: '${file}'`;
    for (const line of text.replace(/\\\n/g, ' ').split('\n')) {
      const requirement = line
        .replace(/(?:^|\s)#.*/, '')
        .replace(/\s--hash\S+/g, '')
        .trim();
      const nested = /^(?:-r|--requirement)[ =]?\s*(.+)$/.exec(requirement)?.[1];
      if (nested !== undefined) files.push(`${file.includes('/') ? file.replace(/[^/]*$/, '') : ''}${nested}`);
      else if (requirement !== '' && !requirement.startsWith('-')) lines.push(requirement);
    }
  }
  const parsed: Requirement[] = [];
  for (const line of lines) {
    const requirement = parseRequirement(line);
    if (requirement === undefined)
      return `Invalid requirement: '${line}': Strata installs by name, from its catalogue alone`;
    parsed.push(requirement);
  }
  return parsed;
}

type InstallPlan =
  | { readonly install: readonly Distribution[]; readonly told: string }
  | { readonly problem: string; readonly told: string };

async function planInstall(
  context: AppletContext,
  python: PythonInstallation,
  wanted: readonly Requirement[],
  options: PipOptions,
): Promise<InstallPlan> {
  const known = await distributions(context.process.kernel.catalogue);
  const there = await installedDistributions(context, python.sitePackages);
  const install = new Map<string, Distribution>();
  const told: string[] = [];
  const queue = wanted.map((requirement) => ({ requirement, from: '' }));
  for (const { requirement, from } of queue) {
    const { name, text } = requirement;
    const installed = there.get(name);
    if (install.has(name)) continue;
    if (installed !== undefined && !(options.flags.has('upgrade') && from === '')) {
      told.push(`Requirement already satisfied: ${text} in ${python.sitePackages}${from} (${installed})\n`);
      continue;
    }
    const found = known.get(name);
    if (found === undefined) {
      return {
        told: told.join(''),
        problem: `ERROR: Could not find a version that satisfies the requirement ${text} (from versions: none)\nERROR: No matching distribution found for ${text}\n`,
      };
    }
    const pinned = requirement.constraints.find(({ operator }) => operator.startsWith('=='))?.version;
    // a pinned version is taken at its word: the catalogue knows one version of each, and its files are empty
    const chosen = pinned === undefined || pinned.includes('*') ? found : { ...found, version: pinned };
    install.set(name, chosen);
    told.push(collectLines(chosen, text, from, options));
    if (options.flags.has('no-deps')) continue;
    for (const dependency of chosen.requires) {
      const parsed = parseRequirement(dependency);
      if (parsed !== undefined) queue.push({ requirement: parsed, from: ` (from ${chosen.name})` });
    }
  }
  return { install: [...install.values()], told: told.join('') };
}

function collectLines(one: Distribution, text: string, from: string, options: PipOptions): string {
  const source = options.files.length > 0 && from === '' ? ` (from -r ${options.files[0] ?? ''})` : from;
  const wheel = wheelName(one);
  return `Collecting ${text}${source}\n  Downloading ${wheel} (${sizeText(one.wheelBytes)})\n`;
}

function wheelName(one: Distribution): string {
  const native = one.modules.some((name) => name.endsWith('.libs'));
  return `${one.name.replaceAll('-', '_')}-${one.version}-${native ? 'cp311-cp311-manylinux_2_17_x86_64' : 'py3-none-any'}.whl`;
}

/** As pip prints it: kB to a hundred thousand, then MB. */
function sizeText(bytes: number): string {
  if (bytes > 1_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return bytes > 10_000 ? `${Math.floor(bytes / 1000)} kB` : `${(bytes / 1000).toFixed(1)} kB`;
}

async function installDistribution(
  context: AppletContext,
  one: Distribution,
  site: string,
  python: PythonInstallation,
  options: PipOptions,
): Promise<void> {
  const records: string[] = [];
  const write = (path: string, body: ReturnType<typeof holeOf>, mode?: number): void => {
    makeDirectories(context, path.slice(0, path.lastIndexOf('/')));
    context.files.writeBody(path, body, mode);
    records.push(`${path.replace(`${site}/`, '')},,${body.sizeBytes}`);
  };
  for (const { path, sizeBytes } of moduleFiles(one)) write(`${site}/${path}`, holeOf(sizeBytes));
  const information = `${site}/${one.name.replaceAll('-', '_')}-${one.version}.dist-info`;
  write(`${information}/METADATA`, textOf(metadataOf(one)));
  write(`${information}/INSTALLER`, textOf('pip\n'));
  write(
    `${information}/WHEEL`,
    textOf('Wheel-Version: 1.0\nGenerator: bdist_wheel\nRoot-Is-Purelib: true\nTag: py3-none-any\n'),
  );
  if (one.modules.length > 0) write(`${information}/top_level.txt`, textOf(`${one.modules.join('\n')}\n`));
  for (const script of options.target === undefined ? one.scripts : []) {
    const text = `#!${python.prefix}/bin/python3\n# -*- coding: utf-8 -*-\nimport re\nimport sys\nfrom ${one.modules[0] ?? one.name} import main\nif __name__ == '__main__':\n    sys.exit(main())\n`;
    write(`${python.scripts}/${script}`, textOf(text), 0o777);
  }
  writeText(context, `${information}/RECORD`, `${records.join('\n')}\n`);
  if (!options.flags.has('no-cache-dir') && context.env.get('PIP_NO_CACHE_DIR') === undefined) cacheWheel(context, one);
  return Promise.resolve();
}

/** As many files as the distribution has, of equal size: what is known of it is their number and their sum. */
function moduleFiles(one: Distribution): { readonly path: string; readonly sizeBytes: number }[] {
  if (one.modules.length === 0) return [{ path: `${one.name.replaceAll('-', '_')}.py`, sizeBytes: one.installedBytes }];
  const count = Math.max(one.files, one.modules.length);
  const sizeBytes = Math.floor(one.installedBytes / count);
  return Array.from({ length: count }, (_, index) => {
    const module = one.modules[index % one.modules.length] ?? one.name;
    const number = Math.floor(index / one.modules.length);
    return { path: `${module}/${number === 0 ? '__init__' : `module_${number}`}.py`, sizeBytes };
  });
}

function metadataOf(one: Distribution): string {
  const requires = one.requires.map((text) => `Requires-Dist: ${text}\n`).join('');
  return `Metadata-Version: 2.1\nName: ${one.name}\nVersion: ${one.version}\nSummary: ${one.summary}\n${requires}\n`;
}

/** pip keeps responses by the digest of their address, in five folders of one letter. */
function cacheWheel(context: AppletContext, one: Distribution): void {
  const home = context.env.get('HOME') ?? '/root';
  const root = context.env.get('PIP_CACHE_DIR') ?? `${context.env.get('XDG_CACHE_HOME') ?? `${home}/.cache`}/pip`;
  const digest = sha256OfSmall(utf8(wheelName(one))).slice(0, 56);
  const folder = `${root}/http/${[...digest.slice(0, 5)].join('/')}`;
  makeDirectories(context, folder);
  context.files.writeBody(`${folder}/${digest}`, holeOf(one.wheelBytes + 1800), 0o600);
}

/** A project of one's own (`.`, `-e .`): its record alone, the sources stay where they are. */
async function installProject(context: AppletContext, project: string, site: string): Promise<void> {
  const text =
    (await readText(context, `${project}/pyproject.toml`)) ?? (await readText(context, `${project}/setup.py`)) ?? '';
  const name = normalisedName(/name\s*=\s*["']([^"']+)/.exec(text)?.[1] ?? 'project');
  const version = /version\s*=\s*["']([^"']+)/.exec(text)?.[1] ?? '0.0.0';
  const information = `${site}/${name.replaceAll('-', '_')}-${version}.dist-info`;
  removeTree(context, information);
  writeText(context, `${information}/METADATA`, `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`);
  writeText(context, `${information}/INSTALLER`, 'pip\n');
}

async function tellInstalled(
  context: AppletContext,
  installed: readonly Distribution[],
  python: PythonInstallation,
  options: PipOptions,
): Promise<void> {
  if (options.quiet) return;
  const names = installed.map(({ name }) => name);
  if (names.length > 0) {
    const shown = installed.map(({ name, version }) => `${name}-${version}`).sort();
    await context.out.write(
      `Installing collected packages: ${names.toReversed().join(', ')}\nSuccessfully installed ${shown.join(' ')}\n`,
    );
  }
  await context.out.flush();
  const isEnvironment = context.files.find(`${python.prefix}/pyvenv.cfg`) !== undefined;
  const asked = options.flags.has('root-user-action') || context.env.has('PIP_ROOT_USER_ACTION');
  if (context.process.credentials.uid === 0 && !isEnvironment && !asked) await context.err.write(ROOT_WARNING);
}
