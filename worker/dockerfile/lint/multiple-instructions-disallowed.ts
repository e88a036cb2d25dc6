import type { InstructionNode } from '../ast.ts';
import { withoutLines } from './places.ts';
import { buildkitPage, type LintRule } from './rule.ts';

const ONCE: ReadonlySet<string> = new Set(['cmd', 'entrypoint', 'healthcheck']);

export const multipleInstructionsDisallowed: LintRule = {
  name: 'MultipleInstructionsDisallowed',
  origin: 'buildkit',
  severity: 'warning',
  description: 'Multiple instructions of the same type should not be used in the same stage',
  why: 'An image has one command, one entry point and one health check. The last of a stage counts; those before it do nothing.',
  url: buildkitPage('multiple-instructions-disallowed'),
  *check(file) {
    for (const { instructions } of file.stages) {
      const last = new Map<string, InstructionNode>();
      for (const { node } of instructions) {
        if (!ONCE.has(node.name)) continue;
        const before = last.get(node.name);
        last.set(node.name, node);
        if (before === undefined) continue;
        yield {
          node: before,
          message: `Multiple ${node.keyword} instructions should not be used in the same stage because only the last one will be used`,
          fix: { title: 'Remove it', edits: [withoutLines(before.range.startLine, before.range.endLine)] },
        };
      }
    }
  },
};
