/** RUN: a process in the stage's file system. Its mounts name sources by their number. */
import { utf8 } from '../../base/bytes.ts';
import { EngineError, isEngineError } from '../../base/errors.ts';
import type { AbsolutePath } from '../../base/path.ts';
import type { Transport } from '../../base/ports.ts';
import type { Credentials } from '../../shell/process.ts';
import type { KeyPart } from '../../store/build-cache.ts';
import type { UnionView } from '../../vfs/view.ts';
import { quote } from '../../dockerfile/go-quote.ts';
import { SETTINGS_PART } from '../cache-key.ts';
import type { FileSystem, Operation, OperationContext, Source } from '../operation.ts';
import { rootNameOf, stepView } from '../step-view.ts';
import { makeDirectories } from './copy/tree-copier.ts';
import { rootPath } from './copy/root-path.ts';
import { BUILD_HOSTNAME, networkFiles, type ExtraHost } from './network-files.ts';
import { mountKeyParts, prepareMounts, type RunMountDefinition } from './run-mounts.ts';
import { processUser } from './users.ts';

/** A variable of the process, and where it comes from. */
export interface RunVariable {
  readonly name: string;
  readonly value: string;
  /** `proxy` variables are seen by the process and are no part of the cache key. */
  readonly origin: 'argument' | 'environment' | 'proxy';
}

export interface RunDefinition {
  readonly argv: readonly string[];
  readonly variables: readonly RunVariable[];
  /** Absolute, as the image's config has it: `..` and double slashes are not taken out. */
  readonly workingDirectory: string;
  /** `user[:group]`, names or numbers; empty for root. */
  readonly user: string;
  readonly mounts: readonly RunMountDefinition[];
  readonly network: 'default' | 'none' | 'host';
  readonly security: 'sandbox' | 'insecure';
  readonly devices: readonly { readonly name: string; readonly required: boolean }[];
  readonly extraHosts: readonly ExtraHost[];
}

export function runProcess(definition: RunDefinition): Operation {
  const { variables, mounts, ...rest } = definition;
  const keyed = variables.filter(({ origin }) => origin !== 'proxy');
  return {
    kind: 'run',
    definition: { ...rest, mounts, variables: keyed },
    async keyParts(sources, context) {
      const { argv, workingDirectory, user, network, security } = definition;
      const parts: KeyPart[] = [
        { kind: 'instruction', name: '', value: argv.join(' ') },
        { kind: 'other', name: SETTINGS_PART, value: JSON.stringify(argv) },
        { kind: 'other', name: 'working directory', value: workingDirectory },
        { kind: 'other', name: 'user', value: user },
        { kind: 'other', name: 'network', value: network },
        { kind: 'other', name: 'security', value: security },
        ...keyed.map(({ name, value, origin }): KeyPart => ({
          kind: origin as 'argument' | 'environment',
          name,
          value,
        })),
      ];
      for (const { host, address } of definition.extraHosts) {
        parts.push({ kind: 'other', name: `host ${host}`, value: address });
      }
      for (const mount of mounts) parts.push(...(await mountKeyParts(mount, sources, context)));
      return parts;
    },
    execute: (base, sources, context) => execute(definition, base, sources, context),
  };
}

async function execute(
  definition: RunDefinition,
  base: FileSystem,
  sources: readonly Source[],
  context: OperationContext,
) {
  const { argv } = definition;
  for (const device of definition.devices) refuseDevice(device);
  const view = stepView(base.tree, context);
  const outcome = await startAndWait(definition, view, sources, context);
  const simulated = outcome.simulated.length === 0 ? {} : { simulated: outcome.simulated.join('; ') };
  if (outcome.problem === undefined) return { kind: 'layer', view, ...simulated } as const;
  const failure = new EngineError(
    'build',
    `process ${quote(argv.join(' '))} did not complete successfully: ${outcome.problem}`,
    {
      data: outcome.exitCode === undefined ? {} : { exitCode: outcome.exitCode },
    },
  );
  return { kind: 'layer', view, failure, ...simulated } as const;
}

/** There are no devices here. Throws `build` for one that the step needs, or whose name is no vendor and class. */
function refuseDevice({ name, required }: RunDefinition['devices'][number]): void {
  const kind = name.split('=', 1)[0] ?? '';
  if (!/^[A-Za-z][\w.-]*\/[A-Za-z][\w.-]*$/.test(kind)) throw new EngineError('build', `invalid device ${quote(name)}`);
  if (required) throw new EngineError('build', `required device ${quote(name)} is not registered`);
}

/** The directory the process starts in; runc makes what is missing of it, also what a `..` behind leads out of again. */
function makeWorkingDirectory(
  view: UnionView,
  written: string,
  owner: Credentials,
  context: OperationContext,
): AbsolutePath {
  const how = { owner, timeMs: context.timeMs(), rootName: rootNameOf(context) };
  for (const { index } of written.matchAll(/\/\.\.(?=\/|$)/g))
    makeDirectories(view, rootPath(view, written.slice(0, index)), how);
  const cwd = rootPath(view, written);
  makeDirectories(view, cwd, how);
  return cwd;
}

/** The way out of a step that has none: not even names are found. */
const noNetwork: Transport = (request) => {
  const { hostname: host } = new URL(request.url);
  return Promise.reject(
    new EngineError('network', `Could not resolve host: ${host}`, { data: { why: 'unresolved', host } }),
  );
};

interface Outcome {
  readonly simulated: readonly string[];
  /** Why the step failed; undefined for exit code 0. */
  readonly problem?: string;
  readonly exitCode?: number;
}

async function startAndWait(
  definition: RunDefinition,
  view: UnionView,
  sources: readonly Source[],
  context: OperationContext,
): Promise<Outcome> {
  const { environment, job, progress, vertex } = context;
  const log = (stream: 1 | 2, data: Uint8Array): void =>
    progress({ logs: [{ vertex, stream, data: data.slice(), timeMs: environment.clock.nowMs() }] });
  const files = networkFiles(definition.extraHosts, context);
  const mounts = await prepareMounts(definition.mounts, files, view, sources, context);
  try {
    const user = await processUser(view, definition.user);
    const cwd = makeWorkingDirectory(view, definition.workingDirectory, user.credentials, context);
    const env = new Map(definition.variables.map(({ name, value }) => [name, value]));
    for (const [name, value] of mounts.variables) env.set(name, value);
    if (!env.has('HOME')) env.set('HOME', user.home);
    const status = await environment.executor.run(
      {
        argv: definition.argv,
        env,
        cwd,
        credentials: user.credentials,
        mounts: mounts.list,
        hostname: BUILD_HOSTNAME,
        clock: context.clock,
        random: context.random,
        ...(definition.network === 'none' ? { network: noNetwork } : {}),
      },
      view,
      { stdout: (data) => log(1, data), stderr: (data) => log(2, data) },
      job,
    );
    if (status.code === 0) return { simulated: status.simulated };
    return { simulated: status.simulated, problem: `exit code: ${status.code}`, exitCode: status.code };
  } catch (error) {
    if (!isEngineError(error, 'run')) throw error;
    if (error.data['exitCode'] === undefined) return { simulated: [], problem: error.message };
    // the container was made, its program could not be started: runc says so and ends with 1
    log(2, utf8(`runc run failed: unable to start container process: ${error.message}\n`));
    return { simulated: [], problem: 'exit code: 1', exitCode: 1 };
  } finally {
    await mounts.release();
  }
}
