/** Types that images and containers have in common (moby API types). */
import { ANY, DURATION, INT, mapOf, sliceOf, STRING, structField, structType, type StructType } from '../go-type.ts';

export const STRINGS = sliceOf(STRING);
export const STRING_SLICE = sliceOf(STRING, 'strslice.StrSlice');
export const STRING_MAP = mapOf(STRING, STRING);
/** A Go set: a map to empty structs. */
export const STRING_SET = mapOf(STRING, structType('struct {}', []));

export const HEALTHCHECK: StructType = structType('v1.HealthcheckConfig', [
  structField('Test', STRINGS, ',omitempty'),
  structField('Interval', DURATION, ',omitempty'),
  structField('Timeout', DURATION, ',omitempty'),
  structField('StartPeriod', DURATION, ',omitempty'),
  structField('StartInterval', DURATION, ',omitempty'),
  structField('Retries', INT, ',omitempty'),
]);

export const DRIVER_DATA: StructType = structType('storage.DriverData', [
  structField('Data', STRING_MAP),
  structField('Name', STRING),
]);

/** What only the containerd image store tells; Docker's own store leaves it out. */
export const DESCRIPTOR: StructType = structType('v1.Descriptor', [
  structField('MediaType', STRING, 'mediaType'),
  structField('Digest', { kind: 'string', name: 'digest.Digest' }, 'digest'),
  structField('Size', { kind: 'int', name: 'int64' }, 'size'),
  structField('URLs', STRINGS, 'urls,omitempty'),
  structField('Annotations', STRING_MAP, 'annotations,omitempty'),
  structField('Platform', ANY, 'platform,omitempty'),
  structField('ArtifactType', STRING, 'artifactType,omitempty'),
]);
