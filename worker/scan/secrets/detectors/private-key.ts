/** Private keys in PEM (RFC 7468), OpenSSH's and PGP's armour: of TLS servers, SSH and signatures. */
import type { SecretDetector } from '../detector.ts';

/** The heading with the beginning of a body: code that only names the heading has none. */
const KEY =
  /-----BEGIN ((?:RSA |DSA |EC |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY(?: BLOCK)?)-----(?:\\n|\s)+(?:(?:[\w-]+: [^\n]*\n)+\s*)?[A-Za-z0-9+/=]{40,}/g;
const KINDS: Readonly<Record<string, string>> = {
  'RSA PRIVATE KEY': 'RSA private key',
  'DSA PRIVATE KEY': 'DSA private key',
  'EC PRIVATE KEY': 'Elliptic curve private key',
  'OPENSSH PRIVATE KEY': 'SSH private key',
  'ENCRYPTED PRIVATE KEY': 'Encrypted private key',
  'PGP PRIVATE KEY BLOCK': 'PGP private key',
};

export const privateKey: SecretDetector = {
  title: 'Private key',
  severity: 'critical',
  why: 'Who has the key is whom it stands for: logs in to servers, signs, or reads what was meant for its owner.',
  marks: ['PRIVATE KEY'],
  *find(text) {
    for (const match of text.matchAll(KEY)) {
      const [value] = match;
      const isEncrypted = match[1] === 'ENCRYPTED PRIVATE KEY' || value.includes('ENCRYPTED\n');
      yield {
        index: match.index,
        value,
        ...(match[1] === undefined || KINDS[match[1]] === undefined ? {} : { title: KINDS[match[1]] ?? '' }),
        // its passphrase is still to be guessed
        ...(isEncrypted ? { severity: 'medium' as const } : {}),
      };
    }
  },
};
