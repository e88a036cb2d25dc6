/** Going through the files a filter was given, as nearly every one of them does. */
import { errnoOf } from '../kernel/errno.ts';
import type { AppletContext } from './context.ts';
import type { Input } from './streams.ts';

/**
 * Opens each of `paths` (standard input when there are none) and hands it to `use`. A file that cannot be read is reported and
 * the next one tried, `report` giving the status. Gives the status: 0, or that of the last failure.
 */
export async function eachInput(
  context: AppletContext,
  paths: readonly string[],
  use: (input: Input, path: string) => Promise<void>,
  report = (path: string, error: unknown): Promise<number> => context.report(path, error),
): Promise<number> {
  let status = 0;
  for (const path of paths.length === 0 ? ['-'] : paths) {
    let input: Input | undefined;
    try {
      input = await context.open(path);
      await use(input, path);
    } catch (error) {
      // a broken pipe concerns the output, and ends the program
      if (errnoOf(error) === 'EPIPE') throw error;
      status = await report(path, error);
    } finally {
      input?.close();
    }
  }
  return status;
}

/** How GNU's head, tail and tac name what failed. */
export function readProblem(path: string, error: unknown): string {
  return errnoOf(error) === 'EISDIR' ? `error reading '${path}'` : `cannot open '${path}' for reading`;
}
