/** One record of comma-separated values, as Go's encoding/csv reads it: how `--mount` and `--device` list their options. */

/** The fields of a text. Throws an Error in Go's words where quotes are out of place, and for an empty text. */
export function csvFields(text: string): readonly string[] {
  if (text === '') throw new Error('EOF');
  const fields: string[] = [];
  for (let position = 0; position <= text.length;) {
    const field = text[position] === '"' ? quotedField(text, position) : plainField(text, position);
    fields.push(field.value);
    position = field.end + 1;
  }
  return fields;
}

interface Field {
  readonly value: string;
  /** Where the comma behind it is, or the text's end. */
  readonly end: number;
}

function plainField(text: string, start: number): Field {
  const comma = text.indexOf(',', start);
  const end = comma < 0 ? text.length : comma;
  const value = text.slice(start, end);
  if (value.includes('"')) throw misplaced(start + value.indexOf('"'), 'bare " in non-quoted field');
  return { value, end };
}

function quotedField(text: string, start: number): Field {
  let value = '';
  let from = start + 1;
  for (;;) {
    const mark = text.indexOf('"', from);
    if (mark < 0) throw misplaced(text.length, 'extraneous or missing " in quoted-field');
    value += text.slice(from, mark);
    const next = text[mark + 1];
    if (next === undefined || next === ',') return { value, end: mark + 1 };
    if (next !== '"') throw misplaced(mark, 'extraneous or missing " in quoted-field');
    value += '"';
    from = mark + 2;
  }
}

function misplaced(position: number, message: string): Error {
  return new Error(`parse error on line 1, column ${position + 1}: ${message}`);
}
