/**
 * `setcap` and `getcap`: capabilities of a file, kept as the kernel keeps them, in the extended attribute `security.capability`
 * (linux/capability.h, version 2). Setting them copies the file up whole: a layer holds it again.
 */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { setExtendedAttributes } from '../placing.ts';

const ATTRIBUTE = 'security.capability';
/** By number (linux/capability.h). */
const NAMES =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'
    .split(' ')
    .map((name) => `cap_${name}`);
const REVISION_2 = 0x02000000;
const EFFECTIVE = 1;
const VALUE_BYTES = 20;

interface Capabilities {
  permitted: bigint;
  inheritable: bigint;
  effective: boolean;
}

export const setcap: Applet = {
  names: ['setcap'],
  summary: 'Set a file’s capabilities',
  usage: '[-r | CAPABILITIES] FILE...',
  async run(context) {
    const words = context.args.filter((word) => word !== '-q' && word !== '-n');
    if (context.process.credentials.uid !== 0) {
      await context.err.write('unable to set CAP_SETFCAP effective capability: Operation not permitted\n');
      return 1;
    }
    for (let at = 0; at + 1 < words.length; at += 2) {
      const [text = '', path = ''] = words.slice(at, at + 2);
      const capabilities = text === '-r' ? undefined : parseCapabilities(text);
      if (text !== '-r' && capabilities === undefined) {
        await context.err.write(
          'fatal error: Invalid argument\nusage: setcap [-h] [-q] [-v] [-n <rootid>] (-r|-|<caps>) <filename> [ ... (-r|-|<capsN>) <filenameN> ]\n',
        );
        return 1;
      }
      const inode = context.files.find(path)?.inode;
      if (inode?.kind !== 'file') {
        await context.err.write(
          `Failed to set capabilities on file '${path}': ${inode === undefined ? 'No such file or directory' : 'Invalid argument'}\n`,
        );
        return 1;
      }
      const xattrs = new Map(inode.xattrs);
      if (capabilities === undefined) xattrs.delete(ATTRIBUTE);
      else xattrs.set(ATTRIBUTE, encode(capabilities));
      setExtendedAttributes(context, path, xattrs);
    }
    return 0;
  },
};

export const getcap: Applet = {
  names: ['getcap'],
  summary: 'Tell files’ capabilities',
  usage: '[-r] FILE...',
  async run(context) {
    const recursive = context.args.includes('-r');
    for (const path of context.args.filter((word) => !word.startsWith('-'))) await tell(context, path, recursive);
    return 0;
  },
};

async function tell(context: AppletContext, path: string, recursive: boolean): Promise<void> {
  const inode = context.files.find(path, false)?.inode;
  if (inode?.kind === 'directory' && recursive) {
    for (const { name } of context.files.list(path)) await tell(context, `${path.replace(/\/$/, '')}/${name}`, true);
    return;
  }
  const value = inode?.kind === 'file' ? inode.xattrs?.get(ATTRIBUTE) : undefined;
  if (value !== undefined) await context.out.write(`${path} ${format(decode(value))}\n`);
}

/** `cap_net_raw,cap_net_admin=+ep`, several clauses with blanks between them (cap_from_text(3)); undefined for anything else. */
function parseCapabilities(text: string): Capabilities | undefined {
  const found: Capabilities = { permitted: 0n, inheritable: 0n, effective: false };
  for (const clause of text.trim().split(/\s+/)) {
    const [, names = '', actions = ''] = /^([a-z_,]*)((?:[=+-][eip]*)+)$/i.exec(clause) ?? [];
    if (actions === '') return undefined;
    const bits = namedBits(names);
    if (bits === undefined) return undefined;
    for (const [, operator, flags = ''] of actions.matchAll(/([=+-])([eip]*)/g))
      apply(found, bits, operator ?? '', flags);
  }
  return found;
}

function namedBits(names: string): bigint | undefined {
  if (names === '' || names === 'all') return (1n << BigInt(NAMES.length)) - 1n;
  let bits = 0n;
  for (const name of names.toLowerCase().split(',')) {
    const number = NAMES.indexOf(name);
    if (number === -1) return undefined;
    bits |= 1n << BigInt(number);
  }
  return bits;
}

function apply(found: Capabilities, bits: bigint, operator: string, flags: string): void {
  if (operator === '=') {
    found.permitted &= ~bits;
    found.inheritable &= ~bits;
  }
  const put = (set: bigint): bigint => (operator === '-' ? set & ~bits : set | bits);
  if (flags.includes('p')) found.permitted = put(found.permitted);
  if (flags.includes('i')) found.inheritable = put(found.inheritable);
  if (flags.includes('e')) found.effective = operator !== '-';
}

const LOW = 0xffffffffn;

function encode({ permitted, inheritable, effective }: Capabilities): Uint8Array {
  const value = new Uint8Array(VALUE_BYTES);
  const view = new DataView(value.buffer);
  const words = [
    REVISION_2 | (effective ? EFFECTIVE : 0),
    permitted & LOW,
    inheritable & LOW,
    permitted >> 32n,
    inheritable >> 32n,
  ];
  words.forEach((word, index) => view.setUint32(index * 4, Number(word), true));
  return value;
}

function decode(value: Uint8Array): Capabilities {
  const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
  const word = (index: number): bigint =>
    index * 4 + 4 > value.byteLength ? 0n : BigInt(view.getUint32(index * 4, true));
  return {
    permitted: word(1) | (word(3) << 32n),
    inheritable: word(2) | (word(4) << 32n),
    effective: (word(0) & BigInt(EFFECTIVE)) !== 0n,
  };
}

/** As cap_to_text(3) tells them: names of one set of flags together. */
function format({ permitted, inheritable, effective }: Capabilities): string {
  const byFlags = new Map<string, string[]>();
  NAMES.forEach((name, number) => {
    const bit = 1n << BigInt(number);
    const p = (permitted & bit) !== 0n;
    const i = (inheritable & bit) !== 0n;
    if (p || i) {
      const flags = `${effective ? 'e' : ''}${i ? 'i' : ''}${p ? 'p' : ''}`;
      byFlags.set(flags, [...(byFlags.get(flags) ?? []), name]);
    }
  });
  return [...byFlags].map(([flags, names]) => `${names.join(',')}=${flags}`).join(' ') || '=';
}
