/** Names of images that mean the same: `golang` is `docker.io/library/golang:latest`. */
import { fullReference, parseReference } from '../../oci/reference.ts';

/** The full reference of a name; undefined for what is none. */
export function referenceOf(name: string): string | undefined {
  try {
    return fullReference(parseReference(name));
  } catch {
    return undefined;
  }
}
