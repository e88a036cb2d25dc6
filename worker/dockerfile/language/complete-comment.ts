/** Completion in comments: parser directives, and the names of checks to skip. */
import { lintRules } from '../lint/index.ts';
import { PARSER_DIRECTIVE_NAMES } from '../parser-directives.ts';
import type { Choice, Choices } from './complete.ts';
import { ruleDocs } from './documentation.ts';

const DIRECTIVES: Readonly<Record<(typeof PARSER_DIRECTIVE_NAMES)[number], { insert: string; docs: string }>> = {
  syntax: {
    insert: 'syntax=docker/dockerfile:1',
    docs: 'The frontend that reads this file. Strata reads all files itself, as Docker 26 does.',
  },
  escape: {
    insert: 'escape=`',
    docs: 'The character that joins lines and takes the next character literally: a backslash or a backquote.',
  },
  check: {
    insert: 'check=skip=',
    docs: 'Which build checks count: `skip=NAME,...` or `skip=all`, `error=true`, `experimental=NAME`, joined by semicolons. A reason may follow behind a blank.',
  },
};

export function completeComment(before: string): Choices {
  const rule = /check\s*=(?:[^\s;]*;)*(?:skip|experimental)=(?:[^\s;,]*,)*([^\s;,]*)$/i.exec(before)?.[1];
  if (rule !== undefined) return { replaced: rule.length, choices: [...lintRules.map(ruleChoice), ALL] };
  const option = /check\s*=(?:[^\s;]*;)*(\w*)$/i.exec(before)?.[1];
  if (option !== undefined) return { replaced: option.length, choices: OPTIONS };
  const name = /^\s*#\s*(\w*)$/.exec(before)?.[1];
  if (name === undefined) return { replaced: 0, choices: [] };
  const choices = PARSER_DIRECTIVE_NAMES.map((label): Choice => {
    const { insert, docs } = DIRECTIVES[label];
    return { label, kind: 'directive', insert, docs, more: label === 'check' };
  });
  return { replaced: name.length, choices };
}

const ALL: Choice = { label: 'all', kind: 'check', insert: 'all' };

const OPTIONS: readonly Choice[] = [
  { label: 'skip=', kind: 'value', insert: 'skip=', detail: 'Checks that do not count', more: true },
  { label: 'error=true', kind: 'value', insert: 'error=true', detail: 'A finding fails the build' },
  { label: 'experimental=', kind: 'value', insert: 'experimental=', detail: 'Checks that are asked for', more: true },
];

function ruleChoice(rule: (typeof lintRules)[number]): Choice {
  return { label: rule.name, kind: 'check', insert: rule.name, detail: rule.description, docs: ruleDocs(rule) };
}
