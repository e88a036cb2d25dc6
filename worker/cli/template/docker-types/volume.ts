/** What `docker volume inspect` hands to a template (moby `api/types/volume.Volume`). */
import { ANY, INT64, mapOf, pointerTo, STRING, structField, structType, type StructType } from '../go-type.ts';
import { STRING_MAP } from './shared.ts';

const USAGE = structType('volume.UsageData', [structField('RefCount', INT64), structField('Size', INT64)]);

/** A volume as `docker volume inspect` has it. */
export const VOLUME_INSPECT: StructType = structType('volume.Volume', [
  structField('ClusterVolume', pointerTo(structType('volume.ClusterVolume', [])), ',omitempty'),
  structField('CreatedAt', STRING, ',omitempty'),
  structField('Driver', STRING),
  structField('Labels', STRING_MAP),
  structField('Mountpoint', STRING),
  structField('Name', STRING),
  structField('Options', STRING_MAP),
  structField('Scope', STRING),
  structField('Status', mapOf(STRING, ANY), ',omitempty'),
  structField('UsageData', pointerTo(USAGE), ',omitempty'),
]);
