/** Passwords for hosts: a .netrc as curl, git and pip read it, and git's own store. */
import { hitsOf, type SecretDetector } from '../detector.ts';

const WHY = 'Programs log in to the host it names with it; so does whoever reads it.';

export const netrc: SecretDetector = {
  title: 'Password in a .netrc',
  severity: 'high',
  why: WHY,
  holds: (path) => /\/[._]netrc$/.test(path),
  marks: ['password'],
  find: (text) => hitsOf(text, /(?:^|\s)password\s+(\S+)/g),
};

export const urlLogin: SecretDetector = {
  title: 'Password in an address',
  severity: 'high',
  why: WHY,
  holds: (path) =>
    /\/(?:\.git-credentials|\.gitconfig|pip\.conf|\.pypirc|\.env(?:\.\w+)?|\.yarnrc(?:\.yml)?)$/.test(path),
  marks: ['://'],
  find: (text) => hitsOf(text, /[a-z][a-z0-9+]*:\/\/[^\s:@/]+:([^\s:@/]{3,})@[^\s/]/g),
};
