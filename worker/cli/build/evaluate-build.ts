/** `docker build --call`: what is asked of a Dockerfile instead of an image: its build checks, its arguments, its targets. */
import { EngineError } from '../../base/errors.ts';
import { analyse, type AnalysedStage, type Analysis } from '../../dockerfile/analysis/analyse.ts';
import { descriptionOf } from '../../dockerfile/description.ts';
import { arg } from '../../dockerfile/directives/arg.ts';
import { run } from '../../dockerfile/directives/run.ts';
import { lintRules } from '../../dockerfile/lint/index.ts';
import { lint } from '../../dockerfile/lint/lint.ts';
import { readMount } from '../../dockerfile/mount-spec.ts';
import { loadDockerfile } from '../../dockerfile/stages.ts';
import type { RunMount } from '../../dockerfile/stage-builder.ts';
import type { Tree, TreeNode } from '../../vfs/tree.ts';
import { alignColumns } from '../format/text-table.ts';
import { buildError } from './build-inputs.ts';
import { rangeExcerpt } from './failure-report.ts';

/** What is asked; `build` asks for the image. */
export type CallMethod = 'build' | 'check' | 'outline' | 'targets';

const METHODS: Readonly<Record<string, CallMethod>> = {
  build: 'build',
  check: 'check',
  lint: 'check',
  outline: 'outline',
  targets: 'targets',
};

/** `--call METHOD` and its shorthand `--check`. Throws {@link CliError}. */
export function readCall(call: string | undefined, check: boolean): CallMethod {
  const method = METHODS[(check ? 'check' : (call ?? 'build')).split(',', 1)[0] ?? ''];
  if (method === undefined) throw buildError(`unsupported call method ${JSON.stringify(call ?? '')}`);
  return method;
}

