/** What an engine answers that is in no swarm, in the daemon's words. */
import { EngineError, isEngineError } from '../../../base/errors.ts';
import { CliError, type Command } from '../../command.ts';

type Run = Command['run'];

const NO_MANAGER =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.';

export const noSwarm: Run = () => Promise.reject(new EngineError('conflict', NO_MANAGER));

export const notInSwarm: Run = () => Promise.reject(new EngineError('conflict', 'This node is not part of a swarm'));

/** What was found is printed before what was not: nothing. */
export const inspectWithoutSwarm: Run = async (context, args) => {
  await context.shell.out.write((args.flags.text('format') ?? '') === '' ? '[]\n' : '\n');
  return noSwarm(context, args);
};

/** Told for each service that should be scaled. */
export const scaleWithoutSwarm: Run = (_context, { operands }) => {
  const lines = operands.map((word) => `${word.split('=', 1)[0] ?? ''}: Error response from daemon: ${NO_MANAGER}`);
  return Promise.reject(new CliError(lines.join('\n')));
};

/** The client puts what it wanted in front of the daemon's answer. */
export function withPrefix(prefix: string): Run {
  return async (context, args) => {
    try {
      return await noSwarm(context, args);
    } catch (error) {
      if (!isEngineError(error)) throw error;
      throw new CliError(`${prefix}Error response from daemon: ${error.message}`);
    }
  };
}

/** Docker could; here there is nothing to make a swarm of. */
export const refuseSwarm: Run = () =>
  Promise.reject(
    new CliError('A swarm cannot be made here: this engine is one page of a browser, and no other can join it'),
  );
