/** `html`, `js` and `urlquery`: text made safe for HTML, a JavaScript string, or a URL's query. */
import { utf8 } from '../../base/bytes.ts';
import { isPrintable } from '../format/go-quote.ts';

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\ufffd',
  '"': '&#34;',
  "'": '&#39;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
};

export function escapeHtml(text: string): string {
  return text.replace(/["'&<>\0]/g, (character) => HTML_ESCAPES[character] ?? character);
}

const JAVASCRIPT_ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '"': '\\"' };

export function escapeJavaScript(text: string): string {
  return [...text].map(escapedInJavaScript).join('');
}

function escapedInJavaScript(character: string): string {
  const short = JAVASCRIPT_ESCAPES[character];
  if (short !== undefined) return short;
  const ascii = character <= '\u007f';
  if (ascii ? character >= ' ' && !/[<>&=]/.test(character) : isPrintable(character)) return character;
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export function escapeQuery(text: string): string {
  const parts = Array.from(utf8(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.~]/.test(character)) return character;
    return byte === 0x20 ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return parts.join('');
}
