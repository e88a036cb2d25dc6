/** `python3`: its version, `-m pip`, `-m venv`, `-m http.server`, and programs, run by an interpreter of Strata's own. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { makeDirectories, placeSymlink, readText, writeText } from '../placing.ts';
import { refuse } from '../programs/version-tellers.ts';
import { pythonInstallation } from './installation.ts';
import { serveDirectory } from './http-server.ts';
import type { Program } from './language/run.ts';
import { runPip } from './pip.ts';

export const python: Applet = {
  names: ['python3', 'python'],
  summary: 'Python: runs programs with an interpreter of its own; packages and environments are simulated',
  usage: '[-c CODE | -m MODULE | FILE] [ARG]...',
  simulated: "programs are run by Strata's own interpreter of Python, a subset; extensions in C do not run",
  async run(context) {
    const words = [...context.args];
    while (/^-[uBEIsSOx]+$/.test(words[0] ?? '')) words.shift();
    while (/^-[WX]/.test(words[0] ?? '')) words.splice(0, words[0]?.length === 2 ? 2 : 1);
    const [first = '', second = '', ...rest] = words;
    if (/^(?:--version|-V+)$/.test(first)) return tellVersion(context);
    if (first === '-m') return runModule(context, second, rest);
    if (first === '-c') return runSource(context, nameless(second, '<string>'), ['-c', ...rest], '');
    if (first === '' || first === '-')
      return runSource(context, nameless(await context.stdin().text(), '<stdin>'), [first, ...words.slice(1)], '');
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
      return runNamedModule(context, module, words);
  }
}

/** `-m name`: a module of the program's own folder, or a package with a `__main__`. */
async function runNamedModule(context: AppletContext, module: string, words: readonly string[]): Promise<number> {
  const installation = await pythonInstallation(context, calledPath(context));
  const relative = module.replaceAll('.', '/');
  for (const folder of [context.process.cwd, installation?.sitePackages ?? '']) {
    for (const file of [`${folder}/${relative}.py`, `${folder}/${relative}/__main__.py`]) {
      const text = await readText(context, file);
      if (text === undefined) continue;
      if (/^\0/.test(text))
        return refuse(context, `${module} is installed, but its files have no code: Strata simulates packages`);
      return runSource(
        context,
        { source: text, file, isFile: true, path: file },
        [file, ...words],
        context.process.cwd,
      );
    }
  }
  return missingModule(context, module);
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
  const isFolder = context.files.find(path)?.inode.kind === 'directory';
  const file = isFolder ? `${path.replace(/\/$/, '')}/__main__.py` : path;
  const text = await readText(context, file);
  if (text === undefined && isFolder) {
    await context.err.write(`${calledPath(context)}: can't find '__main__' module in '${path}'\n`);
    return 1;
  }
  if (text !== undefined) {
    const absolute = context.files.realPath(file);
    const shown = file.startsWith('/')
      ? file
      : `${context.process.cwd.replace(/\/$/, '')}/${file.replace(/^\.\//, '')}`;
    const program = { source: text, file: shown, isFile: true, path: shown };
    return runSource(context, program, [path, ...words], absolute.replace(/\/[^/]*$/, '') || '/');
  }
  await context.err.write(
    `${calledPath(context)}: can't open file '${file.startsWith('/') ? file : `${context.process.cwd.replace(/\/$/, '')}/${file}`}': [Errno 2] No such file or directory\n`,
  );
  return 2;
}

/** A program that is no file: of `-c`, or from standard input. */
function nameless(source: string, file: string): Program {
  return { source, file, isFile: false, path: undefined };
}

/** `folder` is what modules are looked for in first: the program's own. */
async function runSource(
  context: AppletContext,
  program: Program,
  words: readonly string[],
  folder: string | undefined,
): Promise<number> {
  const { runProgram } = await import('./language/run.ts');
  const installation = await pythonInstallation(context, calledPath(context));
  const version = installation?.version ?? '3.11.2';
  const minor = version.split('.').slice(0, 2).join('.');
  const prefix = installation?.prefix ?? '/usr';
  return runProgram(context, program, {
    version,
    executable: calledPath(context),
    prefix,
    arguments: words,
    path: [
      ...(folder === undefined ? [] : [folder]),
      ...(context.env.get('PYTHONPATH') ?? '').split(':').filter((one) => one !== ''),
      `${prefix}/lib/python${minor.replace('.', '')}.zip`,
      `${prefix}/lib/python${minor}`,
      ...(installation === undefined ? [] : [installation.sitePackages]),
      ...(prefix === '/usr' || installation?.sitePackages.endsWith('dist-packages') === true
        ? ['/usr/lib/python3/dist-packages']
        : []),
    ],
    unbuffered: isUnbuffered(context),
  });
}
