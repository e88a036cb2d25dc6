/** The networks there are: those that every Docker engine has. Containers here share no network, so none can be made. */
import { EngineError } from '../base/errors.ts';
import { structField, structType, BOOL, STRING, mapOf, ANY, type StructType } from './template/go-type.ts';

export interface Network {
  readonly name: 'bridge' | 'host' | 'none';
  readonly driver: string;
  readonly id: string;
}

/** Made up once; they tell the networks apart, and mean nothing. */
export const NETWORKS: readonly Network[] = [
  { name: 'bridge', driver: 'bridge', id: '7f8e2c1d5a90b4c36e1f02ad9b87c65e4d3f21a0b9c8d7e6f5a4b3c2d1e0f9a8' },
  { name: 'host', driver: 'host', id: '2b6d9f041c7e83a5d0f1b2c3e4a596871029384756abcdef0123456789fedcba' },
  { name: 'none', driver: 'null', id: 'c40a1e7b9d2f5386714e0d9c8b7a6f5e4d3c2b1a09f8e7d6c5b4a39281706f5e' },
];

/** By name, ID or the beginning of one. Throws `not-found`. */
export function findNetwork(name: string): Network {
  const found =
    NETWORKS.find((network) => network.name === name) ?? NETWORKS.find(({ id }) => name !== '' && id.startsWith(name));
  if (found === undefined) throw new EngineError('not-found', `network ${name} not found`);
  return found;
}

/** What `docker network inspect` hands to a template. */
export const NETWORK_INSPECT: StructType = structType('network.Inspect', [
  structField('Name', STRING),
  structField('ID', STRING, 'Id'),
  structField('Created', STRING),
  structField('Scope', STRING),
  structField('Driver', STRING),
  structField('EnableIPv6', BOOL),
  structField(
    'IPAM',
    structType('network.IPAM', [
      structField('Driver', STRING),
      structField('Options', mapOf(STRING, STRING)),
      structField('Config', ANY),
    ]),
  ),
  structField('Internal', BOOL),
  structField('Attachable', BOOL),
  structField('Ingress', BOOL),
  structField('ConfigFrom', structType('network.ConfigReference', [structField('Network', STRING)])),
  structField('ConfigOnly', BOOL),
  structField('Containers', mapOf(STRING, ANY)),
  structField('Options', mapOf(STRING, STRING)),
  structField('Labels', mapOf(STRING, STRING)),
]);
