/** Texts as bytes and back, in the encodings programs use. */
import { utf8 } from '../../../../../base/bytes.ts';
import { decodeText, encodeText } from '../../../../text.ts';
import { raised } from '../objects/exceptions.ts';
import { latin1 } from '../objects/hashing.ts';
import { escapedCode } from '../machine/representation.ts';

type Encoding = 'utf-8' | 'ascii' | 'latin-1' | 'utf-16' | 'utf-8-sig';

function encodingOf(name: string): Encoding {
  const normal = name.toLowerCase().replaceAll('_', '-');
  switch (normal) {
    case 'utf-8':
    case 'utf8':
      return 'utf-8';
    case 'utf-8-sig':
      return 'utf-8-sig';
    case 'ascii':
    case 'us-ascii':
      return 'ascii';
    case 'latin-1':
    case 'latin1':
    case 'iso-8859-1':
    case 'cp1252':
      return 'latin-1';
    case 'utf-16':
    case 'utf16':
      return 'utf-16';
    default:
      throw raised('LookupError', `unknown encoding: ${name}`);
  }
}

export function encodeTextAs(text: string, name: string, errors: string): Uint8Array {
  const encoding = encodingOf(name);
  if (encoding === 'utf-8') return errors === 'surrogateescape' ? encodeText(text) : utf8(text);
  if (encoding === 'utf-8-sig') return Uint8Array.of(0xef, 0xbb, 0xbf, ...utf8(text));
  if (encoding === 'utf-16') {
    const bytes = [0xff, 0xfe];
    for (let at = 0; at < text.length; at++) bytes.push(text.charCodeAt(at) & 0xff, text.charCodeAt(at) >> 8);
    return Uint8Array.from(bytes);
  }
  const limit = encoding === 'ascii' ? 0x7f : 0xff;
  const out: number[] = [];
  let position = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code <= limit) out.push(code);
    else if (errors === 'replace') out.push(0x3f);
    else if (errors === 'backslashreplace') out.push(...utf8(escapedCode(code)));
    else if (errors === 'xmlcharrefreplace') out.push(...utf8(`&#${code};`));
    else if (errors !== 'ignore')
      throw raised(
        'UnicodeEncodeError',
        `'${encoding}' codec can't encode character '${escapedCode(code)}' in position ${position}: ordinal not in range(${limit + 1})`,
      );
    position++;
  }
  return Uint8Array.from(out);
}

export function decodeBytes(data: Uint8Array, name: string, errors: string): string {
  const encoding = encodingOf(name);
  switch (encoding) {
    case 'latin-1':
      return latin1(data);
    case 'utf-16':
      return new TextDecoder('utf-16le').decode(data);
    case 'ascii': {
      const wrong = data.findIndex((byte) => byte > 0x7f);
      if (wrong === -1) return latin1(data);
      if (errors === 'ignore') return latin1(data.filter((byte) => byte <= 0x7f));
      if (errors === 'replace') return latin1(data).replace(/[\x80-\xff]/g, '\ufffd');
      throw undecodable('ascii', data, wrong, 'ordinal not in range(128)');
    }
    default: {
      const body = encoding === 'utf-8-sig' && data[0] === 0xef && data[1] === 0xbb ? data.subarray(3) : data;
      const text = decodeText(body);
      if (!/[\udc80-\udcff]/.test(text) || !/(?<![\ud800-\udbff])[\udc80-\udcff]/.test(text)) return text;
      if (errors === 'surrogateescape') return text;
      if (errors === 'ignore') return text.replace(/(?<![\ud800-\udbff])[\udc80-\udcff]/g, '');
      if (errors === 'replace') return new TextDecoder().decode(body);
      const before = /(?<![\ud800-\udbff])[\udc80-\udcff]/.exec(text)?.index ?? 0;
      const position = encodeText(text.slice(0, before)).length;
      const byte = body[position] ?? 0;
      const isStart = byte >= 0xc2 && byte <= 0xf4;
      const isEnd = isStart && position + 1 >= body.length;
      throw undecodable(
        'utf-8',
        body,
        position,
        isEnd ? 'unexpected end of data' : isStart ? 'invalid continuation byte' : 'invalid start byte',
      );
    }
  }
}

function undecodable(encoding: string, data: Uint8Array, at: number, why: string): Error {
  const byte = (data[at] ?? 0).toString(16).padStart(2, '0');
  return raised('UnicodeDecodeError', `'${encoding}' codec can't decode byte 0x${byte} in position ${at}: ${why}`);
}
