/** Keys of Amazon Web Services: the ID of an access key, and the secret that goes with it. */
import { hitsOf, type SecretDetector } from '../detector.ts';

export const awsSecretKey: SecretDetector = {
  title: 'AWS secret access key',
  severity: 'critical',
  why: 'With its ID it signs requests to AWS: whatever the account may do, its holder may.',
  marks: ['aws_secret_access_key', 'AWS_SECRET_ACCESS_KEY', 'SecretAccessKey'],
  find: (text) =>
    hitsOf(
      text,
      /(?:aws_secret_access_key|SecretAccessKey)["']?\s*[=:]\s*["']?([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/gi,
    ),
};

export const awsKeyID: SecretDetector = {
  title: 'AWS access key ID',
  severity: 'high',
  why: 'It names an account of AWS, and the secret that belongs to it is often nearby.',
  marks: ['AKIA', 'ASIA'],
  find: (text) => hitsOf(text, /(?<![A-Za-z0-9/+])((?:AKIA|ASIA)[A-Z2-7]{16})(?![A-Za-z0-9/+=])/g),
};
