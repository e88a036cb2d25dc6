/** The package a build command names: its files, checked as far as a compiler would stop at. */
import { readBody } from '../../../vfs/body.ts';
import type { AppletContext } from '../../applets/context.ts';
import { decodeText } from '../../text.ts';
import type { GoInstallation } from './installation.ts';
import { GoSyntaxError } from './lexer.ts';
import type { GoModule } from './module.ts';
import { parseGoFile, type GoFile } from './source.ts';

export interface GoPackage {
  readonly directory: string;
  readonly files: readonly GoFile[];
  readonly packageName: string;
  /** All import paths of the standard library. */
  readonly imports: readonly string[];
}

/** Thrown with what `go build` prints. */
export class GoBuildError extends Error {
  override readonly name = 'GoBuildError';
}

/** Reads the Go files of a directory, or the files named. Throws {@link GoBuildError}. */
export async function loadPackage(
  context: AppletContext,
  installation: GoInstallation,
  module: GoModule | undefined,
  directory: string,
  names: readonly string[] | undefined,
): Promise<GoPackage> {
  const files: GoFile[] = [];
  for (const name of names ?? goFilesIn(context, directory)) {
    const path = name.startsWith('/') ? name : `${directory}/${name}`;
    if (context.files.find(path) === undefined)
      throw new GoBuildError(`no required module provides package ${name}; to add it:\n\tgo get ${name}`);
    const text = decodeText(await readBody(context.files.body(path)));
    try {
      files.push(parseGoFile(name, text));
    } catch (error) {
      if (!(error instanceof GoSyntaxError)) throw error;
      const heading = error.message.startsWith('syntax error')
        ? `# ${module?.path ?? 'command-line-arguments'}\n./`
        : '';
      throw new GoBuildError(`${heading}${name}:${error.line}:${error.column}: ${error.message}`);
    }
  }
  const [first] = files;
  if (first === undefined) throw new GoBuildError(`no Go files in ${directory}`);
  const other = files.find((file) => file.packageName !== first.packageName);
  if (other !== undefined) {
    throw new GoBuildError(
      `found packages ${first.packageName} (${first.name}) and ${other.packageName} (${other.name}) in ${directory}`,
    );
  }
  const imports = files.flatMap((file) => checkImports(context, installation, module, file));
  const problems = files.flatMap((file) => file.problems);
  if (problems.length > 0)
    throw new GoBuildError(`# ${module?.path ?? 'command-line-arguments'}\n${problems.join('\n')}`);
  if (first.packageName === 'main' && !files.some((file) => file.functions.has('main'))) {
    throw new GoBuildError(
      `# ${module?.path ?? 'command-line-arguments'}\nruntime.main_main·f: function main is undeclared in the main package`,
    );
  }
  return { directory, files, packageName: first.packageName, imports: [...new Set(imports)] };
}

function goFilesIn(context: AppletContext, directory: string): string[] {
  return context.files
    .list(directory)
    .map((entry) => entry.name)
    .filter((name) => /\.go$/.test(name) && !/^[_.]|_test\.go$|_(?:windows|darwin|arm64|js|wasm)\.go$/.test(name));
}

/** The standard packages a file imports; one that is not there ends the build. */
function checkImports(
  context: AppletContext,
  { root }: GoInstallation,
  module: GoModule | undefined,
  file: GoFile,
): string[] {
  return file.imports.flatMap(({ path, line, column }) => {
    const place = `${file.name}:${line}:${column}`;
    const inModule = module !== undefined && (path === module.path || path.startsWith(`${module.path}/`));
    if (inModule) return [];
    const standard = !(path.split('/')[0] ?? '').includes('.');
    if (
      !standard &&
      module?.required.has(path) !== true &&
      ![...(module?.required ?? [])].some((one) => path.startsWith(`${one}/`))
    ) {
      throw new GoBuildError(`${place}: no required module provides package ${path}; to add it:\n\tgo get ${path}`);
    }
    const missing =
      standard &&
      context.files.find(`${root}/src`) !== undefined &&
      context.files.find(`${root}/src/${path}`) === undefined;
    if (missing && path !== 'C' && path !== 'unsafe')
      throw new GoBuildError(`${place}: package ${path} is not in std (${root}/src/${path})`);
    return [path];
  });
}
