/**
 * Aliases (XCU 2.3.1): the first word of a command, where it names one, is replaced before the line is read. They are text, so the
 * line is read anew with them in it.
 */
import { forEachChild, parse, type Command, type Statement, type SyntaxNode } from 'unbash';
import type { Shell } from './shell.ts';

/** A stretch of the text that an alias has put there: its own name is no alias in it. */
interface Replaced {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** Words as an alias may replace them: no quotes, expansions or operators. */
const PLAIN_WORD = /^[^\s'"\\$`;&|<>()*?[\]{}#]+/;

/** Scripts of bash expand none unless asked to. */
export function expandsAliases(shell: Shell): boolean {
  if (shell.aliases.size === 0) return false;
  return shell.dialect.name !== 'bash' || shell.interactive || shell.shoptions.has('expand_aliases');
}

/** The text of a line of commands with its aliases replaced; undefined where it has none. */
export function expandAliases(text: string, aliases: ReadonlyMap<string, string>): string | undefined {
  const replaced: Replaced[] = [];
  let expanded = text;
  for (;;) {
    const found = findAlias(expanded, aliases, replaced);
    if (found === undefined) return replaced.length === 0 ? undefined : expanded;
    const value = aliases.get(found.name) ?? '';
    expanded = expanded.slice(0, found.start) + value + expanded.slice(found.end);
    const grown = value.length - (found.end - found.start);
    for (const [index, { start, end, name }] of replaced.entries()) {
      if (start > found.start) replaced[index] = { start: start + grown, end: end + grown, name };
      else if (end > found.start) replaced[index] = { start, end: end + grown, name };
    }
    replaced.push({ start: found.start, end: found.start + value.length, name: found.name });
  }
}

function findAlias(
  text: string,
  aliases: ReadonlyMap<string, string>,
  replaced: readonly Replaced[],
): Replaced | undefined {
  const aliasAt = (start: number): Replaced | undefined => {
    const name = PLAIN_WORD.exec(text.slice(start))?.[0];
    if (name === undefined || !aliases.has(name) || !/^[\s;&|<>()]?$/.test(text.charAt(start + name.length)))
      return undefined;
    const inside = replaced.some((one) => one.name === name && one.start <= start && start < one.end);
    return inside ? undefined : { start, end: start + name.length, name };
  };
  // A value that ends in a blank lets the next word be an alias too.
  for (const { start, end } of replaced) {
    if (!/[ \t]$/.test(text.slice(start, end))) continue;
    const next = aliasAt(end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0));
    if (next !== undefined) return next;
  }
  return commandsOf(parse(text).commands)
    .map(({ name }) => (name === undefined ? undefined : aliasAt(name.pos)))
    .find((found) => found !== undefined);
}

/** Simple commands, those in compound ones and functions too; substitutions are read later. */
function commandsOf(statements: readonly Statement[]): Command[] {
  const commands: Command[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Command') commands.push(node);
    else if (node.type !== 'Word') forEachChild(node, visit);
  };
  for (const statement of statements) visit(statement);
  return commands;
}
