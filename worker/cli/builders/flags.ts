import type { FlagSpec } from '../command.ts';

/** What every command of buildx takes. */
export const BUILDER_FLAG: FlagSpec = {
  name: 'builder',
  kind: 'string',
  help: 'Override the configured builder instance',
};
