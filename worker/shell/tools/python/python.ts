/** `python3`: its version, `-m pip`, `-m venv`, `-m http.server`, and scripts of the size of a hello world. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { makeDirectories, placeSymlink, readText, writeText } from '../placing.ts';
import type { ScriptValue } from '../programs/simple-expression.ts';
import { runSimpleScript } from '../programs/simple-script.ts';
import { refuse } from '../programs/version-tellers.ts';
import { pythonInstallation } from './installation.ts';
import { serveDirectory } from './http-server.ts';
import { runPip } from './pip.ts';

const BEYOND = 'Strata runs assignments, prints and arithmetic; this needs a real Python';

export const python: Applet = {
  names: ['python3', 'python'],
  summary: 'Python: packages, environments, and very small scripts (simulated)',
  usage: '[-c CODE | -m MODULE | FILE]',
  async run(context) {
    const words = [...context.args];
    while (/^-[uBEIsSOx]+$/.test(words[0] ?? '')) words.shift();
    const [first = '', second = '', ...rest] = words;
    if (/^(?:--version|-V+)$/.test(first)) return tellVersion(context);
    if (first === '-m') return runModule(context, second, rest);
    if (first === '-c') return runSource(context, second, '<string>', ['-c', ...rest]);
    if (first === '' || first === '-') return runSource(context, await context.stdin().text(), '<stdin>', ['-']);
    return runFile(context, first, words.slice(1));
  },
};

/** The path the command was found by, with links unfollowed: that of an environment is a link to the system's. */
function calledPath(context: AppletContext): string {
  const called = context.process.argv[0] ?? '';
  if (called.includes('/')) return called.startsWith('/') ? called : `${context.process.cwd}/${called}`;
  const folders = (context.env.get('PATH') ?? '').split(':');
  const folder = folders.find((one) => context.files.find(`${one}/${called}`) !== undefined);
  return folder === undefined ? (context.process.executable ?? '/usr/bin/python3') : `${folder}/${called}`;
}

async function tellVersion(context: AppletContext): Promise<number> {
  await context.out.write(`Python ${await versionOf(context)}\n`);
  return 0;
}

async function versionOf(context: AppletContext): Promise<string> {
  return (await pythonInstallation(context, calledPath(context)))?.version ?? '3.11.2';
}

/** What it prints goes out at once: to a terminal, or because somebody asked for it. */
function isUnbuffered({ process, args, env }: AppletContext): boolean {
  const flags = args.slice(
    0,
    args.findIndex((word) => word === '-m'),
  );
  return (
    process.descriptors.get(1).terminal ||
    flags.some((word) => /^-\w*u/.test(word)) ||
    (env.get('PYTHONUNBUFFERED') ?? '') !== ''
  );
}

async function runModule(context: AppletContext, module: string, words: readonly string[]): Promise<number> {
  switch (module) {
    case 'pip':
      return (await hasPip(context)) ? runPip(context, calledPath(context), words) : missingModule(context, module);
    case 'venv':
      return makeEnvironment(context, words);
    case 'ensurepip':
    case 'compileall':
      return 0;
    case 'http.server':
      return serveDirectory(context, words, await versionOf(context), isUnbuffered(context));
    default:
      return refuse(context, BEYOND);
  }
}

/** Debian installs Python without pip, in a package of its own. */
async function hasPip(context: AppletContext): Promise<boolean> {
  const installation = await pythonInstallation(context, calledPath(context));
  const folders = [installation?.sitePackages ?? '', '/usr/lib/python3/dist-packages'];
  return (
    folders.some((folder) => context.files.find(`${folder}/pip`) !== undefined) ||
    (/\/bin\/python/.test(calledPath(context)) &&
      context.files.find(`${installation?.prefix ?? ''}/bin/pip`) !== undefined)
  );
}

async function missingModule(context: AppletContext, module: string): Promise<number> {
  await context.err.write(`${calledPath(context)}: No module named ${module}\n`);
  return 1;
}

