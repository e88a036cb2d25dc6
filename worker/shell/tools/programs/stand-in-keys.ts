/** Texts that look like keys and certificates and have their sizes: random bytes in armour, of no use to anyone. */
import type { AppletContext } from '../../applets/context.ts';

const LINE_CHARACTERS = 64;

/** A PEM block (RFC 7468) that holds `bytes` random bytes. */
export function standInPem(
  context: AppletContext,
  label: string,
  bytes: number,
  lineCharacters = LINE_CHARACTERS,
): string {
  const lines = standInBase64(context, bytes).match(new RegExp(`.{1,${lineCharacters}}`, 'g')) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Random bytes in base64. */
export function standInBase64(context: AppletContext, bytes: number): string {
  const random = context.process.kernel.random.bytes(bytes);
  return btoa(Array.from(random, (byte) => String.fromCharCode(byte)).join(''));
}
