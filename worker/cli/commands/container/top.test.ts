import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';

it('docker top takes the columns that ps takes, in all its spellings, with titles of its own', async () => {
  const { say } = await openTestTerminal({ busybox: true });
  await say('docker run -d --name box busybox sleep 1000');
  const columns = async (words: string): Promise<string[]> => {
    const table = await say(`docker top box ${words}`);
    return table
      .trimEnd()
      .split('\n')
      .map((line) => line.trimEnd().replace(/ {3,}/g, '|'));
  };
  expect(await columns('-o pid,comm')).toEqual(['PID|COMMAND', '1|sleep']);
  expect(await columns('-eo user,pid,args')).toEqual(['USER|PID|COMMAND', 'root|1|sleep 1000']);
  expect(await columns('-ocomm,pid')).toEqual(['COMMAND|PID', 'sleep|1']);
  expect(await columns('--format pid,uid')).toEqual(['PID|UID', '1|0']);
  expect(await columns('-o "pid,args=WHAT"')).toEqual(['PID|WHAT', '1|sleep 1000']);
  expect((await columns('aux'))[0]).toMatch(/^USER\|PID\|%CPU\|/);
  expect((await columns('-ef'))[1]).toMatch(/^root\|1\|0\|0\|/);
  expect(await say('docker top box -o comm')).toContain("Couldn't find PID field in ps output");
  expect(await say('docker top box -o pid,nosuch')).toContain('error: unknown user-defined format specifier "nosuch"');
});
