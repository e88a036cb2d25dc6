/** Tokens of Slack, and its webhooks. */
import { hitsOf, type SecretDetector } from '../detector.ts';

export const slackToken: SecretDetector = {
  title: 'Slack token',
  severity: 'high',
  why: 'It reads or writes the channels of a workspace.',
  marks: ['xoxa-', 'xoxb-', 'xoxp-', 'xoxo-', 'xoxr-', 'xoxs-', 'hooks.slack.com'],
  find: (text) =>
    hitsOf(
      text,
      /(xox[abporss]-[0-9]{6,}-[A-Za-z0-9-]{10,}|https:\/\/hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{16,})/g,
    ),
};
