/** `--network`, `--network-alias` and `--ip` of `docker run`: a name, or `name=NET,alias=DB,ip=ADDRESS`. */
import { csvFields } from '../../dockerfile/csv-fields.ts';
import type { ContainerCreate } from '../../engine/docker/container-types.ts';
import { CliError } from '../command.ts';
import type { Flags } from '../flags.ts';

type Attachment = NonNullable<ContainerCreate['networks']>[number];

/** Fields that are read and have nothing to act on here. */
const IDLE_FIELDS = ['ip6', 'mac-address', 'link-local-ip', 'driver-opt', 'gw-priority'];
const NOT_MADE_BY_PEOPLE = ['bridge', 'default', 'host', 'none'];

/** What is wrong with a `--network`; undefined when nothing is. */
export function networkProblem(value: string): string | undefined {
  const attachment = readAttachment(value);
  return typeof attachment === 'string' ? attachment : undefined;
}

/** The networks a container is to be connected to, the first of which is its mode. Throws {@link CliError}. */
export function networksOfFlags(flags: Flags): readonly Attachment[] {
  const given = [...flags.list('network'), ...flags.list('net')].flatMap((value) => {
    const attachment = readAttachment(value);
    return typeof attachment === 'string' ? [] : [attachment];
  });
  const [first = { network: 'bridge', aliases: [] }, ...others] = given;
  const aliases = flags.list('network-alias');
  const address = flags.text('ip');
  if (aliases.length > 0 && first.aliases.length > 0) {
    throw new CliError('conflicting options: cannot specify both --network-alias and per-network alias');
  }
  if (address !== undefined && first.address !== undefined) {
    throw new CliError('conflicting options: cannot specify both --ip and per-network IPv4 address');
  }
  const all = [
    { ...first, aliases: [...first.aliases, ...aliases], ...(address === undefined ? {} : { address }) },
    ...others,
  ];
  assertTogether(all);
  return all;
}

function assertTogether(networks: readonly Attachment[]): void {
  const names = networks.map(({ network }) => network);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw new CliError(`network "${repeated}" is specified multiple times`);
  const special = networks.filter(({ network }) => !isUserDefined(network));
  if (special.some(({ aliases }) => aliases.length > 0)) {
    throw new CliError('network-scoped aliases are only supported for user-defined networks');
  }
  if (networks.length > 1 && special.length > 0) {
    throw new CliError('conflicting options: cannot attach both user-defined and non-user-defined network-modes');
  }
}

function isUserDefined(network: string): boolean {
  return !NOT_MADE_BY_PEOPLE.includes(network) && !network.startsWith('container:');
}

/** A network with how to be on it, or what is wrong with the text. */
function readAttachment(value: string): Attachment | string {
  if (!/^\w[\w-]*=/.test(value)) return { network: value, aliases: [] };
  let network = '';
  let address: string | undefined;
  const aliases: string[] = [];
  for (const field of csvFields(value)) {
    const equals = field.indexOf('=');
    if (equals === -1) return `invalid field ${field}`;
    const key = field.slice(0, equals).trim().toLowerCase();
    const text = field.slice(equals + 1).trim();
    if (key === 'name') network = text;
    else if (key === 'alias') aliases.push(text);
    else if (key === 'ip') address = text;
    else if (!IDLE_FIELDS.includes(key)) return `invalid field key ${key}`;
  }
  if (network === '') return 'network name/id is not specified';
  return { network, aliases, ...(address === undefined ? {} : { address }) };
}
