/** `a+=b` and `a[1]=b` in shells that do not know them: names of commands, which as a rule are not there. */
import type { Assignment, Command, Word, WordPart } from 'unbash';
import type { Features } from './dialects/dialect.ts';

/** The command as a shell with these features reads it; the same one where it knows all of its assignments. */
export function readAssignmentsAsWords(node: Command, features: Features): Command {
  if (node.prefix.length === 0 || features.arrays === true) return node;
  const first = node.prefix.findIndex((part) => part.type === 'Assignment' && isForeign(part));
  if (first === -1) return node;
  const { type, pos, end, suffix, redirects } = node;
  const [name, ...words] = node.prefix.slice(first).flatMap((part) => (part.type === 'Assignment' ? wordOf(part) : []));
  const args = [...words, ...(node.name === undefined ? [] : [node.name]), ...node.args];
  return { type, pos, end, suffix, redirects, name, prefix: node.prefix.slice(0, first), args };
}

const isForeign = ({ append, index }: Assignment): boolean => append === true || index !== undefined;

function wordOf({ text, pos, end, name, index, append, value }: Assignment): Word {
  const head = `${name}${index === undefined ? '' : `[${index.text}]`}${append === true ? '+' : ''}=`;
  if (value.type === 'ArrayValue') return { type: 'Word', text, value: text, pos, end };
  if (value.parts === undefined) return { type: 'Word', text: head + value.text, value: head + value.value, pos, end };
  const literal: WordPart = { type: 'Literal', pos, end: value.pos, text: head, value: head };
  return {
    type: 'Word',
    text: head + value.text,
    value: head + value.value,
    pos,
    end,
    parts: [literal, ...value.parts],
  };
}
