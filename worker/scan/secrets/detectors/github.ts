/** Tokens of GitHub: `ghp_…` and its kin, and fine-grained ones. */
import { hitsOf, type SecretDetector } from '../detector.ts';

export const githubToken: SecretDetector = {
  title: 'GitHub token',
  severity: 'critical',
  why: 'It reads, and often writes, the repositories of whoever made it.',
  marks: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  find: (text) =>
    hitsOf(text, /(?<![A-Za-z0-9_])(gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?!\w)/g),
};
