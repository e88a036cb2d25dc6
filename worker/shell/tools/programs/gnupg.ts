/**
 * GnuPG as Dockerfiles use it: armour is taken off and put on as it is (RFC 4880, "Forming ASCII Armor"), keys are kept. No key
 * server is asked and no signature is ever computed, and it says so.
 */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { errnoOf } from '../../kernel/errno.ts';
import { concatBytes, utf8Text } from '../../../base/bytes.ts';
import { bodyOf, readBody } from '../../../vfs/body.ts';
import { makeDirectories } from '../placing.ts';
import { installedVersion } from './package-version.ts';

const FAILED = 2;
const NO_DATA = 'gpg: no valid OpenPGP data found.\n';
/** Packages begin with a byte whose first bit is set; text never does. */
const PACKET_BIT = 0x80;
const ARMOUR = /-----BEGIN PGP [A-Z ]+-----\r?\n(?:[\w-]+: .*\r?\n)*\r?\n([\s\S]*?)-----END PGP/g;
const ASKS_SERVER = ['--recv-keys', '--receive-keys', '--recv', '--search-keys', '--refresh-keys', '--send-keys'];
const VALUED = ['--homedir', '--keyserver', '--keyserver-options', '--keyring', '--primary-keyring', '--output', '-o'];
const VALUED_TOO = [
  '--trust-model',
  '--passphrase',
  '--pinentry-mode',
  '--status-fd',
  '--options',
  '--recipient',
  '-r',
];

interface Call {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly operands: readonly string[];
}

function parseCall(words: readonly string[]): Call {
  const flags = new Set<string>();
  const values = new Map<string, string>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    const [, name = word, attached] = /^(--[\w-]+)=(.*)$/.exec(word) ?? [];
    if (VALUED.includes(name) || VALUED_TOO.includes(name)) values.set(name, attached ?? words[++at] ?? '');
    else if (word.startsWith('--') && word !== '--') flags.add(name);
    else if (/^-[a-z]+$/i.test(word)) {
      for (const [index, letter] of [...word.slice(1)].entries()) {
        // `-qo FILE`: the last letter of a cluster may take the next word
        if (letter === 'o' && index === word.length - 2) values.set('-o', words[++at] ?? '');
        else flags.add(`-${letter}`);
      }
    } else if (word !== '--') operands.push(word);
  }
  return { flags, values, operands };
}

export const gnupg: Applet = {
  names: ['gpg', 'gpg1', 'gpg2', 'gpgv'],
  summary: 'OpenPGP: takes armour off and on, keeps keys (no key server, no signatures; simulated)',
  usage: '[OPTION]... [FILE]...',
  async run(context) {
    const call = parseCall(context.args);
    const { flags } = call;
    if (flags.has('--version')) return tellVersion(context);
    if (ASKS_SERVER.some((flag) => flags.has(flag))) return refuseServer(context, call);
    if (flags.has('--dearmor') || flags.has('--enarmor')) return changeArmour(context, call);
    if (flags.has('--import')) return importKeys(context, call);
    if (flags.has('--export') || flags.has('--export-secret-keys')) return exportKeys(context, call);
    if (flags.has('--verify') || flags.has('--decrypt') || flags.has('-d') || context.name === 'gpgv')
      return verify(context, call);
    if (
      ['--list-keys', '-k', '--list-public-keys', '--fingerprint', '--list-secret-keys', '-K'].some((f) => flags.has(f))
    )
      return 0;
    await context.err.write(
      `strata: ${context.name}: of OpenPGP, Strata has --dearmor, --enarmor, --import, --export and the refusal of --recv-keys\n`,
    );
    return FAILED;
  },
};

async function tellVersion(context: AppletContext): Promise<number> {
  const packages = context.name === 'gpg1' ? ['gnupg1'] : ['gpg', 'gnupg'];
  const version = (await installedVersion(context, packages)) ?? (context.name === 'gpg1' ? '1.4.23' : '2.2.40');
  await context.out.write(`${context.name.replace(/[12]$/, '')} (GnuPG) ${version}\n`);
  return 0;
}

async function refuseServer(context: AppletContext, { values, flags }: Call): Promise<number> {
  const server = values.get('--keyserver') ?? 'the default key server';
  const did = flags.has('--send-keys') ? 'send' : flags.has('--search-keys') ? 'search' : 'receive';
  await context.err.write(
    `gpg: keyserver ${did} failed: ${server} is not asked: Strata fetches no keys, since it can check no signatures. COPY the key from the project, or leave the check out\n`,
  );
  return FAILED;
}

async function changeArmour(context: AppletContext, call: Call): Promise<number> {
  const input = await inputOf(context, call.operands[0]);
  if (input === undefined) return FAILED;
  const armours = call.flags.has('--enarmor');
  const bytes = armours ? new TextEncoder().encode(armoured(input)) : packetsOf(input);
  if (bytes === undefined) {
    await context.err.write(NO_DATA);
    return FAILED;
  }
  return give(context, call, bytes);
}

