/** `ssh-keygen`: keys of the right names, sizes and modes, which open nothing. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { writeText } from '../placing.ts';
import { standInBase64, standInPem } from './stand-in-keys.ts';

/** Bytes in the armour of the private key, and in the public key, by type. */
const TYPES: Readonly<
  Record<string, { readonly privateBytes: number; readonly publicBytes: number; readonly name: string }>
> = {
  rsa: { privateBytes: 1835, publicBytes: 407, name: 'ssh-rsa' },
  ed25519: { privateBytes: 234, publicBytes: 51, name: 'ssh-ed25519' },
  ecdsa: { privateBytes: 311, publicBytes: 104, name: 'ecdsa-sha2-nistp256' },
};
const HOST_TYPES = ['rsa', 'ecdsa', 'ed25519'];
const LINE_CHARACTERS = 70;

export const sshKeygen: Applet = {
  names: ['ssh-keygen'],
  summary: 'Make SSH keys (simulated: they open nothing)',
  usage: '[-q] [-t TYPE] [-N PASSPHRASE] [-f FILE] | -A',
  async run(context) {
    const { args } = context;
    const valueOf = (option: string): string | undefined => {
      const at = args.indexOf(option);
      return at === -1 ? undefined : args[at + 1];
    };
    context.simulate('ssh-keygen: the keys have the right names and sizes; they are random and open nothing');
    if (args.includes('-A')) {
      const missing = HOST_TYPES.filter((type) => context.files.find(`/etc/ssh/ssh_host_${type}_key`) === undefined);
      for (const type of missing) writeKeys(context, type, `/etc/ssh/ssh_host_${type}_key`, '');
      await context.out.write(
        `ssh-keygen: generating new host keys: ${missing.map((type) => type.toUpperCase()).join(' ')} \n`,
      );
      return 0;
    }
    const type = valueOf('-t') ?? 'rsa';
    if (TYPES[type] === undefined) {
      await context.err.write(`unknown key type ${type}\n`);
      return 255;
    }
    const path = context.files.realPath(valueOf('-f') ?? `${context.env.get('HOME') ?? '/root'}/.ssh/id_${type}`);
    if (context.files.find(path) !== undefined) {
      await context.out.write(`${path} already exists.\nOverwrite (y/n)? `);
      return 1;
    }
    const quiet = args.includes('-q');
    if (!quiet) await context.out.write(`Generating public/private ${type} key pair.\n`);
    writeKeys(context, type, path, valueOf('-C') ?? `root@${context.env.get('HOSTNAME') ?? 'buildkitsandbox'}`);
    if (!quiet)
      await context.out.write(
        `Your identification has been saved in ${path}\nYour public key has been saved in ${path}.pub\n`,
      );
    return 0;
  },
};

function writeKeys(context: AppletContext, type: string, path: string, comment: string): void {
  const sizes = TYPES[type];
  if (sizes === undefined) return;
  const key = standInPem(context, 'OPENSSH PRIVATE KEY', sizes.privateBytes, LINE_CHARACTERS);
  writeText(context, path, key, 0o600);
  const publicKey = `${sizes.name} ${standInBase64(context, sizes.publicBytes)}`;
  writeText(context, `${path}.pub`, `${publicKey}${comment === '' ? '' : ` ${comment}`}\n`, 0o644);
}
