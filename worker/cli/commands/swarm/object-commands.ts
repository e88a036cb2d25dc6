/** Commands that Docker gives every kind of object of a swarm: nodes, services, secrets and configs. */
import type { Command } from '../../command.ts';
import { OBJECT_FORMAT_HELP } from '../../help-texts.ts';
import { LIST_FLAGS } from './flags.ts';
import { inspectWithoutSwarm, noSwarm } from './no-swarm.ts';

/** `docker NOUN inspect`. `operand` is what help calls the first one, where that is not the noun in capitals. */
export function inspectCommand(noun: string, operand = noun.toUpperCase()): Command {
  return {
    path: [noun, 'inspect'],
    summary: `Display detailed information on one or more ${noun}s`,
    usage: [`[OPTIONS] ${operand} [${noun.toUpperCase()}...]`],
    arguments: { least: 1, most: Infinity },
    flags: [
      { name: 'format', short: 'f', kind: 'string', help: OBJECT_FORMAT_HELP },
      { name: 'pretty', kind: 'bool', help: 'Print the information in a human friendly format' },
    ],
    run: inspectWithoutSwarm,
  };
}

/** `docker NOUN ls`. */
export function listCommand(noun: string, summary = `List ${noun}s`): Command {
  return {
    path: [noun, 'ls'],
    aliases: [[noun, 'list']],
    summary,
    usage: ['[OPTIONS]'],
    arguments: { least: 0, most: 0 },
    flags: LIST_FLAGS,
    run: noSwarm,
  };
}

/** `docker NOUN rm`, of objects that are removed without being forced. */
export function removeCommand(noun: string): Command {
  return {
    path: [noun, 'rm'],
    aliases: [[noun, 'remove']],
    summary: `Remove one or more ${noun}s`,
    usage: [`${noun.toUpperCase()} [${noun.toUpperCase()}...]`],
    arguments: { least: 1, most: Infinity },
    flags: [],
    run: noSwarm,
  };
}
