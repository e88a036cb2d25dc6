/** Logins of npm's registry: tokens by their form, and what an .npmrc keeps of other registries. */
import { hitsOf, type SecretDetector } from '../detector.ts';

const WHY = 'It publishes packages, or fetches private ones, in the name of its owner.';

export const npmToken: SecretDetector = {
  title: 'npm token',
  severity: 'critical',
  why: WHY,
  marks: ['npm_'],
  find: (text) => hitsOf(text, /(?<!\w)(npm_[A-Za-z0-9]{36})(?!\w)/g),
};

export const npmrcLogin: SecretDetector = {
  title: 'Login of an npm registry',
  severity: 'high',
  why: WHY,
  holds: (path) => path.endsWith('/.npmrc') || path.endsWith('/npmrc'),
  marks: ['_authToken', '_auth', '_password'],
  // a token of npm's own form is found as that
  find: (text) => hitsOf(text, /^[^#;\n]*_(?:authToken|auth|password)\s*=\s*"?(?!npm_)([^\s"]+)/gm),
};