async function importKeys(context: AppletContext, call: Call): Promise<number> {
  const files = call.operands.length === 0 ? ['-'] : call.operands;
  let kept = 0;
  for (const file of files) {
    const input = await inputOf(context, file);
    const packets = input === undefined ? undefined : packetsOf(input);
    if (packets === undefined) {
      await context.err.write(NO_DATA);
      continue;
    }
    kept++;
    const ring = ringOf(context, call);
    makeDirectories(context, ring.slice(0, ring.lastIndexOf('/')));
    context.files.writeBody(ring, bodyOf(concatBytes([...(await ringBytes(context, call)), packets])), 0o600);
  }
  if (kept > 0) context.simulate('gpg: keys are kept as they came; no signature is ever checked with them');
  await context.err.write(`gpg: Total number processed: ${kept}\n`);
  if (kept > 0) await context.err.write(`gpg:               imported: ${kept}\n`);
  return kept === files.length ? 0 : FAILED;
}

async function exportKeys(context: AppletContext, call: Call): Promise<number> {
  const bytes = concatBytes(await ringBytes(context, call));
  if (bytes.byteLength === 0) {
    await context.err.write('gpg: WARNING: nothing exported\n');
    return 0;
  }
  const armours = call.flags.has('--armor') || call.flags.has('-a');
  return give(context, call, armours ? new TextEncoder().encode(armoured(bytes)) : bytes);
}

/** What cannot be computed is taken as good where a key is there to have computed it with, and the step is marked. */
async function verify(context: AppletContext, call: Call): Promise<number> {
  for (const path of call.operands) {
    if (context.files.find(path) !== undefined) continue;
    await context.err.write(
      `gpg: can't open '${path}': No such file or directory\ngpg: verify signatures failed: No such file or directory\n`,
    );
    return FAILED;
  }
  if (concatBytes(await ringBytes(context, call)).byteLength === 0) {
    await context.err.write("gpg: Can't check signature: No public key\n");
    return FAILED;
  }
  context.simulate('gpg: the signature was not checked, and is taken as good');
  await context.err.write('strata: gpg: the signature is not checked here, and is taken as good\n');
  return 0;
}

function ringOf(context: AppletContext, { values }: Call): string {
  const given = (values.get('--keyring') ?? values.get('--primary-keyring') ?? '').replace(/^gnupg-ring:/, '');
  const home =
    values.get('--homedir') ?? context.env.get('GNUPGHOME') ?? `${context.env.get('HOME') ?? '/root'}/.gnupg`;
  if (given === '') return `${home}/pubring.kbx`;
  return given.includes('/') ? context.files.realPath(given) : `${home}/${given}`;
}

async function ringBytes(context: AppletContext, call: Call): Promise<Uint8Array[]> {
  const ring = ringOf(context, call);
  return context.files.find(ring)?.inode.kind === 'file' ? [await readBody(context.files.body(ring))] : [];
}

async function inputOf(context: AppletContext, path = '-'): Promise<Uint8Array | undefined> {
  try {
    const input = await context.open(path);
    const bytes = await input.all();
    input.close();
    return bytes;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    await context.err.write(`gpg: can't open '${path}': No such file or directory\n`);
    return undefined;
  }
}

/** To the file that `-o` names, or to standard output. */
async function give(context: AppletContext, { values }: Call, bytes: Uint8Array): Promise<number> {
  const path = values.get('--output') ?? values.get('-o');
  if (path === undefined || path === '-') await context.out.write(bytes);
  else context.files.writeBody(path, bodyOf(Uint8Array.from(bytes)), 0o666);
  return 0;
}

/** The packets in armour, or as they are; undefined for what holds none. */
function packetsOf(input: Uint8Array): Uint8Array | undefined {
  if (((input[0] ?? 0) & PACKET_BIT) !== 0) return input;
  const blocks = [...utf8Text(input).matchAll(ARMOUR)].map(([, body = '']) => {
    const base64 = body
      .split(/\r?\n/)
      .filter((line) => !line.startsWith('='))
      .join('');
    return /^[A-Za-z0-9+/]+=*$/.test(base64) ? Uint8Array.from(atob(base64), (one) => one.charCodeAt(0)) : undefined;
  });
  const found = blocks.filter((block) => block !== undefined);
  return found.length === 0 ? undefined : concatBytes(found);
}

const LINE_CHARACTERS = 64;
const CRC24_START = 0xb704ce;
const CRC24_POLYNOMIAL = 0x1864cfb;

function armoured(bytes: Uint8Array): string {
  const base64 = (data: Uint8Array): string => btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
  const lines = base64(bytes).match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? [];
  const crc = crc24(bytes);
  const sum = base64(Uint8Array.of(crc >> 16, (crc >> 8) & 0xff, crc & 0xff));
  return `-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n${lines.join('\n')}\n=${sum}\n-----END PGP PUBLIC KEY BLOCK-----\n`;
}

function crc24(bytes: Uint8Array): number {
  let crc = CRC24_START;
  for (const byte of bytes) {
    crc ^= byte << 16;
    for (let bit = 0; bit < 8; bit++) {
      crc <<= 1;
      if ((crc & 0x1000000) !== 0) crc ^= CRC24_POLYNOMIAL;
    }
  }
  return crc & 0xffffff;
}

/** Its helpers run beside it; there is none to end or to configure here. */
export const gnupgHelpers: Applet = {
  names: ['gpgconf', 'gpg-agent', 'gpg-connect-agent', 'dirmngr'],
  summary: 'Helpers of gpg: accepted, without effect',
  usage: '[OPTION]...',
  run: () => Promise.resolve(0),
};
