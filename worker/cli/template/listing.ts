/**
 * Lists under `--format`: one line per row, written by a template; with `table` in front of it as an aligned table with a
 * header line, with `json` as one JSON object per row (docker/cli `formatter`).
 */
import { EngineError, isEngineError } from '../../base/errors.ts';
import { alignColumns } from '../format/text-table.ts';
import { HEADER_FUNCTIONS } from './docker-functions.ts';
import type { Template } from './execution.ts';
import { mapOf, STRING } from './go-type.ts';
import { goMap, goString, type GoFunction, type GoValue } from './go-value.ts';
import { parseTemplate, withFunctions } from './template.ts';
import { execute } from './walk.ts';

interface Listing {
  readonly format: string;
  /** The header of each column, by the name that templates use for it. */
  readonly headers: ReadonlyMap<string, string>;
  /** What the template is executed on, usually made by `goObject`. */
  readonly rows: Iterable<GoValue>;
}

/**
 * The whole list, ending in a newline where it is not empty. Throws `invalid-argument`, worded as Docker words it; nothing
 * is shown then.
 */
export function writeListing({ format, headers, rows }: Listing): string {
  const table = format.startsWith('table');
  const body = table ? format.slice('table'.length) : format === 'json' ? '{{json .}}' : format;
  return told(() => {
    const template = parseTemplate(withEscapes(body.replace(/^ +| +$/g, '')));
    const lines = Array.from(rows, (row) => `${execute(template, row)}\n`).join('');
    return table ? alignColumns(`${headerLine(template, headers)}\n${lines}`) : lines;
  });
}

/** In a shell's quotes nobody can type a tab, so `\t` stands for one. */
function withEscapes(format: string): string {
  return format.replaceAll('\\t', '\t').replaceAll('\\n', '\n');
}

function headerLine(template: Template, headers: ReadonlyMap<string, string>): string {
  const type = mapOf(STRING, STRING, 'formatter.SubHeaderContext');
  const entries = goMap(
    type,
    [...headers].map(([name, header]) => [name, goString(header)] as const),
  );
  try {
    return execute(withFunctions(template, HEADER_FUNCTIONS), { ...entries, methods: new Map([['Label', LABEL]]) });
  } catch (error) {
    // Docker shows what there is of a header that cannot be written
    if (isEngineError(error, 'invalid-argument')) return String(error.data['output'] ?? '');
    throw error;
  }
}

/** `{{.Label "com.example.some-name"}}` has the header `some name`. */
const LABEL: GoFunction = {
  parameters: [STRING],
  call: (name) => {
    const last = name?.kind === 'string' ? (name.value.split('.').at(-1) ?? '') : '';
    return goString(last.replace(/[-_]/g, ' '));
  },
};

function told(write: () => string): string {
  try {
    return write();
  } catch (error) {
    if (!isEngineError(error, 'invalid-argument')) throw error;
    throw new EngineError('invalid-argument', `template parsing error: ${error.message}`, { cause: error });
  }
}
