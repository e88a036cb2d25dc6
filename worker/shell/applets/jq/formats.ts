/** `@csv` and its like. */
import { bytesOfText, textOfBytes } from './text-bytes.ts';
import { isArray, JqError, typeOf, writeJson, type Json } from './json.ts';
import { shortText } from './paths.ts';

const text = (value: Json): string => (typeof value === 'string' ? value : writeJson(value));
const HTML: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', "'": '&#39;', '"': '&quot;' };
const TSV: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r', '\\': '\\\\' };

/** The value as the format shows it. Throws {@link JqError}. */
export function formatText(format: string, value: Json): string {
  switch (format) {
    case 'text':
      return text(value);
    case 'json':
      return writeJson(value);
    case 'html':
      return text(value).replace(/[<>&'"]/g, (character) => HTML[character] ?? character);
    case 'uri':
      return encodeURIComponent(text(value)).replace(
        /[!'()*]/g,
        (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
      );
    case 'csv':
      return rowText(value, ',', 'csv', (cell) => `"${cell.replaceAll('"', '""')}"`);
    case 'tsv':
      return rowText(value, '\t', 'tsv', (cell) =>
        cell.replace(/[\t\n\r\\]/g, (character) => TSV[character] ?? character),
      );
    case 'sh':
      return (isArray(value) ? value : [value]).map(shellWord).join(' ');
    case 'base64':
      return btoa(String.fromCharCode(...bytesOfText(text(value))));
    case 'base64d':
      return decodeBase64(text(value));
    default:
      throw new JqError(`${format} is not a valid format`);
  }
}

function rowText(value: Json, separator: string, format: string, quote: (cell: string) => string): string {
  if (!isArray(value))
    throw new JqError(`${typeOf(value)} (${shortText(value)}) cannot be ${format}-formatted, only an array can be`);
  return value
    .map((cell) => {
      if (typeof cell === 'object' && cell !== null)
        throw new JqError(`${typeOf(cell)} (${shortText(cell)}) is not valid in a ${format} row`);
      return typeof cell === 'string' ? quote(cell) : cell === null ? '' : writeJson(cell);
    })
    .join(separator);
}

function shellWord(value: Json): string {
  if (typeof value === 'object' && value !== null)
    throw new JqError(`${typeOf(value)} (${shortText(value)}) can not be escaped for shell`);
  return typeof value === 'string' ? `'${value.replaceAll("'", "'\\''")}'` : writeJson(value);
}

function decodeBase64(encoded: string): string {
  try {
    const binary = atob(encoded.replace(/=+$/, ''));
    return textOfBytes(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
  } catch {
    throw new JqError(`string (${shortText(encoded)}) is not valid base64 data`);
  }
}
