/** What the classic builder says of what it refuses, and of steps that fail. */
import { EngineError } from '../../base/errors.ts';
import type { InstructionNode } from '../../dockerfile/ast.ts';

/** Flags that came with BuildKit, and that the classic builder knows by name alone. */
const BUILDKIT_FLAGS: Readonly<Record<string, readonly string[]>> = {
  run: ['mount', 'network', 'security', 'device'],
  copy: ['chmod', 'parents', 'exclude'],
  add: ['chmod', 'checksum', 'keep-git-dir', 'unpack', 'exclude'],
};
const NEEDS_BUILDKIT =
  'Refer to https://docs.docker.com/go/buildkit/ to learn how to build images with BuildKit enabled';

/** Throws `build` for an instruction that BuildKit alone carries out. */
export function refuseBuildKitFlags({ name, flags }: InstructionNode): void {
  for (const flag of flags) {
    const called = /^--([^=]+)/.exec(flag)?.[1] ?? '';
    if (BUILDKIT_FLAGS[name]?.includes(called) === true) {
      throw new EngineError('build', `the --${called} option requires BuildKit. ${NEEDS_BUILDKIT}`);
    }
  }
}

/** Throws `build` for what the classic builder checks of COPY and ADD before it looks at a file. */
export function refuseCopy(node: InstructionNode): void {
  const { name, keyword, args, flags, heredocs } = node;
  if (name !== 'copy' && name !== 'add') return;
  const sources = args.slice(0, -1);
  const what = keyword.toUpperCase();
  if (heredocs.length > 0) throw noSources(node);
  if (sources.length > 1 && !(args.at(-1) ?? '').endsWith('/')) {
    const rule = 'with more than one source file, the destination must be a directory and end with a /';
    throw new EngineError('build', `When using ${what} ${rule}`);
  }
  if (flags.some((flag) => flag.startsWith('--from'))) return;
  const outside = sources.find((source) => source.split('/')[0] === '..');
  if (outside !== undefined) {
    throw new EngineError('build', `${what} failed: forbidden path outside the build context: ${outside} ()`);
  }
}

/** The error of a wildcard that nothing matches. */
export function noSources({ keyword }: InstructionNode): EngineError {
  return new EngineError('build', `${keyword.toUpperCase()} failed: no source files were specified`);
}

/** A step's failure in the classic builder's words. `said` is what its process put out. */
export function stepError(node: InstructionNode, error: EngineError, said: string): EngineError {
  const { name, keyword, args } = node;
  if (error.code === 'dockerfile') return new EngineError('build', error.message);
  if (error.code !== 'build') return error;
  if (name === 'run') return runError(error, said);
  const missing = /"\/?([^"]*)": not found$/.exec(error.message)?.[1];
  if (missing === undefined) return error;
  const what = `${keyword.toUpperCase()} failed`;
  if (args.slice(0, -1).some((source) => /[*?[]/.test(source))) {
    return noSources(node);
  }
  const reason = 'file not found in build context or excluded by .dockerignore';
  return new EngineError('build', `${what}: ${reason}: stat ${missing}: file does not exist`);
}

function runError(error: EngineError, said: string): EngineError {
  const refused = /^runc run failed: unable to start container process: (.*)\n$/m.exec(said)?.[1];
  if (refused !== undefined) {
    const task =
      'failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed';
    return new EngineError('build', `${task}: unable to start container process: ${refused}: unknown`);
  }
  const { exitCode } = error.data;
  const process = /^process ("(?:[^"\\]|\\.)*") did not complete/.exec(error.message)?.[1];
  if (process === undefined) return error;
  const command = String(JSON.parse(process));
  if (typeof exitCode === 'number') {
    const message = `The command '${command}' returned a non-zero code: ${exitCode}`;
    return new EngineError('build', message, { data: { exitCode } });
  }
  return new EngineError('build', error.message.replace(/^process .* did not complete successfully: /, ''));
}
