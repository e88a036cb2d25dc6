import { expect, it } from 'vitest';
import { openTestTerminal } from '../../tests/cli/terminal.ts';
import { COMMANDS } from './commands/index.ts';
import { completeLine, type CompletionSources } from './completion.ts';
import { completionSources } from './terminal.ts';

const SOURCES: CompletionSources = {
  commands: COMMANDS,
  programs: () => ['cat', 'docker', 'cd'],
  images: () => Promise.resolve(['web', 'web:latest']),
  containers: () => Promise.resolve(['worker']),
  networks: () => Promise.resolve(['backend']),
  volumes: () => Promise.resolve(['warehouse']),
  entries: (directory) => (directory === 'src/' ? ['main.go'] : ['Dockerfile', 'src/', 'wide.txt']),
};

it.each([
  ['c', ['cat', 'cd']],
  ['ls | do', ['docker']],
  ['docker vol', ['volume']],
  ['docker volume in', ['inspect']],
  ['docker container re', ['remove', 'rename', 'restart']],
  ['docker run --rm --ent', ['--entrypoint']],
  ['docker --conf', ['--config']],
  ['docker rmi w', ['web', 'web:latest']],
  ['docker --config x rmi w', ['web', 'web:latest']],
  ['docker stop w', ['worker']],
  ['docker volume rm w', ['warehouse']],
  ['docker inspect w', ['warehouse', 'web', 'web:latest', 'worker']],
  ['docker run -it --rm w', ['web', 'web:latest']],
  ['docker run --env-file w', ['wide.txt']],
  ['docker run web w', ['wide.txt']],
  ['docker build -t x -f Do', ['Dockerfile']],
  ['docker save web > w', ['wide.txt']],
  ['cat src/', ['src/main.go']],
  ['docker nosuch w', []],
])('%s<Tab> offers %j', async (line, expected) => {
  const { candidates, start } = await completeLine(line, SOURCES);
  expect(candidates).toEqual(expected);
  expect(line.slice(start)).toBe(/\S*$/.exec(line)?.[0]);
});

it('finds names in a terminal as it is', async () => {
  const { terminal, engine, say } = await openTestTerminal({ busybox: true });
  await say('docker create --name worker busybox; docker volume create store; mkdir -p src; cd src; touch main.go');
  const sources = completionSources(engine, terminal);
  expect((await completeLine('docker run bus', sources)).candidates).toEqual(['busybox', 'busybox:latest']);
  expect((await completeLine('docker rm w', sources)).candidates).toEqual(['worker']);
  expect((await completeLine('docker volume rm s', sources)).candidates).toEqual(['store']);
  expect((await completeLine('cat m', sources)).candidates).toEqual(['main.go']);
  expect((await completeLine('cat ../s', sources)).candidates).toEqual(['../src/']);
  expect((await completeLine('docke', sources)).candidates).toEqual(['docker']);
});
