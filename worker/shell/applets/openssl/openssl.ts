/** openssl: versions, digests, random bytes, base64, passwords, keys, and certificates that sign themselves. All of it is real. */
import { hex } from '../../../base/bytes.ts';
import { bodyOf } from '../../../vfs/body.ts';
import { encodeText } from '../../text.ts';
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { MD5, SHA1, SHA224, SHA256, SHA384, SHA512 } from '../digests/algorithms.ts';
import { digestOfInput } from '../digests/digest-program.ts';
import { eachInput } from '../inputs.ts';
import { saltOf, sha256Crypt, sha512Crypt } from '../password-hash.ts';
import { selfSigned } from './certificate.ts';
import { toPem } from './der.ts';
import { generateKeys, readPrivateKey } from './keys.ts';
import { md5Crypt } from './md5-crypt.ts';

const VERSION = 'OpenSSL 3.0.17 1 Jul 2025 (Library: OpenSSL 3.0.17 1 Jul 2025)';
const DIGESTS = { md5: MD5, sha1: SHA1, sha224: SHA224, sha256: SHA256, sha384: SHA384, sha512: SHA512 } as const;
const isDigest = (name: string): name is keyof typeof DIGESTS => Object.hasOwn(DIGESTS, name);
const BASE64_LINE = 64;
const DEFAULT_DAYS = 30;
const SERIAL_BYTES = 20;

export const openssl: Applet = {
  names: ['openssl'],
  summary: 'Digests, random bytes, passwords, keys, certificates',
  usage: 'version|dgst|rand|enc|base64|passwd|genrsa|genpkey|req [OPTION]...',
  async run(context) {
    const [command = '', ...words] = context.args;
    const request = readWords(words);
    if (isDigest(command)) return digest(context, { ...request, flags: new Set([...request.flags, command]) });
    switch (command) {
      case 'version':
        await context.out.write(`${VERSION}\n`);
        return 0;
      case 'dgst':
        return digest(context, request);
      case 'rand':
        return random(context, request);
      case 'base64':
        return base64(context, request);
      case 'enc':
        if (request.flags.has('base64') || request.flags.has('a')) return base64(context, request);
        return refuse(context, 'enc: ciphers are not available in Strata; -base64 is');
      case 'passwd':
        return password(context, request);
      case 'genrsa':
      case 'genpkey':
      case 'ecparam':
        return generate(context, command, request);
      case 'req':
        return certificate(context, request);
      default:
        return refuse(context, `${command}: not available in Strata`);
    }
  },
};

/** The words behind the command: `-name value` for those that take one, flags, and the rest. */
interface Request {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
  readonly operands: readonly string[];
}

const TAKES_VALUE =
  /^(?:out|in|keyout|key|subj|days|newkey|addext|config|extensions|salt|stdin_pass|algorithm|pkeyopt|name|rand|set_serial|inkey|passout|passin|pass|outform|inform)$/;

function readWords(words: readonly string[]): Request {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  const operands: string[] = [];
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = word.replace(/^--?/, '');
    if (!word.startsWith('-') || word === '-') operands.push(word);
    else if (TAKES_VALUE.test(name))
      values.set(
        name,
        [...(name === 'addext' && values.has(name) ? [values.get(name)] : []), rest.shift() ?? ''].join('\n'),
      );
    else flags.add(name);
  }
  return { values, flags, operands };
}

async function refuse(context: AppletContext, message: string): Promise<number> {
  await context.complain(message);
  return 1;
}

/** Writes to the file of -out, or to standard output. */
async function put(
  context: AppletContext,
  { values }: Request,
  data: Uint8Array | string,
  mode?: number,
): Promise<number> {
  const path = values.get('out');
  const bytes = typeof data === 'string' ? encodeText(data) : data;
  if (path === undefined) {
    await context.out.write(bytes);
    return 0;
  }
  try {
    context.files.writeBody(path, bodyOf(bytes.slice()), mode);
    return 0;
  } catch (error) {
    await context.err.write(`Can't open "${path}" for writing, No such file or directory\n`);
    return context.report(path, error);
  }
}

async function digest(context: AppletContext, request: Request): Promise<number> {
  const name = [...request.flags].find(isDigest) ?? 'sha256';
  const { label } = DIGESTS[name];
  return eachInput(context, request.operands, async (input, path) => {
    const digits = await digestOfInput(context, DIGESTS[name], input);
    const shown = path === '-' ? 'stdin' : path;
    if (request.flags.has('binary'))
      await context.out.write(Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16)));
    else if (request.flags.has('r')) await context.out.write(`${digits} *${shown}\n`);
    else await context.out.write(`${label.replace('SHA', 'SHA2-').replace('SHA2-1', 'SHA1')}(${shown})= ${digits}\n`);
  });
}

