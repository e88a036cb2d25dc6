/** Passwords as shadow keeps them: SHA-crypt with SHA-512, `$6$salt$hash` (Drepper's specification, version 0.6). */
import { concatBytes, utf8, type Bytes } from '../../base/bytes.ts';

const DIGEST_BYTES = 64;
const ROUNDS = 5000;
const MAX_SALT = 16;
const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A salt of random bytes. */
export function saltOf(random: Uint8Array): string {
  return Array.from(random, (byte) => DIGITS[byte & 63] ?? '').join('');
}

/** The field of /etc/shadow for a password. */
export async function sha512Crypt(password: string, salt: string): Promise<string> {
  const key = utf8(password);
  const seed = utf8(salt.slice(0, MAX_SALT));
  const alternate = await digest([key, seed, key]);
  const parts: Uint8Array[] = [key, seed, filled(alternate, key.byteLength)];
  for (let length = key.byteLength; length > 0; length >>= 1) parts.push((length & 1) === 1 ? alternate : key);
  let state = await digest(parts);
  const keySequence = filled(await digest(Array.from({ length: key.byteLength }, () => key)), key.byteLength);
  const repeats = 16 + (state[0] ?? 0);
  const saltSequence = filled(await digest(Array.from({ length: repeats }, () => seed)), seed.byteLength);
  for (let round = 0; round < ROUNDS; round++) {
    const odd = round % 2 === 1;
    state = await digest([
      odd ? keySequence : state,
      ...(round % 3 === 0 ? [] : [saltSequence]),
      ...(round % 7 === 0 ? [] : [keySequence]),
      odd ? state : keySequence,
    ]);
  }
  return `$6$${salt.slice(0, MAX_SALT)}$${encoded(state)}`;
}

async function digest(parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-512', concatBytes(parts)));
}

/** The digest over and over, `length` bytes of it. */
function filled(bytes: Bytes, length: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => bytes[index % DIGEST_BYTES] ?? 0);
}

/** Three bytes from a third of the digest each make four digits; which comes first goes round. */
function encoded(bytes: Bytes): string {
  let out = '';
  let [a, b, c] = [0, 21, 42];
  const put = (word: number, count: number): void => {
    for (let digit = 0, rest = word; digit < count; digit++, rest >>= 6) out += DIGITS[rest & 63] ?? '';
  };
  for (let group = 0; group < 21; group++) {
    put(((bytes[a] ?? 0) << 16) | ((bytes[b] ?? 0) << 8) | (bytes[c] ?? 0), 4);
    [a, b, c] = [b + 1, c + 1, a + 1];
  }
  put(bytes[63] ?? 0, 2);
  return out;
}
