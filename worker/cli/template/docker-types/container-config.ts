/** A container's own settings (moby `api/types/container.Config`); those of its host are in `host-config.ts`. */
import { BOOL, INT, mapOf, pointerTo, STRING, structField, structType, type StructType } from '../go-type.ts';
import { HEALTHCHECK, STRING_MAP, STRING_SET, STRING_SLICE, STRINGS } from './shared.ts';

/** `80/tcp`: no plain string, so templates index port maps only in JSON's untyped form. */
export const PORT = { kind: 'string', name: 'nat.Port' } as const;

const PORT_SET = mapOf(PORT, structType('struct {}', []), 'nat.PortSet');

export const CONTAINER_CONFIG: StructType = structType('container.Config', [
  structField('Hostname', STRING),
  structField('Domainname', STRING),
  structField('User', STRING),
  structField('AttachStdin', BOOL),
  structField('AttachStdout', BOOL),
  structField('AttachStderr', BOOL),
  structField('ExposedPorts', PORT_SET, ',omitempty'),
  structField('Tty', BOOL),
  structField('OpenStdin', BOOL),
  structField('StdinOnce', BOOL),
  structField('Env', STRINGS),
  structField('Cmd', STRING_SLICE),
  structField('Healthcheck', pointerTo(HEALTHCHECK), ',omitempty'),
  structField('ArgsEscaped', BOOL, ',omitempty'),
  structField('Image', STRING),
  structField('Volumes', STRING_SET),
  structField('WorkingDir', STRING),
  structField('Entrypoint', STRING_SLICE),
  structField('NetworkDisabled', BOOL, ',omitempty'),
  structField('MacAddress', STRING, ',omitempty'),
  structField('OnBuild', STRINGS),
  structField('Labels', STRING_MAP),
  structField('StopSignal', STRING, ',omitempty'),
  structField('StopTimeout', pointerTo(INT), ',omitempty'),
  structField('Shell', STRING_SLICE, ',omitempty'),
]);
