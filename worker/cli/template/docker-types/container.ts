/** What `docker container inspect` hands to a template (moby `api/types/container.InspectResponse`, API 1.45). */
import {
  BOOL,
  embeddedField,
  INT,
  INT64,
  mapOf,
  pointerTo,
  sliceOf,
  STRING,
  structField,
  structType,
  TIME,
  type BasicType,
  type StructType,
} from '../go-type.ts';
import { CONTAINER_CONFIG } from './container-config.ts';
import { HOST_CONFIG, PORT_MAP } from './host-config.ts';
import { DESCRIPTOR, DRIVER_DATA, STRING_MAP, STRINGS } from './shared.ts';

const text = (name: string): BasicType => ({ kind: 'string', name });

const HEALTHCHECK_RESULT = structType('container.HealthcheckResult', [
  structField('Start', TIME),
  structField('End', TIME),
  structField('ExitCode', INT),
  structField('Output', STRING),
]);

const STATE = structType('container.State', [
  structField('Status', STRING),
  structField('Running', BOOL),
  structField('Paused', BOOL),
  structField('Restarting', BOOL),
  structField('OOMKilled', BOOL),
  structField('Dead', BOOL),
  structField('Pid', INT),
  structField('ExitCode', INT),
  structField('Error', STRING),
  structField('StartedAt', STRING),
  structField('FinishedAt', STRING),
  structField(
    'Health',
    pointerTo(
      structType('container.Health', [
        structField('Status', STRING),
        structField('FailingStreak', INT),
        structField('Log', sliceOf(pointerTo(HEALTHCHECK_RESULT))),
      ]),
    ),
    ',omitempty',
  ),
]);

const BASE = structType('container.ContainerJSONBase', [
  structField('ID', STRING, 'Id'),
  structField('Created', STRING),
  structField('Path', STRING),
  structField('Args', STRINGS),
  structField('State', pointerTo(STATE)),
  structField('Image', STRING),
  structField('ResolvConfPath', STRING),
  structField('HostnamePath', STRING),
  structField('HostsPath', STRING),
  structField('LogPath', STRING),
  structField('Name', STRING),
  structField('RestartCount', INT),
  structField('Driver', STRING),
  structField('Platform', STRING),
  structField('MountLabel', STRING),
  structField('ProcessLabel', STRING),
  structField('AppArmorProfile', STRING),
  structField('ExecIDs', STRINGS),
  structField('HostConfig', pointerTo(HOST_CONFIG)),
  structField('GraphDriver', DRIVER_DATA),
  structField('SizeRw', pointerTo(INT64), ',omitempty'),
  structField('SizeRootFs', pointerTo(INT64), ',omitempty'),
]);

const MOUNT_POINT = structType('container.MountPoint', [
  structField('Type', text('mount.Type'), ',omitempty'),
  structField('Name', STRING, ',omitempty'),
  structField('Source', STRING),
  structField('Destination', STRING),
  structField('Driver', STRING, ',omitempty'),
  structField('Mode', STRING),
  structField('RW', BOOL),
  structField('Propagation', text('mount.Propagation')),
]);

const IPAM = structType('network.EndpointIPAMConfig', [
  structField('IPv4Address', STRING, ',omitempty'),
  structField('IPv6Address', STRING, ',omitempty'),
  structField('LinkLocalIPs', STRINGS, ',omitempty'),
]);

const ENDPOINT = structType('network.EndpointSettings', [
  structField('IPAMConfig', pointerTo(IPAM)),
  structField('Links', STRINGS),
  structField('Aliases', STRINGS),
  structField('MacAddress', STRING),
  structField('DriverOpts', STRING_MAP),
  structField('GwPriority', INT),
  structField('NetworkID', STRING),
  structField('EndpointID', STRING),
  structField('Gateway', STRING),
  structField('IPAddress', STRING),
  structField('IPPrefixLen', INT),
  structField('IPv6Gateway', STRING),
  structField('GlobalIPv6Address', STRING),
  structField('GlobalIPv6PrefixLen', INT),
  structField('DNSNames', STRINGS),
]);

const ADDRESSES = sliceOf(structType('network.Address', [structField('Addr', STRING), structField('PrefixLen', INT)]));

const NETWORK_SETTINGS = structType('container.NetworkSettings', [
  embeddedField(
    'NetworkSettingsBase',
    structType('container.NetworkSettingsBase', [
      structField('Bridge', STRING),
      structField('SandboxID', STRING),
      structField('SandboxKey', STRING),
      structField('Ports', PORT_MAP),
      structField('HairpinMode', BOOL),
      structField('LinkLocalIPv6Address', STRING),
      structField('LinkLocalIPv6PrefixLen', INT),
      structField('SecondaryIPAddresses', ADDRESSES),
      structField('SecondaryIPv6Addresses', ADDRESSES),
    ]),
  ),
  embeddedField(
    'DefaultNetworkSettings',
    structType('container.DefaultNetworkSettings', [
      structField('EndpointID', STRING),
      structField('Gateway', STRING),
      structField('GlobalIPv6Address', STRING),
      structField('GlobalIPv6PrefixLen', INT),
      structField('IPAddress', STRING),
      structField('IPPrefixLen', INT),
      structField('IPv6Gateway', STRING),
      structField('MacAddress', STRING),
    ]),
  ),
  structField('Networks', mapOf(STRING, pointerTo(ENDPOINT))),
]);

/** A container as `docker container inspect` and `docker inspect` have it. */
export const CONTAINER_INSPECT: StructType = structType('container.InspectResponse', [
  embeddedField('ContainerJSONBase', pointerTo(BASE)),
  structField('Mounts', sliceOf(MOUNT_POINT)),
  structField('Config', pointerTo(CONTAINER_CONFIG)),
  structField('NetworkSettings', pointerTo(NETWORK_SETTINGS)),
  structField('ImageManifestDescriptor', pointerTo(DESCRIPTOR), ',omitempty'),
]);
