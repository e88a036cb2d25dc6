/** `crypto`: digests, keyed digests, randomness. */
import {
  MD5,
  SHA1,
  SHA224,
  SHA256,
  SHA384,
  SHA512,
  type DigestAlgorithm,
} from '../../../../applets/digests/algorithms.ts';
import type { Obj } from '../callable.ts';
import type { Steps, Value } from '../machine.ts';
import type { NodeHost } from '../runtime/host.ts';
import { bytesOfData } from './buffer-bytes.ts';
import { createBuffer } from './buffer.ts';
import type { BuiltinModule } from './module.ts';

const ALGORITHMS: Readonly<Record<string, DigestAlgorithm>> = {
  md5: MD5,
  sha1: SHA1,
  sha224: SHA224,
  sha256: SHA256,
  sha384: SHA384,
  sha512: SHA512,
};

export const crypto: BuiltinModule = {
  create: createBinding,
  source: `
const blockSize = { sha384: 128, sha512: 128 };
class Hash {
  constructor(name) { this._name = name; this._parts = []; binding.check(name); }
  update(data, encoding) { this._parts.push(typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(data)); return this; }
  digest(encoding) { const digest = binding.digest(this._name, Buffer.concat(this._parts)); return encoding ? digest.toString(encoding) : digest; }
  copy() { const other = new Hash(this._name); other._parts.push(...this._parts); return other; }
}
class Hmac extends Hash {
  constructor(name, key) {
    super(name);
    const size = blockSize[name] ?? 64;
    let bytes = Buffer.from(key);
    if (bytes.length > size) bytes = binding.digest(name, bytes);
    this._key = Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]);
    this._parts.push(this._key.map((byte) => byte ^ 0x36));
  }
  digest(encoding) {
    const inner = binding.digest(this._name, Buffer.concat(this._parts));
    const digest = binding.digest(this._name, Buffer.concat([this._key.map((byte) => byte ^ 0x5c), inner]));
    return encoding ? digest.toString(encoding) : digest;
  }
}
module.exports = {
  Hash,
  Hmac,
  createHash: (name) => new Hash(String(name).toLowerCase()),
  createHmac: (name, key) => new Hmac(String(name).toLowerCase(), key),
  getHashes: () => ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
  randomBytes: (size, callback) => callback ? process.nextTick(() => callback(null, binding.random(size))) : binding.random(size),
  randomInt: (low, high) => { if (high === undefined) [low, high] = [0, low]; return low + Math.floor(binding.random(4).readUInt32BE(0) / 2 ** 32 * (high - low)); },
  randomUUID: () => {
    const bytes = binding.random(16);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  },
  timingSafeEqual: (one, other) => Buffer.compare(one, other) === 0,
  getRandomValues: (array) => { array.set(binding.random(array.length)); return array; },
};
`,
};

function createBinding({ realm, context }: NodeHost): Obj {
  const algorithmOf = (name: Value): DigestAlgorithm =>
    ALGORITHMS[String(name).replace('-', '')] ??
    realm.fail('Error', 'Digest method not supported', { code: 'ERR_CRYPTO_INVALID_DIGEST' });
  const binding = realm.object();
  realm.natives(binding, {
    check: [1, (_self, [name]) => void algorithmOf(name)],
    random: [1, (_self, [size]) => createBuffer(realm, context.process.kernel.random.bytes(Number(size)).slice())],
  });
  realm.steppedNatives(binding, {
    digest: [
      2,
      function* (_self, [name, data]): Steps {
        const hash = algorithmOf(name).create();
        hash.update(bytesOfData(data));
        const hex = yield { kind: 'wait', promise: Promise.resolve(hash.digestHex()) };
        return createBuffer(realm, bytesOfData(hex, 'hex'));
      },
    ],
  });
  return binding;
}
