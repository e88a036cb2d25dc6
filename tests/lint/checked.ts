/** Dockerfiles put through the build checks, for their tests. */
import type { Diagnostic } from '../../worker/base/source.ts';
import { analyse } from '../../worker/dockerfile/analysis/analyse.ts';
import type { KnownImages } from '../../worker/dockerfile/analysis/known-images.ts';
import { lint, type LintResult } from '../../worker/dockerfile/lint/lint.ts';

const PLATFORM = { os: 'linux', architecture: 'amd64' };
const config = (...environment: string[]) => ({ environment, platform: PLATFORM, user: '', workingDir: '' });
const IMAGES: KnownImages = {
  repositories: [{ name: 'alpine', tags: ['latest', '3', '3.9', '3.20.3', 'edge'] }],
  configs: {
    'alpine:latest': config('PATH=/bin'),
    'alpine:3': config(),
    'python:latest': config('PYTHON_VERSION=3.13'),
  },
};

/** All findings in a text. */
export function check(
  text: string,
  more: { paths?: string[]; dockerignore?: string; images?: KnownImages } = {},
): LintResult {
  const { paths = [], dockerignore = '', images = IMAGES } = more;
  return lint(analyse(text, images), { contextPaths: paths, dockerignore, images });
}

/** Findings of one rule, a line each. */
export function of(rule: string, text: string, more: Parameters<typeof check>[1] = {}): string[] {
  return check(text, more)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ range, message }) => `${range.startLine}: ${message}`);
}

/** The text after the first fix of a rule's first finding. */
export function fixed(rule: string, text: string, more: Parameters<typeof check>[1] = {}): string | undefined {
  const fix = check(text, more).findings.find((finding) => finding.rule === rule)?.fixes?.[0];
  return fix === undefined || fix.skips === true ? undefined : applyFix(text, fix);
}

/** The text after a fix. */
export function applyFix(text: string, fix: NonNullable<Diagnostic['fixes']>[number]): string {
  const lines = text.split('\n');
  const offset = (line: number, column: number): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1;
  const edits = [...fix.edits].sort(
    (a, b) => b.range.startLine - a.range.startLine || b.range.startColumn - a.range.startColumn,
  );
  return edits.reduce(
    (current, { range, text: put }) =>
      current.slice(0, offset(range.startLine, range.startColumn)) +
      put +
      current.slice(offset(range.endLine, range.endColumn)),
    text,
  );
}
