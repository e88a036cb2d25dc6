/** Passwords as shadow keeps them: SHA-crypt, `$5$salt$hash` and `$6$salt$hash` (Drepper's specification, version 0.6). */
import { concatBytes, utf8, type Bytes } from '../../base/bytes.ts';

/** One of the two forms. */
interface Form {
  readonly letter: '5' | '6';
  readonly algorithm: 'SHA-256' | 'SHA-512';
  readonly bytes: number;
  /** Which bytes of the digest make four digits together. */
  readonly groups: number;
  readonly next: (triple: Triple) => Triple;
}
type Triple = readonly [number, number, number];

const SHA512_FORM: Form = {
  letter: '6',
  algorithm: 'SHA-512',
  bytes: 64,
  groups: 21,
  next: ([a, b, c]) => [b + 1, c + 1, a + 1],
};
const SHA256_FORM: Form = {
  letter: '5',
  algorithm: 'SHA-256',
  bytes: 32,
  groups: 10,
  next: ([a, b, c]) => [c + 1, a + 1, b + 1],
};
const ROUNDS = 5000;
const MAX_SALT = 16;
const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** A salt of random bytes. */
export function saltOf(random: Uint8Array): string {
  return Array.from(random, (byte) => DIGITS[byte & 63] ?? '').join('');
}

/** The field of /etc/shadow for a password. */
export function sha512Crypt(password: string, salt: string): Promise<string> {
  return shaCrypt(SHA512_FORM, password, salt);
}

/** The older form of the same. */
export function sha256Crypt(password: string, salt: string): Promise<string> {
  return shaCrypt(SHA256_FORM, password, salt);
}

async function shaCrypt(form: Form, password: string, salt: string): Promise<string> {
  const digest = async (parts: readonly Uint8Array[]): Promise<Bytes> =>
    new Uint8Array(await crypto.subtle.digest(form.algorithm, concatBytes(parts)));
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
  return `$${form.letter}$${salt.slice(0, MAX_SALT)}$${encoded(state, form)}`;
}

/** The digest over and over, `length` bytes of it. */
function filled(bytes: Bytes, length: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => bytes[index % bytes.byteLength] ?? 0);
}

/** Three bytes from a third of the digest each make four digits; which comes first goes round. */
function encoded(bytes: Bytes, { letter, bytes: length, groups, next }: Form): string {
  let out = '';
  const put = (word: number, count: number): void => {
    for (let digit = 0, rest = word; digit < count; digit++, rest >>= 6) out += DIGITS[rest & 63] ?? '';
  };
  const third = Math.floor(length / 3);
  let triple: Triple = [0, third, third * 2];
  for (let group = 0; group < groups; group++) {
    const [a, b, c] = triple;
    put(((bytes[a] ?? 0) << 16) | ((bytes[b] ?? 0) << 8) | (bytes[c] ?? 0), 4);
    triple = next(triple);
  }
  if (letter === '6') put(bytes[63] ?? 0, 2);
  else put(((bytes[31] ?? 0) << 8) | (bytes[30] ?? 0), 3);
  return out;
}
