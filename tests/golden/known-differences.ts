/** Transcripts that differ from what the real engine answered: how many commands do, and why. The list shrinks. */
export const KNOWN_DIFFERENCES: ReadonlyMap<string, { readonly commands: number; readonly why: string }> = new Map([
  ['inspect-template-errors', { commands: 1, why: 'docker ps does not check its template by itself yet' }],
  ['run-environment-and-user', { commands: 1, why: 'run -w does not make a directory that is not there yet' }],
]);
