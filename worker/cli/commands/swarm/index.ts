/** All that asks of a swarm: `docker swarm`, `node`, `service`, `stack`, `secret`, `config`. */
import type { Command } from '../../command.ts';
import { configCommands } from './config.ts';
import { nodeCommands } from './node.ts';
import { secretCommands } from './secret.ts';
import { serviceCreate } from './service-create.ts';
import { serviceUpdate } from './service-update.ts';
import { serviceCommands } from './service.ts';
import { stackCommands } from './stack.ts';
import { swarmCommands } from './swarm.ts';

export const SWARM_COMMANDS: readonly Command[] = [
  ...configCommands,
  ...nodeCommands,
  ...secretCommands,
  ...serviceCommands,
  serviceCreate,
  serviceUpdate,
  ...stackCommands,
  ...swarmCommands,
];
