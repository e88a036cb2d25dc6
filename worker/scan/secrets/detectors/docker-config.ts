/** Logins that `docker login` left in a config.json. */
import { isPlaceholder, type SecretDetector, type SecretHit } from '../detector.ts';

export const dockerConfig: SecretDetector = {
  title: 'Login of a container registry',
  severity: 'critical',
  why: 'User and password, or a token, stand there in base64: their holder pulls and pushes images as their owner.',
  holds: (path) => /\/\.docker\/config\.json$|\/\.dockercfg$|\/\.dockerconfigjson$/.test(path),
  marks: ['"auth"', '"identitytoken"'],
  *find(text) {
    for (const match of text.matchAll(/"(?:auth|identitytoken)"\s*:\s*"([^"\\]+)"/g)) {
      const value = match[1] ?? '';
      if (!isPlaceholder(value)) yield { index: match.index, value } satisfies SecretHit;
    }
  },
};
