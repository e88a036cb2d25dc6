/** What flags of `docker build` say of the machine that RUN sees: its network, its names, what it may do. */
import type { BuildRequest } from '../../build/types.ts';
import type { CliContext } from '../context.ts';
import type { Flags } from '../flags.ts';
import { isAddress } from '../container/flag-problems.ts';
import { buildError } from './build-inputs.ts';

const NETWORK_HOST = 'network.host';
const SECURITY_INSECURE = 'security.insecure';
const AGENT_VARIABLE = 'SSH_AUTH_SOCK';
const NO_AGENT = `invalid empty ssh agent socket: make sure ${AGENT_VARIABLE} is set`;
const NETWORK_MODES = ['default', 'none', 'host'];

/** Throws {@link CliError} as buildx words it. */
export function readRunSettings(context: CliContext, flags: Flags): Pick<BuildRequest, 'extraHosts' | 'entitlements'> {
  const network = flags.text('network') ?? 'default';
  if (!NETWORK_MODES.includes(network)) {
    throw buildError(
      `network mode ${JSON.stringify(network)} not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`,
    );
  }
  readAgents(context, flags);
  const allowed = flags.list('allow');
  for (const name of allowed) {
    if (name === SECURITY_INSECURE) {
      throw buildError(`failed to solve: granting entitlement ${name} is not allowed by build daemon configuration`);
    }
    if (name !== NETWORK_HOST) throw buildError(`unknown entitlement ${name}`);
  }
  return {
    extraHosts: flags.list('add-host').map(readHost),
    entitlements: network === 'host' ? [...allowed, NETWORK_HOST] : allowed,
  };
}

/** `--ssh default` or `--ssh NAME=SOCKET|KEY`: there is no agent here to hand on, but what is named must be there. */
function readAgents({ shell }: CliContext, flags: Flags): void {
  for (const text of flags.list('ssh')) {
    const paths = text.includes('=') ? text.slice(text.indexOf('=') + 1).split(',') : [shell.env.get(AGENT_VARIABLE)];
    for (const path of paths) {
      if (path === undefined || path === '') throw buildError(NO_AGENT);
      if (shell.files.find(path) === undefined) throw buildError(`stat ${path}: no such file or directory`);
    }
  }
}

/** `host:ip` or `host=ip`; an IPv6 address may stand in brackets. */
function readHost(text: string): { readonly host: string; readonly address: string } {
  const [, host, written] = /^([^:=]+)[:=](.+)$/.exec(text) ?? [];
  if (host === undefined || written === undefined) throw buildError(`invalid host ${text}`);
  const address = written.replace(/^\[(.*)\]$/, '$1');
  if (address === 'host-gateway') {
    throw buildError('unable to derive the IP value for host-gateway: failed to parse host-gateway IP: <nil>');
  }
  if (!isAddress(address)) throw buildError(`invalid host ${text}`);
  return { host, address };
}
