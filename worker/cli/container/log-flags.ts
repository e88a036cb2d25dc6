/** The flags of `docker logs` that `docker service logs` has too. */
import type { FlagSpec } from '../command.ts';

export const LOG_FLAGS: readonly FlagSpec[] = [
  { name: 'details', kind: 'bool', help: 'Show extra details provided to logs' },
  { name: 'follow', short: 'f', kind: 'bool', help: 'Follow log output' },
  {
    name: 'since',
    kind: 'string',
    help: 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
  },
  {
    name: 'tail',
    short: 'n',
    kind: 'string',
    help: 'Number of lines to show from the end of the logs',
    default: '"all"',
  },
  { name: 'timestamps', short: 't', kind: 'bool', help: 'Show timestamps' },
];
