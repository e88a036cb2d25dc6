import { EngineError } from '../../base/errors.ts';
import { defineDirective } from '../directive.ts';
import { readFlags, type FlagSpec } from '../flags.ts';
import { quote } from '../go-quote.ts';

export interface FromData {
  /** An image, an earlier stage or a named context; may hold variables. */
  readonly baseName: string;
  /** Lower case; empty for a stage without a name. */
  readonly stageName: string;
  /** Of `--platform`, empty if not given; may hold variables. */
  readonly platform: string;
}

const PLATFORMS = [
  '$BUILDPLATFORM',
  '$TARGETPLATFORM',
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/386',
  'linux/riscv64',
];

const FLAGS: readonly FlagSpec[] = [
  {
    name: 'platform',
    type: 'string',
    summary: 'Platform of the base image, such as `linux/arm64`; that of the build by default.',
    placeholder: 'platform',
    offers: { values: PLATFORMS },
  },
];

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;

/** Begins a stage. The planner gives the stage its base before its other instructions are lowered. */
export const from = defineDirective<FromData>({
  name: 'FROM',
  summary: 'Begins a build stage on a base image.',
  syntax: ['FROM [--platform=platform] image[:tag] [AS name]', 'FROM [--platform=platform] image[@digest] [AS name]'],
  docs: `Every stage begins with FROM: its file system and settings start as those of the image (or of the earlier stage) named
here. \`scratch\` is the empty image. The last stage is what the build gives, unless a target is chosen; stages nobody needs are
not built. A name after AS can be used by later \`FROM\`, \`COPY --from\` and \`RUN --mount=from=\`.

Only an ARG may come before the first FROM, and only in FROM lines are such global arguments seen without being declared again.`,
  flags: FLAGS,
  argumentSyntax: 'blanks',
  suggestions: { known: 'bases' },
  expands: 'all',
  interpret: ({ args, flags }) => {
    const stageName = readStageName(args);
    return { baseName: args[0] ?? '', stageName, platform: readFlags(flags, FLAGS).string('platform') };
  },
  lower: () => undefined,
});

function readStageName([first, as, name, ...more]: readonly string[]): string {
  const named = name !== undefined && more.length === 0 && as?.toLowerCase() === 'as';
  if (named && STAGE_NAME.test(name.toLowerCase())) return name.toLowerCase();
  if (named) {
    throw new EngineError(
      'dockerfile',
      `invalid name for build stage: ${quote(name)}, name can't start with a number or contain symbols`,
    );
  }
  if (first === undefined || as !== undefined) {
    throw new EngineError('dockerfile', 'FROM requires either one or three arguments');
  }
  return '';
}
