import type { AnalysedStage } from '../analysis/analyse.ts';
import { copy } from '../directives/copy.ts';
import type { Instruction } from '../directive.ts';
import { cleanPath } from '../ignore/clean-path.ts';
import type { LintRule } from './rule.ts';
import { shellCommands, type ShellCommand } from './shell-commands.ts';

/** Installations that depend on a few files of the project alone. */
const INSTALLS: readonly { readonly command: RegExp; readonly files: string }[] = [
  { command: /^npm (?:ci|i|install)(?: --?(?!g\b|global)\S+)*$/, files: 'package.json and package-lock.json' },
  { command: /^yarn(?: install| --|$)/, files: 'package.json and yarn.lock' },
  { command: /^pnpm (?:i|install)(?: --?(?!g\b|global)\S+)*$/, files: 'package.json and pnpm-lock.yaml' },
  { command: /^(?:python3? -m )?pip3? install .*-r /, files: 'requirements.txt' },
  { command: /^go mod download/, files: 'go.mod and go.sum' },
  { command: /^bundle install/, files: 'Gemfile and Gemfile.lock' },
  { command: /^composer install/, files: 'composer.json and composer.lock' },
  { command: /^cargo fetch/, files: 'Cargo.toml and Cargo.lock' },
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
    const line = instruction.range.startLine;
    yield {
      node: whole.node,
      message: `Any edit of the project runs "${install.text}" (line ${line}) again: copy ${install.files} before it, and the rest after it`,
    };
    return;
  }
}

function copiesEverything(instruction: Instruction): boolean {
  if (!copy.made(instruction) || instruction.data.from !== '') return false;
  return instruction.data.list.paths.some((path) => cleanPath('/' + path) === '/');
}

function firstInstall(commands: readonly ShellCommand[]): { text: string; files: string } | undefined {
  for (const { words } of commands) {
    const text = words.join(' ');
    const found = INSTALLS.find(({ command }) => command.test(text));
    if (found !== undefined) return { text, files: found.files };
  }
  return undefined;
}
