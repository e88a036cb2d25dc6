/** The encodings of Buffer. */

/** Bytes of a text; an encoding that is not known is UTF-8. */
export function encodeText(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  switch (encoding.toLowerCase()) {
    case 'hex': {
      const digits = /^(?:[0-9a-f]{2})*/i.exec(text)?.[0] ?? '';
      return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
    }
    case 'base64':
    case 'base64url': {
      const plain = text
        .replaceAll('-', '+')
        .replaceAll('_', '/')
        .replace(/[^A-Za-z0-9+/]/g, '');
      return Uint8Array.from(atob(plain.slice(0, plain.length - (plain.length % 4 === 1 ? 1 : 0))), (sign) =>
        sign.charCodeAt(0),
      );
    }
    case 'latin1':
    case 'binary':
    case 'ascii':
      return Uint8Array.from(text, (sign) => sign.charCodeAt(0) & 0xff);
    case 'utf16le':
    case 'utf-16le':
    case 'ucs2':
    case 'ucs-2':
      return Uint8Array.from(
        { length: text.length * 2 },
        (_, at) => (text.charCodeAt(at >> 1) >> (at % 2 === 0 ? 0 : 8)) & 0xff,
      );
    default:
      return new TextEncoder().encode(text);
  }
}

export function decodeBytes(bytes: Uint8Array, encoding: string): string {
  const binary = (mask: number): string => Array.from(bytes, (byte) => String.fromCharCode(byte & mask)).join('');
  switch (encoding.toLowerCase()) {
    case 'hex':
      return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    case 'base64':
      return btoa(binary(0xff));
    case 'base64url':
      return btoa(binary(0xff)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
    case 'latin1':
    case 'binary':
      return binary(0xff);
    case 'ascii':
      return binary(0x7f);
    case 'utf16le':
    case 'utf-16le':
    case 'ucs2':
    case 'ucs-2':
      return new TextDecoder('utf-16le').decode(bytes);
    default:
      return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  }
}
