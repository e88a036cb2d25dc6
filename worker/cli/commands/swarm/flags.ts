/** Flags that several commands on a swarm have. */
import type { FlagSpec } from '../../command.ts';
import { LIST_FORMAT_HELP } from '../../help-texts.ts';

/** Of commands that change services. */
export const DETACH_FLAG: FlagSpec = {
  name: 'detach',
  short: 'd',
  kind: 'bool',
  help: 'Exit immediately instead of waiting for the service to converge',
};

/** Of commands that show a change while it spreads. */
export const QUIET_PROGRESS_FLAG: FlagSpec = {
  name: 'quiet',
  short: 'q',
  kind: 'bool',
  help: 'Suppress progress output',
};

const FILTER_FLAG: FlagSpec = {
  name: 'filter',
  short: 'f',
  kind: 'filter',
  help: 'Filter output based on conditions provided',
};

/** Of lists of what a swarm holds. */
export const LIST_FLAGS: readonly FlagSpec[] = [
  FILTER_FLAG,
  { name: 'format', kind: 'string', help: LIST_FORMAT_HELP },
  { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display IDs' },
];

/** Of lists of tasks, which each have a `--format` of their own. */
export const TASK_LIST_FLAGS: readonly FlagSpec[] = [
  FILTER_FLAG,
  { name: 'no-resolve', kind: 'bool', help: 'Do not map IDs to Names' },
  { name: 'no-trunc', kind: 'bool', help: 'Do not truncate output' },
  { name: 'quiet', short: 'q', kind: 'bool', help: 'Only display task IDs' },
];
