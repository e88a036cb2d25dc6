/** What `docker network inspect` hands to a template (moby `api/types/network.Inspect`). */
import { BOOL, mapOf, sliceOf, STRING, structField, structType, type StructType } from '../go-type.ts';
import { STRING_MAP } from './shared.ts';

const POOL = structType('network.IPAMConfig', [
  structField('Subnet', STRING, ',omitempty'),
  structField('IPRange', STRING, ',omitempty'),
  structField('Gateway', STRING, ',omitempty'),
  structField('AuxAddress', STRING_MAP, 'AuxiliaryAddresses,omitempty'),
]);

const ENDPOINT = structType('network.EndpointResource', [
  structField('Name', STRING),
  structField('EndpointID', STRING),
  structField('MacAddress', STRING),
  structField('IPv4Address', STRING),
  structField('IPv6Address', STRING),
]);

/** A network as `docker network inspect` has it. */
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
      structField('Options', STRING_MAP),
      structField('Config', sliceOf(POOL)),
    ]),
  ),
  structField('Internal', BOOL),
  structField('Attachable', BOOL),
  structField('Ingress', BOOL),
  structField('ConfigFrom', structType('network.ConfigReference', [structField('Network', STRING)])),
  structField('ConfigOnly', BOOL),
  structField('Containers', mapOf(STRING, ENDPOINT)),
  structField('Options', STRING_MAP),
  structField('Labels', STRING_MAP),
]);
