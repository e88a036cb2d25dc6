/** How `docker run` and `docker create` tell what went wrong. */
import { isEngineError } from '../../base/errors.ts';
import { CliError } from '../command.ts';
import { daemonProblem } from '../each-name.ts';

/** Status of a container that could not be made. */
const NOT_MADE_STATUS = 125;
const NOT_EXECUTABLE_STATUS = 126;
const NOT_FOUND_STATUS = 127;

/** Runs work whose own refusals are of the flags: they are told with the way to the command's help. */
export async function asUsage<T>(command: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CliError) throw withHelp(command, error.message, NOT_MADE_STATUS);
    throw error;
  }
}

/** What `docker run` ends with: 127 and 126 for programs that cannot be started, else 125. */
export function runFailure(error: unknown): CliError {
  if (error instanceof CliError) return withHelp('run', error.message, NOT_MADE_STATUS);
  const message = daemonProblem(error);
  return withHelp('run', message, isEngineError(error, 'run') ? startStatus(message) : NOT_MADE_STATUS);
}

/** The client goes by the words of the message. */
function startStatus(message: string): number {
  if (/executable file not found|no such file or directory/.test(message)) return NOT_FOUND_STATUS;
  return /permission denied|is a directory/.test(message) ? NOT_EXECUTABLE_STATUS : NOT_MADE_STATUS;
}

function withHelp(command: string, message: string, status: number): CliError {
  return new CliError(`docker: ${message}\n\nRun 'docker ${command} --help' for more information`, status);
}
