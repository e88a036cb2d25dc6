/** Completion of flags and their values. */
import type { Analysis } from '../analysis/analyse.ts';
import type { FieldOffers, FlagSpec, ValueOffer } from '../flags.ts';
import type { Choice, Choices } from './complete.ts';
import { imageChoices, stageChoices } from './complete-source.ts';
import type { Written } from './cursor.ts';
import type { Surroundings } from './diagnose.ts';
import { flagDocs, flagUsage } from './documentation.ts';

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
  const known = { analysis, line, surroundings };
  if (flag.offers === undefined)
    return listed(value, flag.type === 'boolean' ? ['true', 'false'] : (flag.values ?? []));
  return 'keysByType' in flag.offers ? fieldChoices(value, flag.offers, known) : offered(value, flag.offers, known);
}

/** What is known where something is completed. */
interface Known {
  readonly analysis: Analysis;
  readonly line: number;
  readonly surroundings: Surroundings;
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

function offered(value: string, offer: ValueOffer, { analysis, line, surroundings }: Known): Choices {
  if ('values' in offer) return listed(value, offer.values);
  return {
    replaced: value.length,
    choices: [...stageChoices(analysis, line), ...imageChoices(value, surroundings)],
  };
}

function fieldChoices(value: string, offers: FieldOffers, known: Known): Choices {
  const fields = value.split(',');
  const current = fields.at(-1) ?? '';
  const types = Object.keys(offers.keysByType);
  const type = types.find((each) => fields.includes(`type=${each}`)) ?? offers.defaultType;
  const [key = '', ...given] = current.split('=');
  if (given.length > 0) return offered(given.join('='), offers.valuesByKey[key] ?? { values: [] }, known);
  const keys = [...(fields.length === 1 ? ['type='] : []), ...(offers.keysByType[type] ?? [])];
  const free = keys.filter((option) => !fields.some((field) => field !== current && field.startsWith(option)));
  return {
    replaced: current.length,
    choices: free.map((option) => ({ ...valueChoice(option), more: option.endsWith('=') })),
  };
}

function listed(value: string, values: readonly string[]): Choices {
  return { replaced: value.length, choices: values.map(valueChoice) };
}

function valueChoice(value: string): Choice {
  return { label: value, kind: 'value', insert: value };
}
