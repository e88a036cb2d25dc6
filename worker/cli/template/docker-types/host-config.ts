/** What a container asks of its host (moby `api/types/container.HostConfig`). */
import {
  ANY,
  arrayOf,
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
  UINT,
  type BasicType,
  type StructType,
} from '../go-type.ts';
import { PORT } from './container-config.ts';
import { STRING_MAP, STRING_SLICE, STRINGS } from './shared.ts';

const text = (name: string): BasicType => ({ kind: 'string', name: `container.${name}` });
const UINT16: BasicType = { kind: 'uint', name: 'uint16' };
const UINT64: BasicType = { kind: 'uint', name: 'uint64' };

const PORT_BINDING = structType('nat.PortBinding', [
  structField('HostIP', STRING, 'HostIp'),
  structField('HostPort', STRING),
]);

/** Published ports: for each of the container's, those of the host. */
export const PORT_MAP = mapOf(PORT, sliceOf(PORT_BINDING), 'nat.PortMap');

const throttles = sliceOf(
  pointerTo(structType('blkiodev.ThrottleDevice', [structField('Path', STRING), structField('Rate', UINT64)])),
);

const WEIGHT_DEVICE = structType('blkiodev.WeightDevice', [structField('Path', STRING), structField('Weight', UINT16)]);

const DEVICE_MAPPING = structType('container.DeviceMapping', [
  structField('PathOnHost', STRING),
  structField('PathInContainer', STRING),
  structField('CgroupPermissions', STRING),
]);

const DEVICE_REQUEST = structType('container.DeviceRequest', [
  structField('Driver', STRING),
  structField('Count', INT),
  structField('DeviceIDs', STRINGS),
  structField('Capabilities', sliceOf(STRINGS)),
  structField('Options', STRING_MAP),
]);

const ULIMIT = structType('units.Ulimit', [
  structField('Name', STRING),
  structField('Hard', INT64),
  structField('Soft', INT64),
]);

/** A mount as it was asked for; what came of it is told by the container's own `Mounts`. */
const MOUNT = structType('mount.Mount', [
  structField('Type', { kind: 'string', name: 'mount.Type' }, ',omitempty'),
  structField('Source', STRING, ',omitempty'),
  structField('Target', STRING, ',omitempty'),
  structField('ReadOnly', BOOL, ',omitempty'),
  structField('Consistency', { kind: 'string', name: 'mount.Consistency' }, ',omitempty'),
  structField('BindOptions', ANY, ',omitempty'),
  structField('VolumeOptions', ANY, ',omitempty'),
  structField('ImageOptions', ANY, ',omitempty'),
  structField('TmpfsOptions', ANY, ',omitempty'),
  structField('ClusterOptions', ANY, ',omitempty'),
]);

const RESOURCES = structType('container.Resources', [
  structField('CPUShares', INT64, 'CpuShares'),
  structField('Memory', INT64),
  structField('NanoCPUs', INT64, 'NanoCpus'),
  structField('CgroupParent', STRING),
  structField('BlkioWeight', UINT16),
  structField('BlkioWeightDevice', sliceOf(pointerTo(WEIGHT_DEVICE))),
  structField('BlkioDeviceReadBps', throttles),
  structField('BlkioDeviceWriteBps', throttles),
  structField('BlkioDeviceReadIOps', throttles),
  structField('BlkioDeviceWriteIOps', throttles),
  structField('CPUPeriod', INT64, 'CpuPeriod'),
  structField('CPUQuota', INT64, 'CpuQuota'),
  structField('CPURealtimePeriod', INT64, 'CpuRealtimePeriod'),
  structField('CPURealtimeRuntime', INT64, 'CpuRealtimeRuntime'),
  structField('CpusetCpus', STRING),
  structField('CpusetMems', STRING),
  structField('Devices', sliceOf(DEVICE_MAPPING)),
  structField('DeviceCgroupRules', STRINGS),
  structField('DeviceRequests', sliceOf(DEVICE_REQUEST)),
  structField('KernelMemory', INT64, ',omitempty'),
  structField('KernelMemoryTCP', INT64, ',omitempty'),
  structField('MemoryReservation', INT64),
  structField('MemorySwap', INT64),
  structField('MemorySwappiness', pointerTo(INT64)),
  structField('OomKillDisable', pointerTo(BOOL)),
  structField('PidsLimit', pointerTo(INT64)),
  structField('Ulimits', sliceOf(pointerTo(ULIMIT))),
  structField('CPUCount', INT64, 'CpuCount'),
  structField('CPUPercent', INT64, 'CpuPercent'),
  structField('IOMaximumIOps', UINT64),
  structField('IOMaximumBandwidth', UINT64),
]);

export const HOST_CONFIG: StructType = structType('container.HostConfig', [
  structField('Binds', STRINGS),
  structField('ContainerIDFile', STRING),
  structField(
    'LogConfig',
    structType('container.LogConfig', [structField('Type', STRING), structField('Config', STRING_MAP)]),
  ),
  structField('NetworkMode', text('NetworkMode')),
  structField('PortBindings', PORT_MAP),
  structField(
    'RestartPolicy',
    structType('container.RestartPolicy', [
      structField('Name', text('RestartPolicyMode')),
      structField('MaximumRetryCount', INT),
    ]),
  ),
  structField('AutoRemove', BOOL),
  structField('VolumeDriver', STRING),
  structField('VolumesFrom', STRINGS),
  structField('ConsoleSize', arrayOf(2, UINT)),
  structField('Annotations', STRING_MAP, ',omitempty'),
  structField('CapAdd', STRING_SLICE),
  structField('CapDrop', STRING_SLICE),
  structField('CgroupnsMode', text('CgroupnsMode')),
  structField('DNS', STRINGS, 'Dns'),
  structField('DNSOptions', STRINGS, 'DnsOptions'),
  structField('DNSSearch', STRINGS, 'DnsSearch'),
  structField('ExtraHosts', STRINGS),
  structField('GroupAdd', STRINGS),
  structField('IpcMode', text('IpcMode')),
  structField('Cgroup', text('CgroupSpec')),
  structField('Links', STRINGS),
  structField('OomScoreAdj', INT),
  structField('PidMode', text('PidMode')),
  structField('Privileged', BOOL),
  structField('PublishAllPorts', BOOL),
  structField('ReadonlyRootfs', BOOL),
  structField('SecurityOpt', STRINGS),
  structField('StorageOpt', STRING_MAP, ',omitempty'),
  structField('Tmpfs', STRING_MAP, ',omitempty'),
  structField('UTSMode', text('UTSMode')),
  structField('UsernsMode', text('UsernsMode')),
  structField('ShmSize', INT64),
  structField('Sysctls', STRING_MAP, ',omitempty'),
  structField('Runtime', STRING, ',omitempty'),
  structField('Isolation', text('Isolation')),
  embeddedField('Resources', RESOURCES),
  structField('Mounts', sliceOf(MOUNT), ',omitempty'),
  structField('MaskedPaths', STRINGS),
  structField('ReadonlyPaths', STRINGS),
  structField('Init', pointerTo(BOOL), ',omitempty'),
]);
