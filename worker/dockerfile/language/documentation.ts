/** What the editor shows of directives, flags and checks, as Markdown. */
import type { Directive } from '../directive.ts';
import type { FlagSpec } from '../flags.ts';
import type { LintRule } from '../lint/rule.ts';

/** All there is to say of a directive. */
export function directiveDocs({ name, summary, syntax, docs, flags }: Directive): string {
  const listed = flags.map((flag) => `- \`${flagUsage(flag)}\` ${flag.summary}`);
  return [
    `**${name}** ${summary}`,
    fenced(syntax.join('\n')),
    docs,
    ...(listed.length > 0 ? [listed.join('\n')] : []),
  ].join('\n\n');
}

/** `--from=stage|image|context` */
export function flagUsage({ name, type, placeholder, values }: FlagSpec): string {
  if (type === 'boolean') return `--${name}`;
  return `--${name}=${placeholder ?? values?.join('|') ?? 'value'}`;
}

export function flagDocs(flag: FlagSpec): string {
  const values = flag.values === undefined ? [] : [`One of ${flag.values.map((value) => `\`${value}\``).join(', ')}.`];
  return [`\`${flagUsage(flag)}\``, flag.summary, ...values].join('\n\n');
}

export function ruleDocs({ name, description, why, url }: LintRule): string {
  return [`**${name}** ${description}`, why, ...(url === undefined ? [] : [`[More on this check](${url})`])].join(
    '\n\n',
  );
}

/** A block of Dockerfile. */
export function fenced(text: string): string {
  return `\`\`\`dockerfile\n${text}\n\`\`\``;
}
