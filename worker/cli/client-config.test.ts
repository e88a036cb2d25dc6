import { expect, it } from 'vitest';
import { openTestTerminal } from '../../tests/cli/terminal.ts';

const CONFIG = '{"auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"},"other":{"auth":"eDp5"}},"psFormat":"x"}';

it('logout takes one registry out of config.json and leaves the rest', async () => {
  const { say } = await openTestTerminal();
  await say(`mkdir -p ~/.docker; echo '${CONFIG}' > ~/.docker/config.json`);
  expect(await say('docker logout http://localhost:5000/v2')).toBe('Removing login credentials for localhost:5000\n');
  expect(await say('cat ~/.docker/config.json')).toBe(
    '{\n\t"auths": {\n\t\t"other": {\n\t\t\t"auth": "eDp5"\n\t\t}\n\t},\n\t"psFormat": "x"\n}',
  );
});

it('login asks for what it needs, and warns of what it is given', async () => {
  const { say } = await openTestTerminal();
  expect(await say('docker login -u me < /dev/null')).toContain(
    'Cannot perform an interactive login from a non TTY device',
  );
  expect(await say('docker login --password-stdin < /dev/null')).toBe(
    'the --password-stdin option requires --username to be set\n[1]',
  );
  expect(await say('echo x | docker login -u me -p y --password-stdin')).toContain(
    'cannot specify both --password and --password-stdin',
  );
});

it('a damaged config.json is told', async () => {
  const { say } = await openTestTerminal();
  await say('mkdir -p ~/.docker; echo nonsense > ~/.docker/config.json');
  expect(await say('docker logout')).toContain('Error parsing config file (/root/.docker/config.json)');
});