export interface EvaluatedSource {
  readonly dockerfile: string;
  readonly dockerfileName: string;
  readonly context: Tree;
  readonly target: string | undefined;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** What is printed, and the exit status: 1 where checks found something. Throws `dockerfile` for a file that cannot be read. */
export function evaluateBuild(
  method: Exclude<CallMethod, 'build'>,
  source: EvaluatedSource,
): { readonly text: string; readonly status: number } {
  loadDockerfile(source.dockerfile);
  const analysis = analyse(source.dockerfile);
  switch (method) {
    case 'check':
      return checked(analysis, source);
    case 'outline':
      return { text: outlineText(analysis, source), status: 0 };
    case 'targets':
      return { text: targetsText(analysis), status: 0 };
  }
}

/** BuildKit's own checks alone: ours are for the editor. */
function checked(analysis: Analysis, source: EvaluatedSource): { readonly text: string; readonly status: number } {
  const own = new Set(lintRules.filter(({ origin }) => origin === 'buildkit').map(({ name }) => name));
  const { findings, violation } = lint(analysis, { contextPaths: filesOf(source.context) });
  const warnings = findings
    .filter(({ rule }) => rule !== undefined && own.has(rule))
    .sort((a, b) => a.range.startLine - b.range.startLine);
  if (warnings.length === 0) return { text: 'Check complete, no warnings found.\n', status: 0 };
  const count = warnings.length === 1 ? '1 warning has been found!' : `${warnings.length} warnings have been found!`;
  const told = warnings.map(({ rule = '', url, message, range }) => {
    const address = url === undefined ? '' : ` - ${url}`;
    const excerpt = rangeExcerpt([[range.startLine, range.endLine]], source.dockerfileName, source.dockerfile);
    return `\nWARNING: ${rule}${address}\n${message}\n${excerpt}\n`;
  });
  const error = violation === undefined ? '' : `ERROR: ${violation}\n`;
  return { text: `Check complete, ${count}\n${told.join('')}${error}`, status: 1 };
}

function filesOf({ root }: Tree): string[] {
  const paths: string[] = [];
  const visit = (node: TreeNode, prefix: string): void => {
    for (const [name, child] of node.children ?? []) {
      if (child.children === undefined) paths.push(prefix + name);
      else visit(child, `${prefix}${name}/`);
    }
  };
  visit(root, '');
  return paths;
}

function targetsText({ stages }: Analysis): string {
  const rows = stages.map(({ name, index, from }) => {
    const isDefault = index === stages.length - 1;
    const shown = isDefault ? `${name} (default)`.trimStart() : name;
    return `${shown}\t${descriptionOf(name, from.node.comments) ?? ''}\n`;
  });
  return alignColumns(`TARGET\tDESCRIPTION\n${rows.join('')}`, { minWidth: 0, padding: 1 });
}

/** The arguments, secrets and agents of a stage and of those it stands on or takes files from. */
function outlineText(analysis: Analysis, { target, buildArgs }: EvaluatedSource): string {
  const { stages } = analysis;
  const wanted = target === undefined ? stages.at(-1) : stages.find(({ name }) => name === target.toLowerCase());
  if (wanted === undefined) {
    throw new EngineError('dockerfile', `target stage ${JSON.stringify(target)} could not be found`);
  }
  const needed = neededBy(wanted, stages);
  const description = descriptionOf(wanted.name, wanted.from.node.comments) ?? '';
  const head = `TARGET:\t${wanted.name === '' ? '(default)' : wanted.name}\n${description === '' ? '' : `DESCRIPTION:\t${description}\n`}`;
  const named = wanted.name === '' && description === '' ? '' : `${alignColumns(head, { minWidth: 0, padding: 1 })}\n`;
  const mounts = needed.flatMap(({ instructions }) =>
    instructions.flatMap((each) =>
      run.made(each) ? each.data.mounts.map((mount) => readMount(mount, (word) => word)) : [],
    ),
  );
  const tables = [
    table('BUILD ARG\tVALUE\tDESCRIPTION', argumentRows(analysis, needed, buildArgs)),
    table('SECRET\tREQUIRED', mountRows(mounts, 'secret')),
    table('SSH\tREQUIRED', mountRows(mounts, 'ssh')),
  ];
  return named + tables.join('');
}

function neededBy(stage: AnalysedStage, stages: readonly AnalysedStage[]): readonly AnalysedStage[] {
  const needed = new Set<AnalysedStage>();
  const visit = (each: AnalysedStage | undefined): void => {
    if (each === undefined || needed.has(each)) return;
    needed.add(each);
    visit(each.base);
    for (const { sources } of each.instructions) {
      for (const from of sources)
        visit(stages.find(({ name, index }) => name === from.toLowerCase() || String(index) === from));
    }
  };
  visit(stage);
  return stages.filter((each) => needed.has(each));
}

function argumentRows(
  { instructions, globals }: Analysis,
  needed: readonly AnalysedStage[],
  buildArgs: Readonly<Record<string, string>>,
): readonly string[] {
  const rows = new Map<string, { readonly value: string; readonly description: string }>();
  for (const { instruction, stage } of instructions) {
    if (instruction === undefined || !arg.made(instruction)) continue;
    if (stage !== undefined && !needed.includes(stage)) continue;
    for (const { name, value } of instruction.data.definitions) {
      const before = rows.get(name);
      const known = buildArgs[name] ?? value ?? before?.value ?? globals.get(name)?.value ?? '';
      const description = descriptionOf(name, instruction.node.comments) ?? before?.description ?? '';
      rows.set(name, { value: known, description });
    }
  }
  return [...rows].map(([name, { value, description }]) => `${name}\t${value}\t${description}`);
}

function mountRows(mounts: readonly RunMount[], type: RunMount['type']): readonly string[] {
  const own = mounts.filter((mount) => mount.type === type);
  return [...new Set(own.map(({ id = 'default', required }) => `${id}\t${required === true ? 'true' : ''}`))];
}

function table(head: string, rows: readonly string[]): string {
  if (rows.length === 0) return '';
  return `${alignColumns(`${[head, ...rows].join('\n')}\n`, { minWidth: 0, padding: 3 })}\n`;
}
