/** Whether the build of a shared project gave what the sharer's gave. */
import type { Arrival } from '../state/sharing.svelte.ts';

/** `edited`: what is here is no longer what was shared. `unknown`: nothing was built yet, or the link told no digest. */
export type DigestVerdict = 'same' | 'other' | 'edited' | 'unknown';

/** `builtID` is the image of the last build, undefined while there is none or it is being made anew. */
export function digestVerdict(
  { imageID, files }: Pick<Arrival, 'imageID' | 'files'>,
  now: { readonly files: Arrival['files']; readonly builtID: string | undefined },
): DigestVerdict {
  if (imageID === undefined || now.builtID === undefined) return 'unknown';
  if (now.builtID === imageID) return 'same';
  return now.files === files ? 'other' : 'edited';
}
