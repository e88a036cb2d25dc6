/** What a build check is: each lives in one file of this folder, and `index.ts` lists them. */
import type { QuickFix, SourceRange } from '../../base/source.ts';
import type { AnalysedStage, Analysis } from '../analysis/analyse.ts';
import type { KnownImages } from '../analysis/known-images.ts';
import type { InstructionNode } from '../ast.ts';

export interface LintRule {
  /** `StageNameCasing`: what is shown, and what a skip names. */
  readonly name: string;
  /** BuildKit has it too, under this name and in these words; or it is one of ours, about layers and their cache. */
  readonly origin: 'buildkit' | 'strata';
  readonly severity: 'warning' | 'info';
  /** One sentence: what should be. */
  readonly description: string;
  /** Why it matters: what happens otherwise, and what to do. */
  readonly why: string;
  /** Where to read more. */
  readonly url?: string;
  /** Is asked for by name (`# check=experimental=...`). */
  readonly experimental?: boolean;
  check(file: LintedFile): Iterable<Finding>;
}

/** What rules look at. */
export interface LintedFile extends Analysis {
  /** Paths of the build context. */
  readonly contextPaths: readonly string[];
  /** The text of .dockerignore; empty without one. */
  readonly dockerignore: string;
  readonly images: KnownImages;
}

export interface Finding {
  /** The instruction it is about: what a comment above skips, and what it spans unless `range` is narrower. */
  readonly node: InstructionNode;
  readonly message: string;
  readonly range?: SourceRange;
  readonly fix?: QuickFix;
}

/** The instructions of a file with their stages, FROM lines left out. */
export function* staged(file: LintedFile): Iterable<{ stage: AnalysedStage; node: InstructionNode }> {
  for (const stage of file.stages) for (const { node } of stage.instructions) yield { stage, node };
}

/** Address of a check's page in Docker's documentation. */
export function buildkitPage(slug: string): string {
  return `https://docs.docker.com/go/dockerfile/rule/${slug}/`;
}
