/** `child_process`: programs of the container, run by its shell. */
import { bodyOf } from '../../../../../vfs/body.ts';
import { findExecutable, execProgram, loadProgram } from '../../../../kernel/exec.ts';
import { isObject, type Obj } from '../callable.ts';
import type { Steps, Value } from '../machine.ts';
import { textOf } from '../operators.ts';
import type { NodeHost } from '../runtime/host.ts';
import { bytesOfData } from './buffer-bytes.ts';
import { createBuffer } from './buffer.ts';
import { CHILD_PROCESS_SOURCE } from './child-process-source.ts';
import type { BuiltinModule } from './module.ts';

export const childProcess: BuiltinModule = {
  create: (host) => host.realm.object({ run: host.realm.stepped('run', 4, (_self, args) => runChild(host, args)) }),
  source: CHILD_PROCESS_SOURCE,
};

interface ChildResult {
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** It could not be started. */
  readonly missing: boolean;
}

/** Runs a program to its end; gives `{ status, stdout, stderr, missing }`. */
function* runChild(host: NodeHost, [argv, options, inherits, background]: readonly Value[]): Steps {
  const { realm } = host;
  const words = Array.from(argv as ArrayLike<Value>, textOf);
  const given = isObject(options) ? options : realm.object();
  const running = spawnCaptured(host, words, given, inherits === true);
  const toObject = (result: ChildResult): Obj =>
    realm.object({
      status: result.status,
      missing: result.missing,
      stdout: createBuffer(realm, result.stdout),
      stderr: createBuffer(realm, result.stderr),
    });
  if (background !== true) return toObject((yield { kind: 'wait', promise: running }) as ChildResult);
  const promise = realm.promises.create();
  host.loop.background(
    running,
    (result) => () => realm.promises.resolve(promise, toObject(result)),
    (error) => () => {
      throw error;
    },
  );
  return promise;
}

async function spawnCaptured(
  { context, output }: NodeHost,
  argv: readonly string[],
  options: Obj,
  inherits: boolean,
): Promise<ChildResult> {
  await output.flush();
  const { process, programs } = context;
  const { kernel } = process;
  const environment = isObject(options['env'])
    ? new Map(
        Object.entries(options['env']).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, textOf(value)] as const],
        ),
      )
    : context.env;
  const empty = new Uint8Array();
  const found = findExecutable(process, argv[0] ?? '', environment.get('PATH'));
  if (!('path' in found)) return { status: 127, stdout: empty, stderr: empty, missing: true };
  const child = kernel.fork(process);
  if (options['cwd'] !== undefined) child.cwd = context.files.directoryToEnter(textOf(options['cwd']));
  const captured = inherits ? [] : [1, 2].map((descriptor) => capture(descriptor));
  const { input } = options;
  if (input !== undefined) {
    child.descriptors.replace(0, kernel.openText(bodyOf(bytesOfData(input).slice())));
  }
  const loaded = await loadProgram(child, programs, found.path, argv);
  kernel.start(child, async () => ('main' in loaded ? execProgram(child, loaded, environment) : 126));
  const [stdout = empty, stderr = empty] = await Promise.all(captured);
  const status = await process.waitFor(child.exited);
  return { status, stdout, stderr, missing: !('main' in loaded) };

  async function capture(descriptor: number): Promise<Uint8Array> {
    const [reader, writer] = kernel.createPipe(process.credentials);
    child.descriptors.replace(descriptor, writer);
    const parts: Uint8Array[] = [];
    for (;;) {
      const bytes = await reader.file.read(65_536, process);
      if (bytes.byteLength === 0) break;
      parts.push(bytes.slice());
    }
    reader.release();
    return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  }
}
