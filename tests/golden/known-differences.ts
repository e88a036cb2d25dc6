/** Transcripts that differ from what the real engine answered: how many commands do, and why. The list shrinks. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, { readonly commands: number; readonly why: string }> = new Map();
