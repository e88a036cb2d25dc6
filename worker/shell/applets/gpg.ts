/**
 * gpg, gpgv and gpgconf, simulated: keys are taken on trust and no signature is checked; armour (RFC 9580, section 6) is put on
 * and taken off as it should be.
 */
import { bodyOf } from '../../vfs/body.ts';
import type { Bytes } from '../../base/bytes.ts';
import { decodeText } from '../text.ts';
import type { Applet } from './applet.ts';
import { errorText, type AppletContext } from './context.ts';
import { fromPem } from './openssl/der.ts';

const VERSION = '2.2.40';
const FAILED = 2;
/** Options with a value of their own. */
const WITH_VALUE =
  /^(?:-o|-u|-r|--(?:output|keyserver|keyserver-options|keyring|homedir|local-user|recipient|trust-model|passphrase|passphrase-fd|pinentry-mode|status-fd|logger-fd|options|kill|quick-gen-key))$/;

export const gpg: Applet = {
  names: ['gpg', 'gpg1', 'gpg2', 'gpgv', 'gpgconf', 'gpg-agent', 'dirmngr', 'gpg-connect-agent'],
  summary: 'Keys and signatures (simulated)',
  usage: '[--batch] --recv-keys KEY... | --import FILE | --verify SIGNATURE FILE | --dearmor | --export KEY',
  async run(context) {
    if (
      context.name === 'gpgconf' ||
      context.name === 'gpg-agent' ||
      context.name === 'dirmngr' ||
      context.name === 'gpg-connect-agent'
    )
      return 0;
    const { command, values, operands } = readWords(context);
    switch (command) {
      case '--version':
        await context.out.write(`gpg (GnuPG) ${VERSION}\n`);
        return 0;
      case '--dearmor':
        return dearmor(context, values, operands);
      case '--enarmor':
      case '--list-keys':
      case '-k':
      case '--fingerprint':
      case '--list-public-keys':
        return 0;
      case '--recv-keys':
      case '--recv-key':
      case '--receive-keys':
      case '--recv':
        return receive(context, operands);
      case '--import':
        return importKeys(context, operands);
      case '--verify':
        return verify(context, operands);
      case '--export':
        return exportKeys(context, values, operands);
      case '--delete-keys':
      case '--delete-key':
      case '--refresh-keys':
      case '--edit-key':
      case '--gen-key':
        return 0;
      default:
        if (context.name === 'gpgv') return verify(context, operands);
        return tell(
          context,
          `gpg: ${command === '' ? 'no command supplied' : `${command}: not simulated in Strata`}\n`,
          FAILED,
        );
    }
  },
};

interface Words {
  readonly command: string;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

const COMMAND =
  /^--(?:version|dearmor|enarmor|list-(?:public-)?keys|fingerprint|recv(?:-keys?)?|receive-keys|import|verify|export|delete-keys?|refresh-keys|edit-key|gen-key|sign|encrypt|decrypt|clearsign|detach-sign|symmetric)$|^-[kdesb]$/;

function readWords({ args }: AppletContext): Words {
  const values = new Map<string, string>();
  const operands: string[] = [];
  let command = '';
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals === -1 ? word : word.slice(0, equals);
    if (COMMAND.test(name)) command = name;
    else if (WITH_VALUE.test(name)) values.set(name, equals === -1 ? (rest.shift() ?? '') : word.slice(equals + 1));
    else if (!word.startsWith('-') || word === '-') operands.push(word);
  }
  return { command, values, operands };
}

async function tell(context: AppletContext, text: string, status: number): Promise<number> {
  await context.out.flush();
  await context.err.write(text);
  return status;
}

/** The last 16 digits name a key. */
const shortName = (key: string): string => key.replace(/^0x/i, '').replace(/\s/g, '').slice(-16).toUpperCase();

async function receive(context: AppletContext, keys: readonly string[]): Promise<number> {
  context.simulate('gpg: no key server is asked; keys are taken as received');
  const lines = keys.map((key) => `gpg: key ${shortName(key)}: public key imported\n`);
  return tell(
    context,
    `${lines.join('')}gpg: Total number processed: ${keys.length}\ngpg:               imported: ${keys.length}\n`,
    0,
  );
}

async function readAll(context: AppletContext, path: string): Promise<Bytes | number> {
  try {
    const input = await context.open(path);
    const bytes = await input.all();
    input.close();
    return bytes;
  } catch (error) {
    return tell(context, `gpg: can't open '${path}': ${errorText(error)}\n`, FAILED);
  }
}

async function importKeys(context: AppletContext, paths: readonly string[]): Promise<number> {
  context.simulate('gpg: keys are taken on trust, and no signature is ever checked with them');
  for (const path of paths.length === 0 ? ['-'] : paths) {
    const bytes = await readAll(context, path);
    if (typeof bytes === 'number') return bytes;
    if (bytes.byteLength === 0)
      return tell(context, 'gpg: no valid OpenPGP data found.\ngpg: Total number processed: 0\n', FAILED);
  }
  return tell(context, 'gpg: Total number processed: 1\ngpg:               imported: 1\n', 0);
}

async function verify(context: AppletContext, paths: readonly string[]): Promise<number> {
  context.simulate('gpg: signatures are not checked; the files are there, and that is all that is known');
  for (const path of paths) {
    if (path !== '-' && context.files.find(path) === undefined)
      return tell(context, `gpg: can't open '${path}': No such file or directory\n`, FAILED);
  }
  return tell(context, 'gpg: assuming signed data is as signed: Strata checks no signatures\n', 0);
}

async function dearmor(context: AppletContext, values: Words['values'], paths: readonly string[]): Promise<number> {
  const bytes = await readAll(context, paths[0] ?? '-');
  if (typeof bytes === 'number') return bytes;
  const text = decodeText(bytes);
  const label = /-----BEGIN (PGP [A-Z ]+)-----/.exec(text)?.[1];
  // behind the headers and an empty line; the line with `=` is a checksum
  const plain = text
    .replace(/\r/g, '')
    .replace(/(-----BEGIN [^\n]*-----\n)(?:[A-Z][a-z]+: [^\n]*\n)*\n/, '$1')
    .replace(/\n=[A-Za-z0-9+/]{4}\n/, '\n');
  const contents = label === undefined ? bytes : fromPem(label, plain);
  if (contents === undefined || bytes.byteLength === 0)
    return tell(context, 'gpg: no valid OpenPGP data found.\n', FAILED);
  return put(context, values, contents);
}

async function exportKeys(context: AppletContext, values: Words['values'], keys: readonly string[]): Promise<number> {
  context.simulate('gpg: what is exported is a stand-in, not a key');
  return put(context, values, new TextEncoder().encode(`Strata stands in for ${keys.join(' ')}\n`));
}

async function put(context: AppletContext, values: Words['values'], bytes: Uint8Array): Promise<number> {
  const path = values.get('--output') ?? values.get('-o');
  if (path === undefined || path === '-') {
    await context.out.write(bytes.slice());
    return 0;
  }
  try {
    context.files.writeBody(path, bodyOf(bytes.slice()));
    return 0;
  } catch (error) {
    return tell(context, `gpg: can't create '${path}': ${errorText(error)}\n`, FAILED);
  }
}
