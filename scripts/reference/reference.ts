/** Makes the Help's data (web/help/reference.ts) of the values that drive the tool. */
import { COMMANDS } from '../../worker/cli/commands/index.ts';
import type { Command, FlagSpec as CommandFlag } from '../../worker/cli/command.ts';
import { FLAG_KINDS } from '../../worker/cli/flag-kinds.ts';
import { directives } from '../../worker/dockerfile/directives/index.ts';
import type { DirectiveFacts } from '../../worker/dockerfile/directive.ts';
import type { FlagSpec as DirectiveFlag } from '../../worker/dockerfile/flags.ts';
import { lintRules } from '../../worker/dockerfile/lint/index.ts';
import type { LintRule } from '../../worker/dockerfile/lint/rule.ts';
import type { Reference, ReferenceEntry, ReferenceFlag } from '../../web/help/reference.ts';
import { fidelityRows } from './fidelity.ts';
import type { ListedProgram } from './programs.ts';

/** All of it, with these programs. */
export function makeReference(programs: readonly ListedProgram[]): Reference {
  return {
    sections: [
      {
        id: 'dockerfile',
        title: 'Dockerfile',
        about: 'Every instruction, as the parser and the editor know it.',
        entries: directives.map(directiveEntry),
      },
      {
        id: 'commands',
        title: 'docker commands',
        about: 'What the terminal’s docker answers to, with the words of Docker’s own help.',
        entries: COMMANDS.map(commandEntry).sort((a, b) => (a.name < b.name ? -1 : 1)),
      },
      {
        id: 'checks',
        title: 'Build checks',
        about: 'What is looked at as you type. `# check=skip=NAME` at the head of the Dockerfile turns one off.',
        entries: lintRules.map(checkEntry),
      },
      {
        id: 'programs',
        title: 'Programs',
        about:
          'What RUN, containers and the terminal can run, where the image holds a file of that name. Those that simulate mark their step.',
        entries: programs.map(programEntry),
      },
    ],
    fidelity: fidelityRows(programs),
  };
}

/** Paragraphs of a text whose lines are wrapped. */
const paragraphs = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, ' ').trim())
    .filter((paragraph) => paragraph !== '');

function directiveEntry({ name, summary, syntax, docs, flags }: DirectiveFacts): ReferenceEntry {
  return { name, also: [], summary, forms: syntax, text: paragraphs(docs), flags: flags.map(directiveFlag) };
}

function directiveFlag({ name, type, summary, placeholder, values }: DirectiveFlag): ReferenceFlag {
  const value = placeholder ?? (values === undefined ? 'value' : values.join('|'));
  return {
    name: type === 'boolean' ? `--${name}` : `--${name}=${value}`,
    text: summary,
    ...(placeholder !== undefined && values !== undefined ? { note: values.join(', ') } : {}),
  };
}

function commandEntry({ path, aliases = [], summary, description, usage, flags }: Command): ReferenceEntry {
  const name = `docker ${path.join(' ')}`;
  return {
    name,
    also: aliases.map((words) => `docker ${words.join(' ')}`),
    summary: summary.replace(/\.$/, ''),
    forms: usage.map((form) => `${name} ${form}`.trim()),
    text: description === undefined || description === summary ? [] : paragraphs(description),
    flags: flags.filter(({ hidden }) => hidden !== true).map(commandFlag),
  };
}

function commandFlag(flag: CommandFlag): ReferenceFlag {
  const value = flag.valueName ?? FLAG_KINDS[flag.kind];
  const long = `--${flag.name}${value === '' ? '' : ` ${value}`}`;
  return {
    name: flag.short === undefined ? long : `-${flag.short}, ${long}`,
    text: flag.help.replaceAll(/\s*\n\s*/g, ' '),
    ...(flag.default === undefined ? {} : { note: `default ${flag.default}` }),
  };
}

function checkEntry({ name, description, why, origin, experimental, url }: LintRule): ReferenceEntry {
  return {
    name,
    also: [],
    summary: description,
    forms: [],
    text: paragraphs(why),
    flags: [],
    mark: origin === 'buildkit' ? (experimental === true ? 'BuildKit, experimental' : 'BuildKit') : 'Strata',
    ...(url === undefined ? {} : { url }),
  };
}

function programEntry({ names, summary, usage, simulated }: ListedProgram): ReferenceEntry {
  const [name = '', ...also] = names;
  return {
    name,
    also,
    summary,
    forms: [`${name} ${usage}`.trim()],
    text: [],
    flags: [],
    ...(simulated === undefined ? {} : { simulated }),
  };
}
