/** Files that are named as SSH's keys and are not in a form that says so by itself, as PuTTY's. */
import type { SecretDetector } from '../detector.ts';

export const sshIdentity: SecretDetector = {
  title: 'SSH identity file',
  severity: 'high',
  why: 'A key of this name is what ssh offers to every server: who has it logs in as its owner.',
  holds: (path) => /\/\.ssh\/id_[a-z0-9_]+$/.test(path) || path.endsWith('.ppk'),
  *find(text) {
    const value = text.trim();
    if (value !== '' && !value.includes('-----BEGIN ')) yield { index: text.indexOf(value), value };
  },
};
