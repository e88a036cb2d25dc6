/** What `docker image inspect` hands to a template (moby `api/types/image.InspectResponse`, API 1.45 and later). */
import {
  ANY,
  BOOL,
  embeddedField,
  INT64,
  pointerTo,
  sliceOf,
  STRING,
  structField,
  structType,
  TIME,
  type StructType,
} from '../go-type.ts';
import { CONTAINER_CONFIG } from './container-config.ts';
import { DESCRIPTOR, DRIVER_DATA, HEALTHCHECK, STRING_MAP, STRING_SET, STRINGS } from './shared.ts';

const OCI_CONFIG = structType('v1.ImageConfig', [
  structField('User', STRING, ',omitempty'),
  structField('ExposedPorts', STRING_SET, ',omitempty'),
  structField('Env', STRINGS, ',omitempty'),
  structField('Entrypoint', STRINGS, ',omitempty'),
  structField('Cmd', STRINGS, ',omitempty'),
  structField('Volumes', STRING_SET, ',omitempty'),
  structField('WorkingDir', STRING, ',omitempty'),
  structField('Labels', STRING_MAP, ',omitempty'),
  structField('StopSignal', STRING, ',omitempty'),
  structField('ArgsEscaped', BOOL, ',omitempty'),
]);

const DOCKER_EXTENSIONS = structType('v1.DockerOCIImageConfigExt', [
  structField('Healthcheck', pointerTo(HEALTHCHECK), ',omitempty'),
  structField('OnBuild', STRINGS, ',omitempty'),
  structField('Shell', STRINGS, ',omitempty'),
]);

const IMAGE_CONFIG = structType('v1.DockerOCIImageConfig', [
  embeddedField('ImageConfig', OCI_CONFIG),
  embeddedField('DockerOCIImageConfigExt', DOCKER_EXTENSIONS),
]);

/** An image as `docker image inspect` and `docker inspect` have it. */
export const IMAGE_INSPECT: StructType = structType('image.InspectResponse', [
  structField('ID', STRING, 'Id'),
  structField('RepoTags', STRINGS),
  structField('RepoDigests', STRINGS),
  structField('Parent', STRING),
  structField('Comment', STRING),
  structField('Created', STRING, ',omitempty'),
  structField('Container', STRING, ',omitempty'),
  structField('ContainerConfig', pointerTo(CONTAINER_CONFIG), ',omitempty'),
  structField('DockerVersion', STRING),
  structField('Author', STRING),
  structField('Config', pointerTo(IMAGE_CONFIG)),
  structField('Architecture', STRING),
  structField('Variant', STRING, ',omitempty'),
  structField('Os', STRING),
  structField('OsVersion', STRING, ',omitempty'),
  structField('Size', INT64),
  structField('VirtualSize', INT64, ',omitempty'),
  structField('GraphDriver', DRIVER_DATA),
  structField(
    'RootFS',
    structType('image.RootFS', [structField('Type', STRING), structField('Layers', STRINGS, ',omitempty')]),
  ),
  structField('Metadata', structType('image.Metadata', [structField('LastTagTime', TIME, ',omitempty')])),
  structField('Descriptor', pointerTo(DESCRIPTOR), ',omitempty'),
  structField('Manifests', sliceOf(ANY, '[]image.ManifestSummary'), ',omitempty'),
]);
