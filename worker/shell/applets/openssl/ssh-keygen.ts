/** ssh-keygen: keys of Ed25519 and RSA in the formats of OpenSSH (PROTOCOL.key), made by WebCrypto: they are real. */
import { concatBytes, utf8, type Bytes } from '../../../base/bytes.ts';
import { bodyOf, readBody } from '../../../vfs/body.ts';
import { decodeText, encodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { parseOptions } from '../options.ts';
import { readUsers } from '../users.ts';
import { readValue, toPem } from './der.ts';
import { generateKeys } from './keys.ts';

const BLOCK_BYTES = 8;
const SECRET_BYTES = 32;
/** Where in PKCS #8 the 32 bytes of a secret of Ed25519 stand (RFC 8410). */
const SECRET_OFFSET = 16;

const HOST_KEYS = [['ed25519', 'ssh_host_ed25519_key'], ['rsa', 'ssh_host_rsa_key']] as const; // prettier-ignore

export const sshKeygen: Applet = {
  names: ['ssh-keygen'],
  summary: 'Make keys for ssh',
  usage: '[-q] [-t ed25519|rsa] [-b BITS] [-C COMMENT] [-N PASSPHRASE] [-f FILE] | -A | -y -f FILE | -l -f FILE',
  async run(context) {
    const options = parseOptions(context.args, 'qAylvt:b:C:N:f:P:m:o');
    const users = await readUsers(context);
    const user = users.users.find(({ uid }) => uid === context.process.credentials.uid);
    const comment = options.value('C') ?? `${user?.name ?? 'root'}@${context.process.kernel.hostname}`;
    if (options.has('A')) return hostKeys(context, comment, options.has('q'));
    const type = options.value('t') ?? 'ed25519';
    const path = options.value('f') ?? `${user?.home ?? '/root'}/.ssh/id_${type}`;
    if (options.has('l')) return fingerprint(context, path);
    if (options.has('y')) return printPublic(context, path);
    if ((options.value('N') ?? '') !== '')
      return context.complain('keys with a passphrase are not made in Strata: give -N ""');
    if (!options.has('N') && !options.has('q'))
      await context.out.write('Enter passphrase (empty for no passphrase): \n');
    if (context.files.find(path) !== undefined) {
      await context.out.write(`${path} already exists.\nOverwrite (y/n)? `);
      return 1;
    }
    const quiet = options.has('q');
    if (!quiet) await context.out.write(`Generating public/private ${type} key pair.\n`);
    return make(context, { type, bits: Number(options.value('b') ?? 3072), path, comment, quiet });
  },
};

interface KeyOrder {
  readonly type: string;
  readonly bits: number;
  readonly path: string;
  readonly comment: string;
  readonly quiet: boolean;
}

async function hostKeys(context: AppletContext, comment: string, quiet: boolean): Promise<number> {
  const missing = HOST_KEYS.filter(([, name]) => context.files.find(`/etc/ssh/${name}`) === undefined);
  if (missing.length > 0 && !quiet) await context.out.write('ssh-keygen: generating new host keys: ');
  if (!quiet)
    await context.out.write(
      `${missing.map(([type]) => type.toUpperCase()).join(' ')}${missing.length > 0 ? ' \n' : ''}`,
    );
  for (const [type, name] of missing) {
    const status = await make(context, { type, bits: 3072, path: `/etc/ssh/${name}`, comment, quiet: true });
    if (status !== 0) return status;
  }
  return 0;
}

async function make(context: AppletContext, { type, bits, path, comment, quiet }: KeyOrder): Promise<number> {
  const made = type === 'ed25519' ? await ed25519(context, comment) : type === 'rsa' ? await rsa(bits) : undefined;
  if (made === undefined) return context.complain(`unknown key type ${type}`);
  const line = `${made.name} ${base64(made.publicKey)} ${comment}\n`;
  try {
    context.files.writeBody(path, bodyOf(encodeText(made.privatePem)), 0o600);
    context.files.changeMode(path, 0o600);
    context.files.writeBody(`${path}.pub`, bodyOf(encodeText(line)), 0o644);
  } catch (error) {
    await context.err.write(`Saving key "${path}" failed: ${errorText(error)}\n`);
    return 1;
  }
  if (!quiet)
    await context.out.write(
      `Your identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\nThe key fingerprint is:\n${await digestOf(made.publicKey)} ${comment}\n`,
    );
  return 0;
}

interface MadeKey {
  readonly name: string;
  /** As ssh sends it. */
  readonly publicKey: Bytes;
  readonly privatePem: string;
}

function field(bytes: Uint8Array): Bytes {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.byteLength);
  return concatBytes([length, bytes]);
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

async function ed25519(context: AppletContext, comment: string): Promise<MadeKey | undefined> {
  let pair: CryptoKeyPair | CryptoKey;
  try {
    pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  } catch {
    return undefined;
  }
  if (!('privateKey' in pair)) return undefined;
  const open = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
  const hidden = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  const secret = hidden.subarray(SECRET_OFFSET, SECRET_OFFSET + SECRET_BYTES);
  const name = utf8('ssh-ed25519');
  const publicKey = concatBytes([field(name), field(open)]);
  const check = context.process.kernel.random.bytes(4);
  const inner = concatBytes([
    check,
    check,
    field(name),
    field(open),
    field(concatBytes([secret, open])),
    field(utf8(comment)),
  ]);
  const filler = Uint8Array.from(
    { length: (BLOCK_BYTES - (inner.byteLength % BLOCK_BYTES)) % BLOCK_BYTES },
    (_, index) => index + 1,
  );
  const whole = concatBytes([
    utf8('openssh-key-v1\0'),
    field(utf8('none')),
    field(utf8('none')),
    field(new Uint8Array(0)),
    Uint8Array.of(0, 0, 0, 1),
    field(publicKey),
    field(concatBytes([inner, filler])),
  ]);
  return { name: 'ssh-ed25519', publicKey, privatePem: toPem('OPENSSH PRIVATE KEY', whole) };
}

async function rsa(bits: number): Promise<MadeKey | undefined> {
  const pair = await generateKeys('rsa', bits);
  if (pair === undefined) return undefined;
  const der = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
  // PKCS #8 holds PKCS #1, which ssh reads: version, algorithm, then the key as octets
  const outer = readValue(der, 0);
  const version = readValue(der, outer.start);
  const algorithm = readValue(der, version.end);
  const octets = readValue(der, algorithm.end);
  const key = der.slice(octets.start, octets.end);
  const inside = readValue(key, 0);
  const first = readValue(key, inside.start);
  const modulus = readValue(key, first.end);
  const exponent = readValue(key, modulus.end);
  const publicKey = concatBytes([
    field(utf8('ssh-rsa')),
    field(key.subarray(exponent.start, exponent.end)),
    field(key.subarray(modulus.start, modulus.end)),
  ]);
  return { name: 'ssh-rsa', publicKey, privatePem: toPem('RSA PRIVATE KEY', key) };
}

async function digestOf(publicKey: Bytes): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey));
  return `SHA256:${base64(digest).replace(/=+$/, '')}`;
}

async function publicLine(context: AppletContext, path: string): Promise<string | undefined> {
  const name = path.endsWith('.pub') ? path : `${path}.pub`;
  if (context.files.find(name) === undefined) return undefined;
  return decodeText(await readBody(context.files.body(name))).trim();
}

async function printPublic(context: AppletContext, path: string): Promise<number> {
  const line = await publicLine(context, path);
  if (line === undefined) return context.complain(`Load key "${path}": No such file or directory`);
  await context.out.write(`${line}\n`);
  return 0;
}

async function fingerprint(context: AppletContext, path: string): Promise<number> {
  const line = await publicLine(context, path);
  const [name = '', encoded = '', ...comment] = line?.split(' ') ?? [];
  if (line === undefined) return context.complain(`${path}: No such file or directory`);
  const bytes = Uint8Array.from(atob(encoded), (one) => one.charCodeAt(0));
  const bits = name === 'ssh-ed25519' ? 256 : (bytes.byteLength - 22) * 8;
  await context.out.write(
    `${bits} ${await digestOf(bytes)} ${comment.join(' ')} (${name === 'ssh-ed25519' ? 'ED25519' : 'RSA'})\n`,
  );
  return 0;
}
