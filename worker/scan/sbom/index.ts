/** The forms a bill of materials is written in, one line each. */
import { cyclonedxDocument } from './cyclonedx.ts';
import type { SbomInput } from './sbom-input.ts';
import { spdxDocument } from './spdx.ts';

export type SbomFormat = 'spdx' | 'cyclonedx';

const WRITERS: Readonly<Record<SbomFormat, (input: SbomInput) => string>> = {
  spdx: spdxDocument,
  cyclonedx: cyclonedxDocument,
};

/** The document as JSON text. */
export function writeSbom(format: SbomFormat, input: SbomInput): string {
  return WRITERS[format](input);
}
