/** Plain text of a word, with its tildes (XCU 2.6.1). */
import type { Shell } from '../shell.ts';
import type { Sink } from './sinks.ts';

/** The start of a word that looks like an assignment. */
export const ASSIGNMENT_NAME = /^[A-Za-z_]\w*=/;

/**
 * Where tildes are expanded besides the start of a word: nowhere else, after colons (the value of an assignment), or after
 * the `=` and the colons of a word that is like an assignment.
 */
export type TildePlaces = 'no' | 'after-colons' | 'behind-name';

/** Hands plain text to a sink. `atStart` and `atEnd` tell where in its word it stands. */
export function expandLiteral(
  shell: Shell,
  text: string,
  value: string,
  sink: Sink,
  quoted: boolean,
  atStart: boolean,
  assignment: TildePlaces,
  atEnd = true,
): void {
  if (quoted) sink.quoted(value);
  else if (text.includes('~')) sink.quoted(expandTildes(shell, text, value, atStart, assignment, atEnd));
  else sink.literal(value, text);
}

/** Replaces `~` and `~user` at the start, and in an assignment after each colon. */
function expandTildes(
  shell: Shell,
  text: string,
  value: string,
  atStart: boolean,
  assignment: TildePlaces,
  atEnd: boolean,
): string {
  if (assignment === 'no') {
    return atStart && text.startsWith('~') ? expandTilde(shell, value, atEnd) : value;
  }
  const name = assignment === 'behind-name' && atStart ? (ASSIGNMENT_NAME.exec(value)?.[0] ?? '') : '';
  const pieces = value.slice(name.length).split(':');
  const expanded = pieces.map((piece, index) =>
    (index > 0 || atStart) && piece.startsWith('~') ? expandTilde(shell, piece, true) : piece,
  );
  return name + expanded.join(':');
}

function expandTilde(shell: Shell, text: string, atEnd: boolean): string {
  const slash = text.indexOf('/');
  if (slash === -1 && !atEnd) return text;
  const user = slash === -1 ? text.slice(1) : text.slice(1, slash);
  const rest = slash === -1 ? '' : text.slice(slash);
  const home = user === '' ? shell.variables.get('HOME') : shell.homeOf(user);
  return home === undefined ? text : home + rest;
}
