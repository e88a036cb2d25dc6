/** `openssl` as Dockerfiles use it: digests, random bytes and password hashes are computed; keys and certificates are stand-ins. */
import type { Applet } from '../../applets/applet.ts';
import { errorText, type AppletContext } from '../../applets/context.ts';
import { MD5, SHA1, SHA224, SHA256, SHA384, SHA512, type DigestAlgorithm } from '../../applets/digests/algorithms.ts';
import { digestOfInput } from '../../applets/digests/digest-program.ts';
import { saltOf, sha512Crypt } from '../../applets/password-hash.ts';
import { hex } from '../../../base/bytes.ts';
import { writeText } from '../placing.ts';
import { installedVersion } from './package-version.ts';
import { standInPem } from './stand-in-keys.ts';
import { refuse } from './version-tellers.ts';

/** By the names of the commands, with the names that OpenSSL 3 prints. */
const DIGESTS: Readonly<Record<string, { readonly algorithm: DigestAlgorithm; readonly shown: string }>> = {
  md5: { algorithm: MD5, shown: 'MD5' },
  sha1: { algorithm: SHA1, shown: 'SHA1' },
  sha224: { algorithm: SHA224, shown: 'SHA2-224' },
  sha256: { algorithm: SHA256, shown: 'SHA2-256' },
  sha384: { algorithm: SHA384, shown: 'SHA2-384' },
  sha512: { algorithm: SHA512, shown: 'SHA2-512' },
};
/** Bytes in the armour of what a command makes, for a key of 2048 bits. */
const CERTIFICATE_BYTES = 780;
const REQUEST_BYTES = 617;
const PARAMETER_BYTES = 268;
const EC_KEY_BYTES = 121;
const RSA_KEY_BYTES: Readonly<Record<string, number>> = { '1024': 635, '2048': 1218, '3072': 1794, '4096': 2374 };
const DEFAULT_BITS = '2048';
const BASE64_LINE = 64;
const SALT_BYTES = 16;

export const openssl: Applet = {
  names: ['openssl'],
  summary: 'Digests, random bytes, password hashes; keys and certificates are stand-ins (simulated)',
  usage: 'COMMAND [OPTION]...',
  async run(context) {
    const [command = '', ...words] = context.args;
    if (command === 'version') return tellVersion(context);
    if (command === 'rand') return random(context, words);
    if (command === 'passwd') return passwd(context, words);
    if (command === 'dgst' || DIGESTS[command] !== undefined) return digest(context, command, words);
    if (['req', 'genrsa', 'genpkey', 'ecparam', 'dhparam'].includes(command)) return makeKeys(context, command, words);
    if (['x509', 's_client', 'enc', 'pkcs12', 'rsa', 'pkey', 'ca', 'verify', 'ec'].includes(command))
      return refuse(
        context,
        'of openssl, Strata has digests, rand, passwd, req -x509, genrsa, genpkey, ecparam and dhparam',
      );
    await context.err.write(`Invalid command '${command}'; type "help" for a list.\n`);
    return 1;
  },
};

async function tellVersion(context: AppletContext): Promise<number> {
  const version = (await installedVersion(context, ['openssl'])) ?? '3.0.17';
  await context.out.write(`OpenSSL ${version} (Library: OpenSSL ${version})\n`);
  return 0;
}

function valueOf(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  return at === -1 ? undefined : words[at + 1];
}

async function random(context: AppletContext, words: readonly string[]): Promise<number> {
  const count = Number(words.findLast((word) => /^\d+$/.test(word)));
  if (!Number.isSafeInteger(count)) {
    await context.err.write('rand: Use -help for summary.\n');
    return 1;
  }
  const bytes = context.process.kernel.random.bytes(count);
  const file = valueOf(words, '-out');
  const text = words.includes('-hex')
    ? `${hex(bytes)}\n`
    : words.includes('-base64')
      ? `${(btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join('')).match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? []).join('\n')}\n`
      : bytes;
  if (file === undefined) {
    await context.out.write(text);
    return 0;
  }
  const output = await context.create(file);
  await output.write(text);
  await output.close();
  return 0;
}

async function passwd(context: AppletContext, words: readonly string[]): Promise<number> {
  const salt = valueOf(words, '-salt');
  const password = words.find((word, index) => !word.startsWith('-') && words[index - 1] !== '-salt');
  if (!words.includes('-6') || password === undefined)
    return refuse(context, 'of the password hashes, Strata has -6 (SHA-512) of a password that is given');
  const used = salt ?? saltOf(context.process.kernel.random.bytes(SALT_BYTES));
  await context.out.write(`${await sha512Crypt(password, used)}\n`);
  return 0;
}

async function digest(context: AppletContext, command: string, words: readonly string[]): Promise<number> {
  const named =
    command === 'dgst' ? (words.find((word) => DIGESTS[word.slice(1)] !== undefined)?.slice(1) ?? 'sha256') : command;
  const found = DIGESTS[named];
  if (found === undefined || words.includes('-sign') || words.includes('-verify') || words.includes('-hmac'))
    return refuse(context, 'signatures are not computed here');
  const files = words.filter((word) => !word.startsWith('-'));
  let status = 0;
  for (const file of files.length === 0 ? ['-'] : files) {
    const shown = file === '-' ? 'stdin' : file;
    try {
      const input = await context.open(file);
      const sum = await digestOfInput(context, found.algorithm, input);
      input.close();
      await context.out.write(words.includes('-r') ? `${sum} *${shown}\n` : `${found.shown}(${shown})= ${sum}\n`);
    } catch (error) {
      await context.err.write(`${named}: ${file}: ${errorText(error)}\n`);
      status = 1;
    }
  }
  return status;
}

async function makeKeys(context: AppletContext, command: string, words: readonly string[]): Promise<number> {
  context.simulate(`openssl ${command}: keys and certificates have the right sizes; they are random and prove nothing`);
  const rsa = (bits: string): string =>
    standInPem(context, 'PRIVATE KEY', RSA_KEY_BYTES[bits] ?? RSA_KEY_BYTES[DEFAULT_BITS] ?? 0);
  const bits =
    words.findLast((word) => RSA_KEY_BYTES[word] !== undefined) ??
    /rsa:(\d+)/.exec(words.join(' '))?.[1] ??
    DEFAULT_BITS;
  if (command !== 'req') {
    const text =
      command === 'ecparam'
        ? standInPem(context, 'EC PRIVATE KEY', EC_KEY_BYTES)
        : command === 'dhparam'
          ? standInPem(context, 'DH PARAMETERS', PARAMETER_BYTES)
          : rsa(bits);
    return give(context, valueOf(words, '-out'), text);
  }
  if (!words.includes('-subj') && !words.includes('-config') && !words.includes('-batch')) {
    await context.err.write('Error: No objects specified in config file\nproblems making Certificate Request\n');
    return 1;
  }
  const keyFile = valueOf(words, '-keyout');
  if (valueOf(words, '-key') === undefined) await give(context, keyFile ?? 'privkey.pem', rsa(bits), 0o600);
  const certificate = words.includes('-x509');
  const text = standInPem(
    context,
    certificate ? 'CERTIFICATE' : 'CERTIFICATE REQUEST',
    certificate ? CERTIFICATE_BYTES : REQUEST_BYTES,
  );
  return give(context, valueOf(words, '-out'), text);
}

async function give(context: AppletContext, path: string | undefined, text: string, mode = 0o666): Promise<number> {
  if (path === undefined) await context.out.write(text);
  else writeText(context, context.files.realPath(path), text, mode);
  return 0;
}
