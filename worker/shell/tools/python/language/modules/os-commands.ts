/** Other programs that a program starts: `os.system`, `subprocess`. */
import { bodyOf } from '../../../../../vfs/body.ts';
import type { Description } from '../../../../kernel/open-file.ts';
import type { NotExecutable } from '../../../../kernel/exec.ts';
import { concatBytes, type Bytes } from '../../../../../base/bytes.ts';
import type { Machine } from '../machine/machine.ts';

/** What is done with a standard stream of the other program. */
export interface CommandStreams {
  readonly input?: Bytes | undefined;
  readonly capturesOutput?: boolean;
  readonly capturesErrors?: boolean;
  /** Errors go where the output goes. */
  readonly joinsErrors?: boolean;
  /** Throws them away. */
  readonly silencesOutput?: boolean;
  readonly silencesErrors?: boolean;
  readonly cwd?: string | undefined;
  readonly environment?: ReadonlyMap<string, string> | undefined;
}

export interface CommandResult {
  readonly code: number;
  readonly output: Uint8Array;
  readonly errors: Uint8Array;
  /** Why it could not be started. */
  readonly failure?: NotExecutable;
}

/** Runs a program to its end. */
export async function runCommand(
  machine: Machine,
  argv: readonly string[],
  streams: CommandStreams = {},
): Promise<CommandResult> {
  const { process } = machine;
  const { kernel } = process;
  await machine.context.out.flush();
  const cwd = streams.cwd === undefined ? undefined : process.files.directoryToEnter(streams.cwd);
  const pipe = (): [Description, Description] => kernel.createPipe(process.credentials);
  const output = streams.capturesOutput === true ? pipe() : undefined;
  const errors = streams.capturesErrors === true && streams.joinsErrors !== true ? pipe() : undefined;
  const discard =
    streams.silencesOutput === true || streams.silencesErrors === true
      ? await process.files.open('/dev/null', { write: true })
      : undefined;
  const running = machine.context.spawn(argv, streams.environment ?? machine.environment(), (child) => {
    if (cwd !== undefined) child.cwd = cwd;
    if (streams.input !== undefined) child.descriptors.replace(0, kernel.openText(bodyOf(streams.input)));
    if (output !== undefined) child.descriptors.replace(1, output[1]);
    else if (streams.silencesOutput === true && discard !== undefined) child.descriptors.replace(1, discard.retain());
    if (errors !== undefined) child.descriptors.replace(2, errors[1]);
    else if (streams.joinsErrors === true) child.descriptors.duplicate(1, 2);
    else if (streams.silencesErrors === true && discard !== undefined) child.descriptors.replace(2, discard.retain());
  });
  const ended = running.then((status) => {
    if (typeof status === 'number') return status;
    // nobody took the writing ends
    output?.[1].release();
    errors?.[1].release();
    return status;
  });
  const [status, written, complained] = await Promise.all([
    ended,
    gathered(output?.[0], machine),
    gathered(errors?.[0], machine),
  ]);
  discard?.release();
  if (typeof status !== 'number') return { code: 127, output: written, errors: complained, failure: status };
  return { code: status, output: written, errors: complained };
}

async function gathered(reader: Description | undefined, machine: Machine): Promise<Uint8Array> {
  if (reader === undefined) return new Uint8Array(0);
  const parts: Uint8Array[] = [];
  for (;;) {
    const part = await reader.file.read(65_536, machine.process);
    if (part.byteLength === 0) break;
    parts.push(part.slice());
  }
  reader.release();
  return concatBytes(parts);
}
