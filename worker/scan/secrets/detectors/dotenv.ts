/** Settings of a .env file whose names say that they are secret. */
import type { SecretDetector } from '../detector.ts';
import { isSecretSetting } from '../secret-name.ts';

export const dotenv: SecretDetector = {
  title: 'Secret in a .env file',
  severity: 'high',
  why: 'Such files hold what a service logs in with. They belong to where it runs, not into its image.',
  holds: (path) => /\/\.env(?:\.\w+)?$/.test(path) && !/\.(?:example|sample|template|dist)$/.test(path),
  marks: ['='],
  *find(text) {
    for (const match of text.matchAll(
      /^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(["']?)([^\n\r]*?)\2[ \t]*\r?$/gm,
    )) {
      const [, name = '', , value = ''] = match;
      if (isSecretSetting(name, value)) yield { index: match.index, value, title: `${name} in a .env file` };
    }
  },
};
