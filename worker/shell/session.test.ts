import { expect, it } from 'vitest';
import { utf8 } from '../base/bytes.ts';
import { ROOT } from '../base/path.ts';
import { createNodeClock } from '../host/node/clock.ts';
import { cryptoRandom } from '../host/random.ts';
import type { Applet } from './applets/applet.ts';
import { TerminalInput } from './kernel/terminal-input.ts';
import { createMachineRoot } from './machine-root.ts';
import { openShellSession } from './session.ts';

function openSession(programs: readonly Applet[] = [], keyboard?: TerminalInput) {
  let output = '';
  const write = (data: Uint8Array): void => void (output += new TextDecoder().decode(data));
  const clock = createNodeClock();
  const session = openShellSession({
    clock,
    root: createMachineRoot(
      'machine',
      programs.flatMap(({ names }) => names),
      clock,
    ),
    random: cryptoRandom,
    hostname: 'machine',
    cwd: ROOT,
    programs,
    io: { stdout: write, stderr: write },
    ...(keyboard === undefined ? {} : { keyboard }),
  });
  const say = async (line: string): Promise<string> => {
    output = '';
    const { status } = await session.runLine(line);
    return status === 0 ? output : `${output}[${status}]`;
  };
  return { session, say, output: () => output };
}

it('keeps variables, functions, options and the directory from line to line', async () => {
  const { session, say } = openSession();
  await say('x=1; f() { echo "f $1 $x"; }; cd /tmp; export Y=2');
  expect(await say('f a; pwd; sh -c "echo $Y"; echo "$?"')).toBe('f a 1\n/tmp\n2\n0\n');
  expect(session.cwd).toBe('/tmp');
  await session.close();
});

it('merges both streams in the order of writing, and gives the status of the line', async () => {
  const { session, say } = openSession();
  expect(await say('echo a; echo b >&2; echo c; false')).toBe('a\nb\nc\n[1]');
  expect(await say('nosuch')).toMatch(/^bash: .*nosuch: command not found\n\[127\]$/);
  expect(await say('cat <<EOF | tr a-z A-Z\nword\nEOF')).toBe('WORD\n');
  expect(await say('ls --color=never /')).toContain('usr\n');
  await session.close();
});

it('goes on after an error in a line', async () => {
  const { session, say } = openSession();
  expect(await say('echo ${x?gone}')).toContain('x: gone');
  expect(await say('if then')).toContain('syntax error');
  expect(await say('echo on')).toBe('on\n');
  await session.close();
});

it.each([
  ['a program', 'sleep 60; echo after'],
  ['a loop of the shell', 'while :; do :; done; echo after'],
  ['a pipeline', 'yes | cat > /dev/null; echo after'],
])('ends %s with Ctrl-C, and keeps the shell', async (_what, line) => {
  const { session, say, output } = openSession();
  await say('x=kept');
  const running = say(line);
  setTimeout(() => session.interrupt(), 50);
  expect(await running).toBe('[130]');
  expect(output()).toBe('');
  expect(await say('echo $x')).toBe('kept\n');
  await session.close();
});

it('lets a trap of the person answer Ctrl-C', async () => {
  const { session, say } = openSession();
  await say("trap 'echo caught' INT");
  const running = say('sleep 60; echo after');
  setTimeout(() => session.interrupt(), 50);
  expect(await running).toBe('caught\nafter\n');
  await session.close();
});

it('ends with exit, and says so', async () => {
  const { session } = openSession();
  expect(await session.runLine('exit 3')).toEqual({ status: 3, ended: true });
  await expect(session.runLine('echo')).rejects.toThrow('The shell has ended');
  await session.close();
});

it('has further programs in its PATH', async () => {
  const hello: Applet = {
    names: ['hello'],
    summary: '',
    usage: '',
    async run({ out, args }) {
      await out.write(`hello ${args.join()}\n`);
      return 0;
    },
  };
  const { session, say } = openSession([hello]);
  expect(await say('which hello; hello a b | cat')).toBe('/usr/bin/hello\nhello a,b\n');
  await session.close();
});

it('reads a keyboard line by line, and leaves there what no program read', async () => {
  const keyboard = new TerminalInput();
  const { session, say } = openSession([], keyboard);
  keyboard.enter(utf8('one\n'));
  keyboard.enter(utf8('two words\n'));
  expect(await say('test -t 0 && read a; echo "got $a"')).toBe('got one\n');
  expect(keyboard.bytesTaken).toBe(4);
  const waits = say('cat');
  keyboard.enter(new Uint8Array(0));
  expect(await waits).toBe('two words\n');
  keyboard.enter(utf8('dropped\n'));
  keyboard.flush();
  const asks = say('read b; echo "got $b"');
  keyboard.enter(utf8('late\n'));
  expect(await asks).toBe('got late\n');
  await session.close();
});