async function makeEnvironment(context: AppletContext, words: readonly string[]): Promise<number> {
  const directory = words.find((word) => !word.startsWith('-'));
  const installation = await pythonInstallation(context, calledPath(context));
  if (directory === undefined || installation === undefined) return refuse(context, 'no folder was named');
  context.simulate('python3 -m venv: the environment has its layout, not the files of pip');
  const root = context.files.realPath(directory);
  const minor = installation.version.split('.').slice(0, 2).join('.');
  const now = context.process.kernel.clock.nowMs();
  for (const folder of ['bin', 'include', `lib/python${minor}/site-packages/pip`])
    makeDirectories(context, `${root}/${folder}`);
  writeText(
    context,
    `${root}/pyvenv.cfg`,
    `home = ${installation.prefix}/bin\ninclude-system-site-packages = false\nversion = ${installation.version}\n`,
  );
  placeSymlink(context, `${root}/bin/python3`, context.process.executable ?? '/usr/bin/python3', now);
  placeSymlink(context, `${root}/bin/python`, 'python3', now);
  for (const name of ['pip', 'pip3'])
    writeText(
      context,
      `${root}/bin/${name}`,
      `#!${root}/bin/python3\nfrom pip._internal.cli.main import main\n`,
      0o777,
    );
  writeText(
    context,
    `${root}/bin/activate`,
    `VIRTUAL_ENV="${root}"\nexport VIRTUAL_ENV\nPATH="$VIRTUAL_ENV/bin:$PATH"\nexport PATH\n`,
  );
  writeText(
    context,
    `${root}/lib/python${minor}/site-packages/pip-23.0.1.dist-info/METADATA`,
    'Name: pip\nVersion: 23.0.1\n',
  );
  return 0;
}

async function runFile(context: AppletContext, path: string, words: readonly string[]): Promise<number> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^pip3?(?:\.\d+)?$/.test(name)) return runPip(context, path, words);
  const text = await readText(context, path);
  if (text !== undefined) return runSource(context, text, path, [path, ...words]);
  await context.err.write(`${calledPath(context)}: can't open file '${path}': [Errno 2] No such file or directory\n`);
  return 2;
}

/** What `sys`, `os` and `platform` tell a script. */
async function surroundings(context: AppletContext, words: readonly string[]): Promise<Map<string, ScriptValue>> {
  const text = (value: string): ScriptValue => ({ kind: 'text', value });
  const version = await versionOf(context);
  const [major = '3', minor = '0', patch = '0'] = version.split('.');
  return new Map<string, ScriptValue>([
    ['sys.version', text(`${version} (main, Jan  1 2026, 00:00:00) [GCC 12.2.0]`)],
    ['sys.version_info.major', { kind: 'number', value: Number(major), float: false }],
    ['sys.version_info.minor', { kind: 'number', value: Number(minor), float: false }],
    ['sys.version_info.micro', { kind: 'number', value: Number(patch), float: false }],
    ['sys.platform', text('linux')],
    ['sys.executable', text(calledPath(context))],
    ['platform.python_version', text(version)],
    ['platform.system', text('Linux')],
    ['platform.machine', text('x86_64')],
    ['os.getcwd', text(context.process.cwd)],
    ...words.map((word, index) => [`sys.argv.${index}`, text(word)] as const),
    ...Array.from(context.env, ([name, value]) => [`os.environ.${name}`, text(value)] as const),
  ]);
}

async function runSource(
  context: AppletContext,
  source: string,
  name: string,
  words: readonly string[],
): Promise<number> {
  context.simulate('python3: assignments, prints and arithmetic alone are run');
  const variables = await surroundings(context, words);
  const { stdout, stderr, beyond, exitCode } = runSimpleScript(source, 'python', { variables });
  await context.out.write(stdout);
  await context.out.flush();
  await context.err.write(stderr);
  if (beyond === undefined) return exitCode;
  await context.err.write(`strata: ${name}, line ${beyond.line}: ${beyond.text.slice(0, 120)}: ${BEYOND}\n`);
  return 126;
}
