/** What a text is, as file(1) tells it: its language, encoding and line ends. */

interface TextKind {
  readonly words: string;
  readonly media: string;
}

/** Control characters a text may hold: bell to carriage return, and escape. */
const TEXT_CONTROLS = new Set([7, 8, 9, 10, 12, 13, 27]);

const SCRIPTS: readonly (readonly [interpreter: RegExp, words: string, media: string])[] = [
  [/^(?:da|a|k|z)?sh$/, 'POSIX shell script', 'text/x-shellscript'],
  [/^bash$/, 'Bourne-Again shell script', 'text/x-shellscript'],
  [/^python[\d.]*$/, 'Python script', 'text/x-script.python'],
  [/^perl[\d.]*$/, 'Perl script text executable', 'text/x-perl'],
  [/^node$/, 'Node.js script executable', 'application/javascript'],
];

const JSON_WORDS = 'JSON text data';

/** Undefined for what is no text. `executable` is the mode's. */
export function textKind(head: Uint8Array, executable: boolean): TextKind | undefined {
  if (head.some((byte) => (byte < 32 && !TEXT_CONTROLS.has(byte)) || byte === 127)) return undefined;
  const encoding = encodingOf(head);
  if (encoding === undefined) return undefined;
  const text = new TextDecoder('latin1').decode(head);
  const [language, media] = languageOf(text, executable);
  if (language === JSON_WORDS) return { words: language, media: `${media}; charset=${encoding.charset}` };
  const words = [language, `${encoding.words} text${scriptOf(text) === undefined ? '' : ' executable'}`].filter(
    (part) => part !== '',
  );
  return { words: words.join(', ') + lineEnds(text), media: `${media}; charset=${encoding.charset}` };
}

function encodingOf(head: Uint8Array): { words: string; charset: string } | undefined {
  if (head.every((byte) => byte < 128)) return { words: 'ASCII', charset: 'us-ascii' };
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    const marked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return { words: marked ? 'Unicode text, UTF-8 (with BOM)' : 'Unicode text, UTF-8', charset: 'utf-8' };
  } catch {
    return head.some((byte) => byte >= 128 && byte < 160) ? undefined : { words: 'ISO-8859', charset: 'iso-8859-1' };
  }
}

function scriptOf(text: string): string | undefined {
  return /^#! *(?:\S*\/env +)?(?:\S*\/)?([^\s/]+)/.exec(text)?.[1];
}

function languageOf(text: string, executable: boolean): readonly [words: string, media: string] {
  const interpreter = scriptOf(text);
  if (interpreter !== undefined) {
    const known = SCRIPTS.find(([pattern]) => pattern.test(interpreter));
    return known === undefined ? [`a ${interpreter} script`, 'text/plain'] : [known[1], known[2]];
  }
  if (/^\s*[[{]/.test(text) && isJson(text)) return [JSON_WORDS, 'application/json'];
  if (/^<\?xml/.test(text)) return ['XML 1.0 document', 'text/xml'];
  if (/^\s*<(?:!doctype html|html)/i.test(text)) return ['HTML document', 'text/html'];
  if (/^-----BEGIN CERTIFICATE-----/.test(text)) return ['PEM certificate', 'text/plain'];
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) return ['PEM private key', 'text/plain'];
  if (!executable && /^#include *[<"]/m.test(text)) return ['C source', 'text/x-c'];
  return ['', 'text/plain'];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function lineEnds(text: string): string {
  const crlf = text.includes('\r\n');
  const lf = /(?<!\r)\n/.test(text);
  if (crlf) return lf ? ', with CRLF, LF line terminators' : ', with CRLF line terminators';
  if (!lf) return text.includes('\r') ? ', with CR line terminators' : ', with no line terminators';
  return '';
}
