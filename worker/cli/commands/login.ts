import { HUB_ADDRESS, configPath, registryAddress, storeCredentials } from '../client-config.ts';
import { CliError, type Command } from '../command.ts';
import { printLine, type CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import type { RegistryCredentials } from '../../engine/docker/api.ts';

export const login: Command = {
  path: ['login'],
  summary: 'Authenticate to a registry.',
  description: 'Authenticate to a registry.\nDefaults to Docker Hub if no server is specified.',
  usage: ['[OPTIONS] [SERVER]'],
  arguments: { least: 0, most: 1 },
  flags: [
    { name: 'password', short: 'p', kind: 'string', help: 'Password or Personal Access Token (PAT)' },
    { name: 'password-stdin', kind: 'bool', help: 'Take the Password or Personal Access Token (PAT) from stdin' },
    { name: 'username', short: 'u', kind: 'string', help: 'Username' },
  ],
  async run(context, { flags, operands: [server] }) {
    const address = registryAddress(server);
    const credentials = await askedCredentials(context, flags);
    const registry = address === HUB_ADDRESS ? 'docker.io' : address;
    const said = await context.docker.system.login(registry, credentials, context.job);
    await storeCredentials(context, address, credentials);
    await context.shell.err.write(
      `\nWARNING! Your credentials are stored unencrypted in '${configPath(context)}'.\nConfigure a credential helper to remove this warning. See\nhttps://docs.docker.com/go/credential-store/\n\n`,
    );
    await printLine(context, said);
    return 0;
  },
};

async function askedCredentials(context: CliContext, flags: Flags): Promise<RegistryCredentials> {
  const { shell } = context;
  const username = flags.text('username') ?? '';
  let password = flags.text('password') ?? '';
  if (flags.given('password') && flags.bool('password-stdin')) {
    throw new CliError('conflicting options: cannot specify both --password and --password-stdin');
  }
  if (flags.given('password')) {
    await shell.err.write('WARNING! Using --password via the CLI is insecure. Use --password-stdin.\n');
  }
  if (flags.bool('password-stdin')) {
    if (username === '') throw new CliError('the --password-stdin option requires --username to be set');
    password = (await shell.stdin().text()).replace(/\r?\n$/, '');
  }
  if (username !== '' && password !== '') return { username, password };
  if (!shell.process.descriptors.get(0).terminal) {
    throw new CliError('Error: Cannot perform an interactive login from a non TTY device');
  }
  return {
    username: username === '' ? await ask(context, 'Username: ') : username,
    password: password === '' ? await ask(context, 'Password: ') : password,
  };
}

async function ask({ shell }: CliContext, question: string): Promise<string> {
  await shell.out.write(question);
  await shell.out.flush();
  for await (const line of shell.stdin().lines()) {
    if (line.trim() !== '') return line.trim();
    break;
  }
  throw new CliError(
    question.startsWith('Username') ? 'Error: Non-null Username Required' : 'Error: Password Required',
  );
}
