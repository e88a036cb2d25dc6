/** Completion of flags and their values. */
import type { Analysis } from '../analysis/analyse.ts';
import type { FlagSpec } from '../flags.ts';
import { MOUNT_TYPES } from '../mount-spec.ts';
import type { Choice, Choices } from './complete.ts';
import { imageChoices, stageChoices } from './complete-source.ts';
import type { Written } from './cursor.ts';
import type { Surroundings } from './diagnose.ts';
import { flagDocs, flagUsage } from './documentation.ts';

const PLATFORMS = [
  '$BUILDPLATFORM',
  '$TARGETPLATFORM',
  'linux/amd64',
  'linux/arm64',
  'linux/arm/v7',
  'linux/386',
  'linux/riscv64',
];

const MOUNT_OPTIONS: Readonly<Record<(typeof MOUNT_TYPES)[number], readonly string[]>> = {
  bind: ['source=', 'target=', 'from=', 'rw'],
  cache: ['target=', 'id=', 'sharing=', 'from=', 'source=', 'mode=', 'uid=', 'gid=', 'ro'],
  tmpfs: ['target=', 'size='],
  secret: ['id=', 'target=', 'env=', 'required', 'mode=', 'uid=', 'gid='],
  ssh: ['id=', 'target=', 'required', 'mode=', 'uid=', 'gid='],
};

/** Undefined where the cursor is behind the flags. */
export function completeFlag(
  written: Written,
  analysis: Analysis,
  line: number,
  surroundings: Surroundings,
): Choices | undefined {
  const { directive, words, current } = written;
  if (!words.every((word) => word.startsWith('--')) || !current.startsWith('-')) return undefined;
  const equals = current.indexOf('=');
  if (equals < 0) return { replaced: current.length, choices: flagChoices(directive.flags, words) };
  const flag = directive.flags.find(({ name }) => `--${name}` === current.slice(0, equals));
  const value = current.slice(equals + 1);
  if (flag === undefined) return { replaced: 0, choices: [] };
  if (flag.name === 'mount') return mountChoices(value, analysis, line, surroundings);
  if (flag.name === 'from') return sourceChoices(value, analysis, line, surroundings);
  const values =
    flag.name === 'platform' ? PLATFORMS : flag.type === 'boolean' ? ['true', 'false'] : (flag.values ?? []);
  return { replaced: value.length, choices: values.map(valueChoice) };
}

/** Flags that are not given yet, or may be given again. */
function flagChoices(flags: readonly FlagSpec[], given: readonly string[]): readonly Choice[] {
  return flags
    .filter(({ name, type }) => type === 'strings' || !given.some((word) => word.split('=', 1)[0] === `--${name}`))
    .map((flag) => ({
      label: flagUsage(flag),
      kind: 'flag',
      insert: flag.type === 'boolean' ? `--${flag.name} ` : `--${flag.name}=`,
      docs: flagDocs(flag),
      more: true,
    }));
}

function sourceChoices(value: string, analysis: Analysis, line: number, surroundings: Surroundings): Choices {
  return {
    replaced: value.length,
    choices: [...stageChoices(analysis, line), ...imageChoices(value, surroundings)],
  };
}

function mountChoices(value: string, analysis: Analysis, line: number, surroundings: Surroundings): Choices {
  const fields = value.split(',');
  const current = fields.at(-1) ?? '';
  const type = MOUNT_TYPES.find((known) => fields.includes(`type=${known}`)) ?? 'bind';
  const [key = '', ...given] = current.split('=');
  const setting = given.join('=');
  if (given.length > 0) {
    if (key === 'from') return sourceChoices(setting, analysis, line, surroundings);
    const values = key === 'type' ? MOUNT_TYPES : key === 'sharing' ? ['shared', 'private', 'locked'] : [];
    return { replaced: setting.length, choices: values.map(valueChoice) };
  }
  const keys = [...(fields.length === 1 ? ['type='] : []), ...MOUNT_OPTIONS[type]];
  const free = keys.filter((option) => !fields.some((field) => field !== current && field.startsWith(option)));
  return {
    replaced: current.length,
    choices: free.map((option) => ({ ...valueChoice(option), more: option.endsWith('=') })),
  };
}

function valueChoice(value: string): Choice {
  return { label: value, kind: 'value', insert: value };
}
