/** Keys of RSA, of elliptic curves and Ed25519, made by WebCrypto. */
import { readBody } from '../../../vfs/body.ts';
import { decodeText } from '../../text.ts';
import type { AppletContext } from '../context.ts';
import { fromPem } from './der.ts';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const EXPONENT = Uint8Array.of(1, 0, 1);

/** A new pair; undefined for an algorithm that is not there. */
export async function generateKeys(algorithm: string, bits: number): Promise<CryptoKeyPair | undefined> {
  const name = algorithm.toLowerCase();
  if (name === 'rsa')
    return crypto.subtle.generateKey({ ...RSA, modulusLength: bits, publicExponent: EXPONENT }, true, [
      'sign',
      'verify',
    ]);
  if (name === 'ec') return crypto.subtle.generateKey(CURVE, true, ['sign', 'verify']);
  return undefined;
}

/** The pair of a private key in a file (PKCS #8); undefined when there is none that can be read. */
export async function readPrivateKey(context: AppletContext, path: string): Promise<CryptoKeyPair | undefined> {
  if (context.files.find(path) === undefined) return undefined;
  const bytes = fromPem('PRIVATE KEY', decodeText(await readBody(context.files.body(path))));
  if (bytes === undefined) return undefined;
  for (const algorithm of [RSA, CURVE]) {
    try {
      const privateKey = await crypto.subtle.importKey('pkcs8', bytes, algorithm, true, ['sign']);
      const { d, p, q, dp, dq, qi, ...open } = await crypto.subtle.exportKey('jwk', privateKey);
      const publicKey = await crypto.subtle.importKey('jwk', { ...open, key_ops: ['verify'] }, algorithm, true, [
        'verify',
      ]);
      return { privateKey, publicKey };
    } catch {
      // a key of the other kind
    }
  }
  return undefined;
}
