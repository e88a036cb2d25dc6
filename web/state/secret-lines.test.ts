import { expect, it } from 'vitest';
import { holdsPassword } from './secret-lines.ts';

it.each([
  'docker login -u ada -p lovelace localhost:5000',
  'docker login -u ada -plovelace',
  'docker --debug login --password=lovelace -u ada',
  'docker login -up ada lovelace',
  'echo lovelace | docker login -u ada --password-stdin localhost:5000',
  'docker login -u ada \\\n  -p lovelace',
])('holds a password: %s', (line) => {
  expect(holdsPassword(line)).toBe(true);
});

it.each(['docker login localhost:5000', 'docker login -u ada', 'docker run -p 80:80 nginx', 'docker logout', 'ls -p'])(
  'holds none: %s',
  (line) => {
    expect(holdsPassword(line)).toBe(false);
  },
);
