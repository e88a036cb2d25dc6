/** Commands as bash writes them, from their tree: one blank between words, redirections with their descriptors. */
import type { CommandNode, Redirection } from 'unbash';

/** The text of a simple command; of others what stands in `source`. */
export function commandText(node: CommandNode, source: string): string {
  if (node.type !== 'Command') return source.slice(node.pos, node.end);
  const parts = [...node.prefix, ...(node.name === undefined ? [] : [node.name]), ...node.args];
  const words = parts.flatMap((part) => (part.type === 'Word' || part.type === 'Assignment' ? [part.text] : []));
  return [...words, ...node.redirects.map((redirection) => redirectionText(redirection, source))].join(' ');
}

function redirectionText(redirection: Redirection, source: string): string {
  if (redirection.type !== 'Redirect') return source.slice(redirection.pos, redirection.end);
  const { operator, target, descriptor } = redirection;
  const duplicates = operator === '>&' || operator === '<&';
  const standard = duplicates ? (operator === '>&' ? '1' : '0') : '';
  const number =
    descriptor === undefined
      ? standard
      : descriptor.type === 'FileDescriptor'
        ? String(descriptor.value)
        : `{${descriptor.name}}`;
  return `${number}${operator}${duplicates ? '' : ' '}${target?.text ?? ''}`;
}
