/** Golden cases that are not what Docker makes of them yet, each with why. A case that passes must leave the list. */
export const KNOWN_FAILURES: ReadonlyMap<string, string> = new Map([
  ['heredoc-run-shebang', 'no awk yet'],
  ['run-checksums-and-encodings', 'no cksum, base64, hexdump and their like yet'],
  ['run-long-pipeline-of-applets', 'no awk yet'],
  ['run-tar-and-compression', 'no tar and gzip yet'],
  ['run-text-tools', 'text tools are missing yet'],
]);
