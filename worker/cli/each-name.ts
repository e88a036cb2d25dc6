/** Commands that do one thing to each of several containers or volumes. */
import { isEngineError } from '../base/errors.ts';
import { CliError } from './command.ts';
import { printLine, type CliContext } from './context.ts';

/** Does it to each, prints the names it was done to, and then tells what went wrong with the others; status 1 then. */
export async function forEachName(
  context: CliContext,
  names: readonly string[],
  act: (name: string) => Promise<unknown>,
): Promise<number> {
  const problems: string[] = [];
  for (const name of names) {
    try {
      await act(name);
      await printLine(context, name);
    } catch (error) {
      problems.push(daemonProblem(error));
    }
  }
  if (problems.length > 0) throw new CliError(problems.join('\n'));
  return 0;
}

/** `Error response from daemon: …`; what is no refusal of the engine is thrown on. */
export function daemonProblem(error: unknown): string {
  if (!isEngineError(error) || error.code === 'cancelled' || error.code === 'internal') throw error;
  return `Error response from daemon: ${error.message}`;
}
