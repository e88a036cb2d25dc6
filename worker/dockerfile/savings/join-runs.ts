/** What one RUN makes and another deletes or replaces never reaches a layer when both are one RUN. */
import type { QuickFix } from '../../base/source.ts';
import type { Analysis } from '../analysis/analyse.ts';
import type { Instruction } from '../directive.ts';
import { shellTextOf } from '../lint/shell-commands.ts';
import { writtenRun, type WrittenCommand, type WrittenRun } from './run-commands.ts';
import { between, type StagePlace } from './stage-steps.ts';
import { instructionEdit, lineWords, runText } from './written.ts';

/** Where package managers keep what only they read, and what running one looks like. */
const CACHES: readonly { readonly below: string; readonly readers: RegExp }[] = [
  { below: '/var/lib/apt/lists', readers: /\b(?:apt|apt-get|aptitude)\b/ },
  { below: '/var/cache/apt', readers: /\b(?:apt|apt-get|aptitude)\b/ },
  { below: '/var/cache/apk', readers: /\bapk\b/ },
  { below: '/var/cache/yum', readers: /\byum\b/ },
  { below: '/var/cache/dnf', readers: /\bdnf\b/ },
  { below: '/root/.cache/pip', readers: /\bpip3?\b/ },
  { below: '/root/.npm', readers: /\bnpm\b/ },
];

/** One RUN in place of all from `maker` to `cause`; undefined where that could change what they do. */
export function joinRuns(analysis: Analysis, maker: StagePlace, cause: StagePlace): QuickFix | undefined {
  const middle = between(maker, cause);
  if (middle === undefined) return undefined;
  const runs = [maker.instruction, ...middle, cause.instruction].map((each) => writtenRun(each, analysis));
  const known = runs.filter((each) => each !== undefined);
  const last = known.at(-1);
  const first = known[0];
  if (known.length < runs.length || first === undefined || last === undefined) return undefined;
  if (known.some(({ flags }) => flags.join(' ') !== first.flags.join(' '))) return undefined;
  if (known.slice(0, -1).some((each) => each.commands.some(leavesState))) return undefined;
  const commands = known.flatMap((each) => each.commands.map(({ text }) => text));
  const title = known.length === 2 ? 'Make one RUN of both' : `Make one RUN of the ${known.length}`;
  return {
    title: `${title} (${lineWords(first.instruction, last.instruction)})`,
    edits: [
      instructionEdit(analysis, first.instruction, runText(first, commands, analysis)),
      ...known.slice(1).map(({ instruction }) => instructionEdit(analysis, instruction, undefined)),
    ],
  };
}

/** What the next RUN would not find as it was: it starts in the working directory, with its own shell. */
function leavesState({ words }: WrittenCommand): boolean {
  return ['cd', 'pushd', 'exec', 'exit', 'trap', 'unset', 'export', 'umask'].includes(words[0] ?? '');
}

/**
 * The `rm` of the waste moved into the RUN that made it, when nothing between can need the files: no other RUN, or they are a package
 * manager's own and no other RUN starts it.
 */
export function moveRemoval(
  analysis: Analysis,
  maker: StagePlace,
  cause: StagePlace,
  paths: readonly string[],
): QuickFix | undefined {
  const middle = between(maker, cause);
  const from = writtenRun(cause.instruction, analysis);
  const to = writtenRun(maker.instruction, analysis);
  if (middle === undefined || from === undefined || to === undefined) return undefined;
  if (to.commands.some(leavesState) || !middle.every((each) => leavesAlone(each, paths))) return undefined;
  const removals = from.commands.filter((command) => isRemovalOf(command, paths));
  if (removals.length === 0) return undefined;
  const rest = from.commands.filter((command) => !removals.includes(command));
  const kept = rest.map(({ text }) => text);
  return {
    title: `Delete in the RUN that makes them (line ${maker.instruction.range.startLine})`,
    edits: [
      instructionEdit(analysis, to.instruction, runText(to, textsOf(to, removals), analysis)),
      instructionEdit(analysis, from.instruction, kept.length === 0 ? undefined : runText(from, kept, analysis)),
    ],
  };
}

const textsOf = ({ commands }: WrittenRun, more: readonly WrittenCommand[]): string[] =>
  [...commands, ...more].map(({ text }) => text);

function leavesAlone(instruction: Instruction, paths: readonly string[]): boolean {
  if (['USER', 'SHELL', 'WORKDIR'].includes(instruction.directive.name)) return false;
  if (instruction.directive.name !== 'RUN') return true;
  const text = shellTextOf(instruction);
  if (text === undefined) return false;
  return paths.every((path) =>
    CACHES.some(({ below, readers }) => path.startsWith(`${below}/`) && !readers.test(text)),
  );
}

/** An `rm` of absolute paths, at least one of which holds some of the waste. */
function isRemovalOf({ words }: WrittenCommand, paths: readonly string[]): boolean {
  if (words[0] !== 'rm') return false;
  const targets = words.slice(1).filter((word) => !word.startsWith('-'));
  if (targets.length === 0 || !targets.every((target) => target.startsWith('/'))) return false;
  return targets.some((target) => {
    const below = target.replace(/[*?[].*$/, '').replace(/\/$/, '');
    return paths.some((path) => path === below || path.startsWith(target.includes('*') ? below : `${below}/`));
  });
}
