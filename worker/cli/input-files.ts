/** Files of the machine that a command is given: archives, Dockerfiles, secrets. */
import { isEngineError } from '../base/errors.ts';
import type { Input } from '../shell/applets/streams.ts';
import { CliError } from './command.ts';
import type { CliContext } from './context.ts';

/** The bytes of a file, or of standard input for `-`. Throws {@link CliError}: `open FILE: no such file or directory`. */
export async function readInput(context: CliContext, path: string): Promise<ReadableStream<Uint8Array>> {
  return streamOfInput(await openInput(context, path));
}

/** The same at once. */
export async function readBytes(context: CliContext, path: string): Promise<Uint8Array> {
  const input = await openInput(context, path);
  const bytes = await input.all();
  input.close();
  return bytes;
}

/** The same as text. */
export async function readText(context: CliContext, path: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(context, path));
}

async function openInput({ shell }: CliContext, path: string): Promise<Input> {
  try {
    return await shell.open(path);
  } catch (error) {
    if (!isEngineError(error, 'filesystem')) throw error;
    throw new CliError(`open ${path}: ${systemText(error.data['errno'])}`);
  }
}

/** What Go says of a failed system call. */
export function systemText(errno: unknown): string {
  switch (errno) {
    case 'ENOENT':
      return 'no such file or directory';
    case 'EACCES':
      return 'permission denied';
    case 'EISDIR':
      return 'is a directory';
    case 'ENOTDIR':
      return 'not a directory';
    default:
      return String(errno);
  }
}

function streamOfInput(input: Input): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const bytes = await input.chunk();
      if (bytes === undefined) {
        input.close();
        controller.close();
      } else controller.enqueue(bytes.slice());
    },
    cancel: () => input.close(),
  });
}
