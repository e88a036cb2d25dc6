/** `go mod init`, `tidy`, `download`, `verify`. */
import { bodyOf } from '../../../vfs/body.ts';
import type { AppletContext } from '../../applets/context.ts';
import { encodeText } from '../../text.ts';
import { languageVersion, type GoInstallation } from './installation.ts';
import { findModule } from './module.ts';

const NO_PATH = (directory: string): string =>
  [
    `go: cannot determine module path for source directory ${directory} (outside GOPATH, module path must be specified)`,
    '',
    'Example usage:',
    "\t'go mod init example.com/m' to initialize a v0 or v1 module",
    "\t'go mod init example.com/m/v2' to initialize a v2 module",
    '',
    "Run 'go help mod init' for more information.",
    '',
  ].join('\n');

export async function goMod(
  context: AppletContext,
  installation: GoInstallation,
  [command, ...args]: readonly string[],
): Promise<number> {
  if (command === 'init') return init(context, installation, args);
  if (command !== 'tidy' && command !== 'download' && command !== 'verify' && command !== 'vendor') {
    await context.err.write(`go mod ${command ?? ''}: unknown command\nRun 'go help mod' for usage.\n`);
    return 2;
  }
  const module = await findModule(context);
  if (module === undefined) {
    await context.err.write(
      "go: go.mod file not found in current directory or any parent directory; see 'go help modules'\n",
    );
    return 1;
  }
  if (module.required.size === 0) {
    if (command === 'download') await context.err.write('go: no module dependencies to download\n');
    if (command === 'verify') await context.out.write('all modules verified\n');
    return 0;
  }
  const [first] = module.required;
  await context.err.write(`go: ${first ?? ''}: cannot be fetched: Strata has no network for the Go module proxy\n`);
  return 1;
}

async function init(context: AppletContext, installation: GoInstallation, args: readonly string[]): Promise<number> {
  const { cwd } = context.process;
  const file = `${cwd === '/' ? '' : cwd}/go.mod`;
  const [path] = args;
  if (context.files.find(file) !== undefined) {
    await context.err.write(`go: ${file} already exists\n`);
    return 1;
  }
  if (path === undefined) {
    await context.err.write(NO_PATH(cwd));
    return 1;
  }
  if (!/^[\w.~-]+(?:\/[\w.~-]+)*$/.test(path)) {
    await context.err.write(`go: malformed module path "${path}": invalid char\n`);
    return 1;
  }
  await context.err.write(`go: creating new go.mod: module ${path}\n`);
  context.files.writeBody(file, bodyOf(encodeText(`module ${path}\n\ngo ${languageVersion(installation)}\n`)));
  if (context.files.list(cwd).some((entry) => entry.name.endsWith('.go'))) {
    await context.err.write('go: to add module requirements and sums:\n\tgo mod tidy\n');
  }
  context.simulate('go mod init: written without the Go toolchain, as it would write it');
  return 0;
}
