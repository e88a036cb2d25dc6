/** Tokens of GitLab: personal, of deployments, of runners. */
import { hitsOf, type SecretDetector } from '../detector.ts';

export const gitlabToken: SecretDetector = {
  title: 'GitLab token',
  severity: 'critical',
  why: 'It acts on GitLab as the person, project or runner it was made for.',
  marks: ['glpat-', 'gldt-', 'glrt-'],
  find: (text) => hitsOf(text, /(?<![\w-])(gl(?:pat|dt|rt)-[A-Za-z0-9_-]{20,})/g),
};
