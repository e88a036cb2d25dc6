/** Certificates (X.509, RFC 5280) that sign themselves: what a Dockerfile makes for a server on localhost. */
import { concatBytes, utf8, type Bytes } from '../../../base/bytes.ts';
import { bits, context, contextBytes, integer, nothing, octets, oid, sequence, set, text, time, truth } from './der.ts';

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3', C: '2.5.4.6', L: '2.5.4.7', ST: '2.5.4.8', O: '2.5.4.10', OU: '2.5.4.11', emailAddress: '1.2.840.113549.1.9.1',
}; // prettier-ignore
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11';
const SHA256_WITH_ECDSA = '1.2.840.10045.4.3.2';
const DAY_MS = 86_400_000;

interface CertificateRequest {
  /** As -subj has it: `/C=DE/O=Example/CN=localhost`. */
  readonly subject: string;
  readonly days: number;
  /** `DNS:localhost,IP:127.0.0.1` */
  readonly alternativeNames: string | undefined;
  readonly nowMs: number;
  readonly serial: Uint8Array;
}

/** Signs a certificate for a key with that key. */
export async function selfSigned(keys: CryptoKeyPair, request: CertificateRequest): Promise<Bytes> {
  const isRsa = keys.privateKey.algorithm.name === 'RSASSA-PKCS1-v1_5';
  const algorithm = isRsa ? sequence(oid(SHA256_WITH_RSA), nothing()) : sequence(oid(SHA256_WITH_ECDSA));
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('spki', keys.publicKey));
  const name = nameOf(request.subject);
  const body = sequence(
    context(0, integer(Uint8Array.of(2))),
    integer(request.serial),
    algorithm,
    name,
    sequence(time(request.nowMs), time(request.nowMs + request.days * DAY_MS)),
    name,
    publicKey,
    context(3, sequence(...(await extensions(publicKey, request.alternativeNames)))),
  );
  const signed = new Uint8Array(
    await crypto.subtle.sign(isRsa ? 'RSASSA-PKCS1-v1_5' : { name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, body),
  );
  return sequence(body, algorithm, bits(isRsa ? signed : ecdsaSignature(signed)));
}

/** WebCrypto gives the two numbers one behind the other. */
function ecdsaSignature(raw: Uint8Array): Bytes {
  const half = raw.byteLength / 2;
  const trimmed = (part: Uint8Array): Uint8Array =>
    part.subarray(
      Math.max(
        0,
        part.findIndex((byte) => byte !== 0),
      ),
    );
  return sequence(integer(trimmed(raw.subarray(0, half))), integer(trimmed(raw.subarray(half))));
}

function nameOf(subject: string): Bytes {
  const parts = subject.split('/').flatMap((part) => {
    const equals = part.indexOf('=');
    const attribute = ATTRIBUTES[part.slice(0, Math.max(0, equals))];
    return attribute === undefined ? [] : [set(sequence(oid(attribute), text(part.slice(equals + 1))))];
  });
  return sequence(...parts);
}

async function extensions(publicKey: Bytes, alternativeNames: string | undefined): Promise<Bytes[]> {
  const identifier = new Uint8Array(await crypto.subtle.digest('SHA-1', publicKey));
  const all = [
    sequence(oid('2.5.29.14'), octets(octets(identifier))),
    sequence(oid('2.5.29.35'), octets(sequence(contextBytes(0, identifier)))),
    sequence(oid('2.5.29.19'), truth(), octets(sequence(truth()))),
  ];
  if (alternativeNames === undefined) return all;
  const names = alternativeNames.split(',').map((name) => {
    const [kind = '', value = ''] = name.trim().split(/:(.*)/s);
    if (kind === 'IP') return contextBytes(7, Uint8Array.from(value.split('.'), Number));
    return contextBytes(kind === 'email' ? 1 : 2, utf8(value));
  });
  return [...all, sequence(oid('2.5.29.17'), octets(concatBytes([sequence(...names)])))];
}
