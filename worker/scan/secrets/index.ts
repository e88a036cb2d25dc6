/** The detectors of secrets, one line each. */
import type { SecretDetector } from './detector.ts';
import { awsKeyID, awsSecretKey } from './detectors/aws.ts';
import { dockerConfig } from './detectors/docker-config.ts';
import { dotenv } from './detectors/dotenv.ts';
import { githubToken } from './detectors/github.ts';
import { gitlabToken } from './detectors/gitlab.ts';
import { netrc, urlLogin } from './detectors/netrc.ts';
import { npmrcLogin, npmToken } from './detectors/npm.ts';
import { privateKey } from './detectors/private-key.ts';
import { slackToken } from './detectors/slack.ts';
import { sshIdentity } from './detectors/ssh-identity.ts';

export const SECRET_DETECTORS: readonly SecretDetector[] = [
  privateKey,
  sshIdentity,
  awsSecretKey,
  awsKeyID,
  githubToken,
  gitlabToken,
  npmToken,
  npmrcLogin,
  slackToken,
  dockerConfig,
  netrc,
  urlLogin,
  dotenv,
];