async function random(context: AppletContext, request: Request): Promise<number> {
  const length = Number(request.operands[0] ?? 'none');
  if (!Number.isInteger(length) || length < 0) return refuse(context, 'rand: Extra arguments given.');
  const bytes = context.process.kernel.random.bytes(length);
  if (request.flags.has('hex')) return put(context, request, `${hex(bytes)}\n`);
  return put(context, request, request.flags.has('base64') ? wrapped(bytes) : bytes);
}

function wrapped(bytes: Uint8Array): string {
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  return (text.match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? []).map((line) => `${line}\n`).join('');
}

async function base64(context: AppletContext, request: Request): Promise<number> {
  const input = await context.open(request.values.get('in') ?? '-');
  const bytes = await input.all();
  input.close();
  if (!request.flags.has('d')) {
    const text = wrapped(bytes);
    return put(context, request, request.flags.has('A') ? text.replaceAll('\n', '') : text);
  }
  const text = new TextDecoder().decode(bytes).replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*=*$/.test(text)) return 1;
  return put(
    context,
    request,
    Uint8Array.from(atob(text), (one) => one.charCodeAt(0)),
  );
}

async function password(context: AppletContext, request: Request): Promise<number> {
  const { flags, values, operands } = request;
  const typed = flags.has('stdin')
    ? (await context.stdin().text()).split('\n').filter((line) => line !== '')
    : operands;
  if (typed.length === 0) return refuse(context, 'passwd: nobody is there to type a password');
  const salt =
    values.get('salt') ?? saltOf(context.process.kernel.random.bytes(flags.has('5') || flags.has('6') ? 16 : 8));
  for (const one of typed) {
    const hashed = flags.has('6')
      ? await sha512Crypt(one, salt)
      : flags.has('5')
        ? await sha256Crypt(one, salt)
        : md5Crypt(one, salt, flags.has('apr1') ? 'apr1' : '1');
    await context.out.write(`${hashed}\n`);
  }
  return 0;
}

async function generate(context: AppletContext, command: string, request: Request): Promise<number> {
  const size =
    request.operands.find((word) => /^\d+$/.test(word)) ??
    /rsa_keygen_bits:(\d+)/.exec(request.values.get('pkeyopt') ?? '')?.[1];
  const algorithm = command === 'ecparam' ? 'EC' : (request.values.get('algorithm') ?? 'RSA');
  const keys = await generateKeys(algorithm, Number(size ?? 2048));
  if (keys === undefined) return refuse(context, `${command}: ${algorithm} is not available in Strata`);
  return put(
    context,
    request,
    toPem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey))),
    0o600,
  );
}

/** `req -x509`: a certificate that signs itself, with a new key or one that is there. */
async function certificate(context: AppletContext, request: Request): Promise<number> {
  const { flags, values } = request;
  if (!flags.has('x509'))
    return refuse(context, 'req: only certificates that sign themselves (-x509) are made in Strata');
  const [algorithm = 'rsa', size = '2048'] = (values.get('newkey') ?? 'rsa:2048').split(':');
  const path = values.get('key');
  const keys = path === undefined ? await generateKeys(algorithm, Number(size)) : await readPrivateKey(context, path);
  if (keys === undefined) return refuse(context, `req: no key: ${path ?? values.get('newkey') ?? ''}`);
  if (values.get('subj') === undefined)
    return refuse(context, 'req: nobody is there to be asked for a name: give -subj');
  const serial = context.process.kernel.random.bytes(SERIAL_BYTES);
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const bytes = await selfSigned(keys, {
    subject: values.get('subj') ?? '',
    days: Number(values.get('days') ?? DEFAULT_DAYS),
    alternativeNames: /^\s*subjectAltName\s*=\s*(.*)$/m.exec(values.get('addext') ?? '')?.[1],
    nowMs: context.process.kernel.clock.nowMs(),
    serial,
  });
  if (path === undefined) {
    const target = values.get('keyout') ?? 'privkey.pem';
    const pem = toPem('PRIVATE KEY', new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey)));
    const status = await put(context, { ...request, values: new Map([['out', target]]) }, pem, 0o600);
    if (status !== 0) return status;
  }
  return put(context, request, toPem('CERTIFICATE', bytes));
}
