import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../tests/cli/terminal.ts';

describe('the docker program', () => {
  it('tells what it is, and what it can do', async () => {
    const { say } = await openTestTerminal();
    expect(await say('docker --version')).toBe('Docker version 28.2.2, build e6534b4\n');
    expect(await say('docker')).toBe(await say('docker --help'));
    expect(await say('docker help')).toContain('  images      List images\n');
    expect(await say('docker image')).toContain('  ls          List images\n');
    expect(await say('docker image --help')).toContain("Run 'docker image COMMAND --help'");
    expect(await say('docker help images')).toContain('Usage:  docker images [OPTIONS] [REPOSITORY[:TAG]]');
  });

  it('refuses what it does not know, as Docker does', async () => {
    const { say } = await openTestTerminal();
    expect(await say('docker nosuch')).toBe(
      "docker: unknown command: docker nosuch\n\nRun 'docker --help' for more information\n[1]",
    );
    expect(await say('docker help nosuch')).toBe('unknown help topic: nosuch\n[1]');
    expect(await say('docker image --nosuch')).toBe(
      "unknown flag: --nosuch\n\nUsage:  docker image\n\nRun 'docker image --help' for more information\n[125]",
    );
    expect(await say('docker --nosuch images')).toMatch(/^unknown flag: --nosuch\n[^]*\[125\]$/);
    expect(await say('docker image ls a b')).toContain('requires at most 1 argument');
  });

  it('takes global options before the command', async () => {
    const { say } = await openTestTerminal();
    expect(await say('docker -D --log-level debug images -q')).toBe('');
    expect(await say('docker --config /tmp/there login -u me -p x 127.0.0.1:9 2> /dev/null; ls /tmp')).toBe('');
  });

  it('reads flags in all their forms', async () => {
    const { say } = await openTestTerminal();
    await say("printf 'FROM scratch\\nLABEL a=1\\n' | docker build -q -tone --tag=two --label b=2 -");
    expect(await say("docker images --format '{{.Repository}}' | sort")).toBe('one\ntwo\n');
    expect(await say('docker images -aq --no-trunc | wc -l')).toBe('2\n');
    expect(await say('docker images -f')).toMatch(/^flag needs an argument: 'f' in -f\n/);
    expect(await say('docker images --all=maybe')).toMatch(/^invalid argument "maybe" for "-a, --all" flag/);
  });
});
