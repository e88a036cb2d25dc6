/** The passwords of `openssl passwd -1` and `-apr1`: MD5-crypt, as FreeBSD made it and Apache renamed it. */
import { concatBytes, utf8 } from '../../../base/bytes.ts';
import { Md5 } from '../digests/md5.ts';

const ROUNDS = 1000;
const MAX_SALT = 8;
const DIGITS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** Bytes of the digest that make four digits together. */
const GROUPS = [[0, 6, 12], [1, 7, 13], [2, 8, 14], [3, 9, 15], [4, 10, 5]] as const; // prettier-ignore

function md5(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = new Md5();
  hash.update(concatBytes(parts));
  return Uint8Array.from(hash.digestHex().match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** `magic` is `1` or `apr1`. */
export function md5Crypt(password: string, salt: string, magic: string): string {
  const key = utf8(password);
  const seed = utf8(salt.slice(0, MAX_SALT));
  const inner = md5(key, seed, key);
  const parts: Uint8Array[] = [key, utf8(`$${magic}$`), seed];
  for (let left = key.byteLength; left > 0; left -= inner.byteLength) parts.push(inner.subarray(0, Math.min(left, 16)));
  for (let bit = key.byteLength; bit > 0; bit >>= 1)
    parts.push((bit & 1) === 1 ? Uint8Array.of(0) : key.subarray(0, 1));
  let state = md5(...parts);
  for (let round = 0; round < ROUNDS; round++) {
    const odd = round % 2 === 1;
    state = md5(
      odd ? key : state,
      ...(round % 3 === 0 ? [] : [seed]),
      ...(round % 7 === 0 ? [] : [key]),
      odd ? state : key,
    );
  }
  let out = '';
  const put = (word: number, count: number): void => {
    for (let digit = 0, rest = word; digit < count; digit++, rest >>= 6) out += DIGITS[rest & 63] ?? '';
  };
  for (const [a, b, c] of GROUPS) put(((state[a] ?? 0) << 16) | ((state[b] ?? 0) << 8) | (state[c] ?? 0), 4);
  put(state[11] ?? 0, 2);
  return `$${magic}$${salt.slice(0, MAX_SALT)}$${out}`;
}
