import type { AnalysedStage } from '../analysis/analyse.ts';
import { copy } from '../directives/copy.ts';
import type { Instruction } from '../directive.ts';
import { cleanPath } from '../ignore/clean-path.ts';
import type { LintRule } from './rule.ts';
import { shellCommands, type ShellCommand } from './shell-commands.ts';

/** Characters of a command that are shown. */
const MAX_TEXT = 60;

interface Installation {
  readonly command: RegExp;
  /** Files of the project it depends on; absent for none. */
  readonly files?: string;
}

/** Installations that depend on a few files of the project, or on none. */
const INSTALLS: readonly Installation[] = [
  { command: /^npm (?:ci|i|install)(?: --?(?!g\b|global)\S+)*$/, files: 'package.json and package-lock.json' },
  { command: /^yarn(?: install| --|$)/, files: 'package.json and yarn.lock' },
  { command: /^pnpm (?:i|install)(?: --?(?!g\b|global)\S+)*$/, files: 'package.json and pnpm-lock.yaml' },
  { command: /^(?:python3? -m )?pip3? install .*-r /, files: 'requirements.txt' },
  { command: /^go mod download/, files: 'go.mod and go.sum' },
  { command: /^bundle install/, files: 'Gemfile and Gemfile.lock' },
  { command: /^composer install/, files: 'composer.json and composer.lock' },
  { command: /^cargo fetch/, files: 'Cargo.toml and Cargo.lock' },
  { command: /^(?:apt-get|apt|apk|yum|dnf|microdnf) (?:-\S+ )*(?:install|add)\b(?!.*[./]\S*\.(?:deb|rpm|apk)\b)/ },
];

export const copyBeforeInstall: LintRule = {
  name: 'CopyBeforeInstall',
  origin: 'strata',
  severity: 'warning',
  description: 'What changes often should be copied after what takes long',
  why: 'A step is taken from the cache as long as nothing before it changed. With all of the project copied first, every edit of any file installs everything again. Copy the files that name the dependencies, install, then copy the rest.',
  *check(file) {
    for (const stage of file.stages) yield* wholeCopies(stage);
  },
};

function* wholeCopies(stage: AnalysedStage) {
  let whole: Instruction | undefined;
  for (const instruction of stage.instructions) {
    if (copiesEverything(instruction)) whole ??= instruction;
    if (whole === undefined) continue;
    const install = firstInstall(shellCommands(instruction));
    if (install === undefined) continue;
    const again = `Any edit of the project runs "${install.text}" (line ${instruction.range.startLine}) again`;
    const instead =
      install.files === undefined ? 'put it above this copy' : `copy ${install.files} before it, and the rest after it`;
    yield { node: whole.node, message: `${again}: ${instead}` };
    return;
  }
}

function copiesEverything(instruction: Instruction): boolean {
  if (!copy.made(instruction) || instruction.data.from !== '') return false;
  return instruction.data.list.paths.some((path) => cleanPath('/' + path) === '/');
}

function firstInstall(commands: readonly ShellCommand[]): { text: string; files: string | undefined } | undefined {
  for (const { words } of commands) {
    const text = words.join(' ');
    const found = INSTALLS.find(({ command }) => command.test(text));
    if (found !== undefined) return { text: shortened(text), files: found.files };
  }
  return undefined;
}

/** A list of packages may be long. */
function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
}
