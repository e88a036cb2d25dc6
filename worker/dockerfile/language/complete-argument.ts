/** Completion of an instruction's arguments, by its directive. */
import type { Analysis } from '../analysis/analyse.ts';
import type { KnownSuggestions, ListedSuggestions } from '../directive.ts';
import type { Choice, Choices } from './complete.ts';
import { imageChoices, stageChoices } from './complete-source.ts';
import type { Written } from './cursor.ts';
import type { Surroundings } from './diagnose.ts';

type Completer = (written: Written, analysis: Analysis, line: number, surroundings: Surroundings) => Choices;

const NOTHING: Choices = { replaced: 0, choices: [] };

/** Who offers what is known. */
const COMPLETERS: Readonly<Record<KnownSuggestions['known'], Completer>> = {
  bases: completeBase,
  'context paths': completePaths,
  'global arguments': ({ current }, { globals }) => listed(current, [...globals.keys()], 'variable'),
};

export function completeArgument(
  written: Written,
  analysis: Analysis,
  line: number,
  surroundings: Surroundings,
): Choices {
  const { suggestions } = written.directive;
  if (suggestions === undefined) return NOTHING;
  if ('known' in suggestions) return COMPLETERS[suggestions.known](written, analysis, line, surroundings);
  return suggested(written, suggestions);
}

function isFlag(word: string): boolean {
  return word.startsWith('--');
}

function listed(current: string, values: readonly string[], kind: Choice['kind']): Choices {
  return { replaced: current.length, choices: values.map((value) => ({ label: value, kind, insert: value })) };
}

/** What the directive itself offers. */
function suggested({ words, current, rest }: Written, { place, values }: ListedSuggestions): Choices {
  if (place === 'first' && !words.every(isFlag)) return NOTHING;
  const choices = values.map(({ label, insert = label, detail }): Choice => ({
    label,
    kind: 'value',
    insert,
    ...(detail === undefined ? {} : { detail }),
  }));
  return { replaced: (place === 'arguments' ? rest : current).length, choices };
}

function completeBase(
  { words, current }: Written,
  analysis: Analysis,
  line: number,
  surroundings: Surroundings,
): Choices {
  const place = words.filter((word) => !isFlag(word)).length;
  if (place === 1) return listed(current, ['AS'], 'directive');
  if (place > 1) return NOTHING;
  const scratch: Choice = { label: 'scratch', kind: 'image', insert: 'scratch', detail: 'the empty image' };
  const choices = [...stageChoices(analysis, line, true), ...imageChoices(current, surroundings), scratch];
  return { replaced: current.length, choices };
}

/** Files and folders one level below what is written. */
function completePaths({ words, current }: Written, _: Analysis, __: number, { contextPaths }: Surroundings): Choices {
  if (words.some((word) => word.startsWith('--from='))) return NOTHING;
  const opening = /^["[]+/.exec(current)?.[0] ?? '';
  const path = current.slice(opening.length);
  const lead = /^(?:\.?\/)?/.exec(path)?.[0] ?? '';
  const folder = path.slice(lead.length, path.lastIndexOf('/') + 1);
  const found = new Map<string, Choice>();
  for (const full of contextPaths) {
    if (!full.startsWith(folder)) continue;
    const rest = full.slice(folder.length);
    const slash = rest.indexOf('/');
    const label = slash < 0 ? rest : rest.slice(0, slash + 1);
    const insert = lead + folder + label;
    if (label !== '')
      found.set(label, { label: insert, kind: slash < 0 ? 'file' : 'folder', insert, more: slash >= 0 });
  }
  return { replaced: path.length, choices: [...found.values()] };
}
