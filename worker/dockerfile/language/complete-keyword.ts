/** Completion of keywords. */
import type { Analysis } from '../analysis/analyse.ts';
import { directives } from '../directives/index.ts';
import type { Choices } from './complete.ts';
import { directiveDocs } from './documentation.ts';

/** What may stand above the first FROM. */
const FIRST: ReadonlySet<string> = new Set(['FROM', 'ARG']);
const NOT_KEPT: ReadonlySet<string> = new Set(['FROM', 'MAINTAINER', 'ONBUILD']);

export function completeKeyword(keyword: string, before: string, analysis: Analysis, line: number): Choices {
  const isLower = keyword !== '' && keyword === keyword.toLowerCase() && usesLowerCase(analysis);
  const isNested = /^\s*onbuild\s/i.test(before);
  const hasStage = analysis.stages.some(({ from }) => from.range.startLine < line);
  const fitting = directives.filter(({ name }) => (hasStage || FIRST.has(name)) && !(isNested && NOT_KEPT.has(name)));
  const choices = fitting.map((directive) => {
    const label = isLower ? directive.name.toLowerCase() : directive.name;
    return {
      label,
      kind: 'directive' as const,
      insert: `${label} `,
      detail: directive.summary,
      docs: directiveDocs(directive),
      more: true,
    };
  });
  return { replaced: keyword.length, choices };
}

function usesLowerCase({ instructions }: Analysis): boolean {
  const lower = instructions.filter(({ node }) => node.keyword === node.name).length;
  return lower * 2 > instructions.length;
}
