/** What a bill of materials is written from. */
import type { AdvisoryMatch, ImageContents } from '../report.ts';

export interface SbomInput {
  readonly contents: ImageContents;
  /** What the image is called. */
  readonly name: string;
  /** When the document is made, milliseconds since 1970. */
  readonly createdMs: number;
  /** For forms that can hold them. */
  readonly advisories: readonly AdvisoryMatch[];
}
