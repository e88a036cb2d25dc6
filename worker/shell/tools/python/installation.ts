/** Which Python a command belongs to: its version, where its packages go, and whether it is the system's own. */
import type { AppletContext } from '../../applets/context.ts';
import { installedVersion } from '../programs/package-version.ts';

export interface PythonInstallation {
  /** `3.11.2`. */
  readonly version: string;
  /** Of `bin` and `lib`: `/usr`, `/usr/local`, or a virtual environment. */
  readonly prefix: string;
  /** Where pip puts packages. */
  readonly sitePackages: string;
  /** Where console scripts go. */
  readonly scripts: string;
  /** Debian and Alpine leave their own Python to their package managers (PEP 668). */
  readonly managed: boolean;
}

const FALLBACK_VERSION = '3.11.2';

/** `program` is the path the command was started by; undefined when no Python is found around it. */
export async function pythonInstallation(
  context: AppletContext,
  program: string,
): Promise<PythonInstallation | undefined> {
  const environment = environmentOf(context, program);
  const prefixes = environment === undefined ? prefixesOf(program) : [environment];
  for (const prefix of prefixes) {
    const minor = minorVersion(context, prefix);
    if (minor === undefined) continue;
    const version = await fullVersion(context, minor);
    const library = `${prefix}/lib/python${minor}`;
    const isSystem = prefix === '/usr' && environment === undefined;
    const debian = isSystem && context.files.find('/etc/debian_version') !== undefined;
    return {
      version,
      prefix: debian ? '/usr/local' : prefix,
      sitePackages: debian ? `/usr/local/lib/python${minor}/dist-packages` : `${library}/site-packages`,
      scripts: debian ? '/usr/local/bin' : `${prefix}/bin`,
      managed: isSystem && context.files.find(`${library}/EXTERNALLY-MANAGED`) !== undefined,
    };
  }
  return undefined;
}

/** The virtual environment a program is in: the folder above its `bin` holds `pyvenv.cfg`. */
function environmentOf(context: AppletContext, program: string): string | undefined {
  const prefix = program.replace(/\/bin\/[^/]*$/, '');
  return prefix !== program && context.files.find(`${prefix}/pyvenv.cfg`) !== undefined ? prefix : undefined;
}

function prefixesOf(program: string): readonly string[] {
  return program.startsWith('/usr/bin/') ? ['/usr', '/usr/local'] : ['/usr/local', '/usr'];
}

/** `3.11`, the newest of the libraries below a prefix. */
function minorVersion(context: AppletContext, prefix: string): string | undefined {
  if (context.files.find(`${prefix}/lib`)?.inode.kind !== 'directory') return undefined;
  const versions = context.files.list(`${prefix}/lib`).flatMap(({ name }) => /^python(3\.\d+)$/.exec(name)?.[1] ?? []);
  return versions.findLast((version) => {
    const files = context.files.list(`${prefix}/lib/python${version}`);
    return files.some(({ name }) => name === 'os.py' || name === 'site-packages');
  });
}

async function fullVersion(context: AppletContext, minor: string): Promise<string> {
  const told = context.env.get('PYTHON_VERSION');
  if (told?.startsWith(`${minor}.`) === true) return told;
  const installed = await installedVersion(context, [`python${minor}-minimal`, `python${minor}`, 'python3']);
  if (installed?.startsWith(`${minor}.`) === true) return installed;
  return FALLBACK_VERSION.startsWith(`${minor}.`) ? FALLBACK_VERSION : `${minor}.0`;
}
