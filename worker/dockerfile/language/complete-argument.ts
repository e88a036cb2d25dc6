/** Completion of an instruction's arguments, by its directive. */
import type { Analysis } from '../analysis/analyse.ts';
import type { Choice, Choices } from './complete.ts';
import { imageChoices, stageChoices } from './complete-source.ts';
import type { Written } from './cursor.ts';
import type { Surroundings } from './diagnose.ts';

type Completer = (written: Written, analysis: Analysis, line: number, surroundings: Surroundings) => Choices;

const LABELS: Readonly<Record<string, string>> = {
  'org.opencontainers.image.authors': 'who is responsible',
  'org.opencontainers.image.created': 'date and time of the build',
  'org.opencontainers.image.description': 'what is in it',
  'org.opencontainers.image.documentation': 'address of the documentation',
  'org.opencontainers.image.licenses': 'SPDX expression',
  'org.opencontainers.image.revision': 'commit it was built from',
  'org.opencontainers.image.source': 'address of the source code',
  'org.opencontainers.image.title': 'name for people',
  'org.opencontainers.image.url': 'address to find out more',
  'org.opencontainers.image.version': 'version of what is packaged',
};

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGQUIT', 'SIGKILL', 'SIGHUP', 'SIGUSR1', 'SIGUSR2', 'SIGWINCH', 'SIGRTMIN+3'];
const SHELLS = ['["/bin/bash", "-o", "pipefail", "-c"]', '["/bin/ash", "-eo", "pipefail", "-c"]', '["/bin/sh", "-c"]'];

const NOTHING: Choices = { replaced: 0, choices: [] };

const COMPLETERS: ReadonlyMap<string, Completer> = new Map<string, Completer>([
  ['FROM', completeFrom],
  ['COPY', completePaths],
  ['ADD', completePaths],
  ['ARG', ({ current }, { globals }) => listed(current, [...globals.keys()], 'variable')],
  ['LABEL', ({ current }) => described(current, LABELS)],
  ['STOPSIGNAL', ({ current }) => listed(current, SIGNALS, 'value')],
  ['SHELL', ({ rest }) => listed(rest, SHELLS, 'value')],
  [
    'HEALTHCHECK',
    ({ words, current }) => (words.every(isFlag) ? listed(current, ['CMD', 'NONE'], 'directive') : NOTHING),
  ],
]);

export function completeArgument(
  written: Written,
  analysis: Analysis,
  line: number,
  surroundings: Surroundings,
): Choices {
  return COMPLETERS.get(written.directive.name)?.(written, analysis, line, surroundings) ?? NOTHING;
}

function isFlag(word: string): boolean {
  return word.startsWith('--');
}

function listed(current: string, values: readonly string[], kind: Choice['kind']): Choices {
  return { replaced: current.length, choices: values.map((value) => ({ label: value, kind, insert: value })) };
}

function described(current: string, values: Readonly<Record<string, string>>): Choices {
  const choices = Object.entries(values).map(([label, detail]): Choice => ({
    label,
    kind: 'value',
    insert: `${label}=""`,
    detail,
  }));
  return { replaced: current.length, choices };
}

function completeFrom(
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
