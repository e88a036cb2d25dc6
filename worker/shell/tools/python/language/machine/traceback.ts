/** Exceptions that nobody handled, as Python 3.11 prints them: every place on the way, with its line and what of it is meant. */
import { nameText } from '../objects/classes.ts';
import type { CodeSpan } from '../compile/code.ts';
import { List } from '../objects/containers.ts';
import { ExceptionObject, Raised, type TracebackEntry } from '../objects/exceptions.ts';
import type { Machine } from './machine.ts';
import { str } from './representation.ts';

/** Lines of source files that were run, by path; those of `-c` and standard input have none. */
type SourceLines = (file: string) => readonly string[] | undefined;

/** How the names of files begin that are Strata's own modules: tracebacks leave them out, as they do functions in C. */
export const BUNDLED_FILE = '<bundled ';

/** Times that one place is shown, where a recursion passed through it. */
const SHOWN_REPEATS = 3;

export function formatException(exception: ExceptionObject, machine: Machine): string {
  return formatChain(exception, sourceLines(machine), machine, new Set());
}

/** Each file is cut into lines once: a deep traceback asks for the same ones over and over. */
function sourceLines({ sources }: Machine): SourceLines {
  const known = new Map<string, readonly string[] | undefined>();
  return (file) => {
    if (!known.has(file)) known.set(file, sources.get(file)?.split('\n'));
    return known.get(file);
  };
}

function formatChain(
  exception: ExceptionObject,
  sources: SourceLines,
  machine: Machine,
  seen: ReadonlySet<ExceptionObject>,
): string {
  const before = new Set([...seen, exception]);
  let text = '';
  const { cause, context } = exception;
  if (cause instanceof ExceptionObject && !seen.has(cause))
    text += `${formatChain(cause, sources, machine, before)}\nThe above exception was the direct cause of the following exception:\n\n`;
  else if (context !== undefined && !exception.suppressesContext && !before.has(context))
    text += `${formatChain(context, sources, machine, before)}\nDuring handling of the above exception, another exception occurred:\n\n`;
  if (exception.traceback.length > 0)
    text += `Traceback (most recent call last):\n${formatEntries(exception.traceback, sources)}`;
  return text + formatOnly(exception, machine);
}

function formatEntries(entries: readonly TracebackEntry[], sources: SourceLines): string {
  let text = '';
  let last = '';
  let repeats = 0;
  const flush = (): void => {
    const more = repeats - SHOWN_REPEATS;
    if (more > 0) text += `  [Previous line repeated ${more} more time${more === 1 ? '' : 's'}]\n`;
  };
  for (const { code, span } of entries.toReversed()) {
    if (code.file.startsWith(BUNDLED_FILE)) continue;
    const place = `${code.file}:${span.line}:${code.name}`;
    if (place !== last) {
      flush();
      last = place;
      repeats = 0;
    }
    if (++repeats > SHOWN_REPEATS) continue;
    text += `  File "${code.file}", line ${span.line}, in ${code.name}\n${sourceLine(span, sources(code.file))}`;
  }
  flush();
  return text;
}

function sourceLine(span: CodeSpan, lines: readonly string[] | undefined): string {
  const line = lines?.[span.line - 1];
  if (line === undefined || line.trim() === '') return '';
  const shown = line.trim();
  const indent = line.length - line.trimStart().length;
  const end = span.endLine === span.line ? span.endColumn : line.trimEnd().length;
  const [from, to] = [span.column - indent, end - indent];
  const marks = markers(span, from, to, indent, shown);
  return `    ${shown}\n${marks}`;
}

/** Carets under the part that failed, unless it is all of the line. */
function markers(span: CodeSpan, from: number, to: number, indent: number, shown: string): string {
  const { anchor } = span;
  if (from < 0 || to <= from || (anchor === undefined && from === 0 && to >= shown.length)) return '';
  if (anchor === undefined) return `    ${' '.repeat(from)}${'^'.repeat(to - from)}\n`;
  // between the operands, the operator itself; of a subscript, its brackets
  const [start, end] = [anchor.start - indent, anchor.end - indent];
  const between = shown.slice(start, end);
  const isSubscript = between.startsWith('[');
  const lead = isSubscript ? 0 : between.length - between.trimStart().length;
  const length = isSubscript ? end - start : between.trim().replace(/[()]/g, '').trim().length;
  const mark = start + lead;
  return `    ${' '.repeat(from)}${'~'.repeat(Math.max(0, mark - from))}${'^'.repeat(length)}${'~'.repeat(Math.max(0, to - mark - length))}\n`;
}

/** The last lines: the class and the text; of a syntax error the place too. */
export function formatOnly(exception: ExceptionObject, machine: Machine): string {
  const module = exception.cls.find('__module__');
  const prefix =
    typeof module === 'string' && module !== '__main__' && module !== 'builtins' && exception.cls.isUser
      ? `${module}.`
      : '';
  const name = `${prefix}${exception.cls.qualifiedName}`;
  const place = exception.attributes.has('lineno') ? syntaxPlace(exception) : '';
  let text: string;
  try {
    text = str(exception, machine);
  } catch (error) {
    if (!(error instanceof Raised)) throw error;
    text = '<exception str() failed>';
  }
  const notes = exception.attributes.get('__notes__');
  const added = notes instanceof List ? notes.items.map((note) => `${str(note, machine)}\n`).join('') : '';
  return `${place}${text === '' ? name : `${name}: ${text}`}\n${added}`;
}

function syntaxPlace(exception: ExceptionObject): string {
  const get = (name: string): number => Number(exception.attributes.get(name));
  const file = nameText(exception.attributes.get('filename'));
  const line = nameText(exception.attributes.get('text')).replace(/\n$/, '');
  const shown = line.trimStart();
  const indent = line.length - shown.length;
  const start = Math.max(0, get('offset') - 1 - indent);
  const end = get('end_lineno') === get('lineno') ? get('end_offset') - 1 - indent : shown.trimEnd().length;
  const head = `  File "${file}", line ${get('lineno')}\n`;
  if (shown.trim() === '') return head;
  const carets =
    exception.cls.name === 'IndentationError' && exception.attributes.get('msg') === 'unexpected indent'
      ? ''
      : `    ${' '.repeat(start)}${'^'.repeat(Math.max(1, end - start))}\n`;
  return `${head}    ${shown.trimEnd()}\n${carets}`;
}
