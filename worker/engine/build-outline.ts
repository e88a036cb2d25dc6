/** A Dockerfile as the page draws it: stages, their steps, what each takes from where, and what the target does not need. */
import { resolvePath, type AbsolutePath } from '../base/path.ts';
import { excludeFilter } from '../build/ops/copy/excludes.ts';
import { resolveSource } from '../build/ops/copy/wildcards.ts';
import {
  analyse,
  type AnalysedInstruction,
  type AnalysedStage,
  type Analysis,
} from '../dockerfile/analysis/analyse.ts';
import { add } from '../dockerfile/directives/add.ts';
import { copy } from '../dockerfile/directives/copy.ts';
import type { Instruction } from '../dockerfile/directive.ts';
import { run } from '../dockerfile/directives/run.ts';
import { ignored } from '../dockerfile/language/ignored.ts';
import { createUnionView } from '../vfs/union-view.ts';
import type { UnionView } from '../vfs/view.ts';
import { contextTree } from './context.ts';
import type { BuildOutline, ContextFile, OutlinedStage, OutlinedStep } from './model.ts';

/** The files a build is sent, with a view of them to find what instructions name. */
interface SentFiles {
  readonly paths: readonly string[];
  readonly view: UnionView;
}

/** Outlines a Dockerfile of these files. What cannot be read is left out; throws `invalid-argument` for files that make no context. */
export function outlineBuild(text: string, files: readonly ContextFile[]): BuildOutline {
  const analysis = analyse(text);
  const sent = sentFiles(files);
  const used = usedStages(analysis);
  return {
    files: sent.paths,
    stages: analysis.stages.map((stage) => outlineStage(stage, analysis, used.has(stage), sent)),
  };
}

function sentFiles(files: readonly ContextFile[]): SentFiles {
  const rules = files.find(({ path }) => path === '.dockerignore')?.content;
  const ignoredPaths = new Set(
    ignored(
      typeof rules === 'string' ? rules : '',
      files.map(({ path }) => path),
    )
      .filter((each) => each.ignored)
      .map(({ path }) => path),
  );
  const kept = files.filter(({ path }) => !ignoredPaths.has(path));
  return {
    paths: kept.filter(({ kind }) => kind !== 'directory').map(({ path }) => path),
    view: createUnionView(contextTree(kept), { now: () => 0 }),
  };
}

/** The stages that the last one needs, itself included. */
function usedStages({ stages }: Analysis): ReadonlySet<AnalysedStage> {
  const used = new Set<AnalysedStage>();
  const visit = (stage: AnalysedStage | undefined): void => {
    if (stage === undefined || used.has(stage)) return;
    used.add(stage);
    visit(stage.base);
    for (const { sources } of stage.instructions)
      for (const source of sources) visit(stageNamed(stages, source, stage));
  };
  visit(stages.at(-1));
  return used;
}

/** The stage before `stage` that a `--from` names, by number or by name. */
function stageNamed(
  stages: readonly AnalysedStage[],
  source: string,
  { index }: AnalysedStage,
): AnalysedStage | undefined {
  const before = stages.slice(0, index);
  return /^\d+$/.test(source)
    ? before[Number(source)]
    : before.findLast(({ name }) => name !== '' && name === source.toLowerCase());
}

function outlineStage(stage: AnalysedStage, analysis: Analysis, used: boolean, sent: SentFiles): OutlinedStage {
  const own = analysis.instructions.filter((each) => each.stage === stage && each.instruction !== stage.from);
  return {
    index: stage.index,
    name: stage.name,
    baseName: stage.baseName,
    ...(stage.base === undefined ? {} : { baseStage: stage.base.index }),
    used,
    source: stage.from.range,
    steps: own.flatMap((each) => outlineStep(each, stage, analysis.stages, sent) ?? []),
  };
}

function outlineStep(
  { instruction, contextSources }: AnalysedInstruction,
  stage: AnalysedStage,
  stages: readonly AnalysedStage[],
  sent: SentFiles,
): OutlinedStep | undefined {
  if (instruction === undefined) return undefined;
  const { node, range, code, directive, isStep, sources } = instruction;
  const found = sources.map((source) => ({ source, stage: stageNamed(stages, source, stage) }));
  return {
    source: range,
    firstLine: range.startLine - node.comments.length,
    directive: directive.name,
    instruction: code,
    runs: isStep,
    reads: readsOf(instruction, contextSources, sent),
    fromStages: found.flatMap((each) => each.stage?.index ?? []),
    fromImages: found.flatMap((each) => (each.stage === undefined ? [each.source] : [])),
  };
}

/** Files of the context that an instruction's cache key holds. */
function readsOf(instruction: Instruction, contextSources: readonly string[], sent: SentFiles): readonly string[] {
  if (run.made(instruction)) {
    const mounted = instruction.data.mounts.flatMap(({ fields, from }) =>
      from === undefined && isBind(fields) ? [valueOf(fields, ['source', 'src']) ?? '/'] : [],
    );
    return filesNamed(mounted, [], sent);
  }
  const isCopy = copy.made(instruction);
  if (!isCopy && !add.made(instruction)) return [];
  if (isCopy && instruction.data.from !== '') return [];
  const { list, excludes } = instruction.data;
  // a source that a build argument decides may be any file
  if (contextSources.length === 0 && list.paths.length > 0 && !list.paths.some((path) => path.includes('://'))) {
    return sent.paths;
  }
  return filesNamed(contextSources, excludes, sent);
}

const isBind = (fields: readonly string[]): boolean => (valueOf(fields, ['type']) ?? 'bind') === 'bind';

function valueOf(fields: readonly string[], names: readonly string[]): string | undefined {
  const field = fields.find((each) => names.some((name) => each.startsWith(`${name}=`)));
  return field?.slice(field.indexOf('=') + 1);
}

function filesNamed(
  patterns: readonly string[],
  excludes: readonly string[],
  { paths, view }: SentFiles,
): readonly string[] {
  const filter = excludeFilter(excludes);
  const roots = patterns.flatMap((pattern) => matches(view, pattern));
  return paths.filter((path) =>
    roots.some((root) => {
      const full = `/${path}`;
      if (full === root) return true;
      const prefix = root === '/' ? '/' : `${root}/`;
      if (!full.startsWith(prefix)) return false;
      const inode = view.lookup(resolvePath(full), { follow: false });
      return inode === undefined || filter?.(full.slice(prefix.length), inode) !== true;
    }),
  );
}

/** Nothing for a pattern that is malformed: the build says so. */
function matches(view: UnionView, pattern: string): readonly AbsolutePath[] {
  try {
    return resolveSource(view, resolvePath(pattern));
  } catch {
    return [];
  }
}
