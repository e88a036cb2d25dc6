import { expect, it } from 'vitest';
import { openTestTerminal } from '../../../../tests/cli/terminal.ts';
import { Keyspace } from './keyspace.ts';
import { readReplies, writeReply, type Reply } from './reply.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

/** How long a server may take to listen, on a busy machine. */
const PATIENT = { timeout: 20_000 };

it('keeps what it is told, in its volume too when its container is gone', async () => {
  const { say } = await openTestTerminal();
  const start = async (): Promise<void> => {
    await say('docker run -d --name cache --network net -v data:/data redis:alpine');
    await expect.poll(() => say('docker exec cache redis-cli ping'), PATIENT).toBe('PONG\n');
  };
  const ask = (command: string): Promise<string> => say(`docker exec cache redis-cli --no-raw ${command}`);
  await say('docker network create net');
  await start();
  expect(await ask('set visits 41')).toBe('OK\n');
  expect(await ask('incr visits')).toBe('(integer) 42\n');
  expect(await ask('get nothing')).toBe('(nil)\n');
  expect(await ask('rpush list one "two words"')).toBe('(integer) 2\n');
  expect(await ask('lrange list 0 -1')).toBe('1) "one"\n2) "two words"\n');
  expect(await ask('incr list')).toBe('(error) WRONGTYPE Operation against a key holding the wrong kind of value\n');
  expect(await ask('expire visits 100')).toBe('(integer) 1\n');
  expect(await ask('ttl visits')).toMatch(/^\(integer\) (?:100|99|9\d)\n$/);
  expect(await ask('info keyspace')).toMatch(/^# Keyspace\r?\ndb0:keys=2,expires=1,avg_ttl=(?:100|99|9\d)/);
  expect(await ask('config get dbfilename')).toBe('1) "dbfilename"\n2) "dump.rdb"\n');
  expect(await say("printf 'hset h a 1 b 2\\nhgetall h\\n' | docker exec -i cache redis-cli")).toBe('2\na\n1\nb\n2\n');
  const beside = 'docker run --rm --network net redis:alpine redis-cli';
  expect(await say(`${beside} -h cache get visits`)).toBe('42\n');
  expect(await say(`${beside} -h nobody ping`)).toBe(
    'Could not connect to Redis at nobody:6379: Name or service not known\n[1]',
  );
  await say('docker stop cache');
  expect(await say('docker logs cache')).toContain('DB saved on disk\n');
  await say('docker rm cache');
  await start();
  expect(await ask('get visits')).toBe('"42"\n');
});

it('asks for its password', async () => {
  const { say } = await openTestTerminal();
  await say('docker run -d --name cache redis:alpine redis-server --requirepass secret');
  const ask = (words: string): Promise<string> => say(`docker exec cache redis-cli --no-auth-warning ${words}`);
  await expect.poll(() => ask('-a secret ping'), PATIENT).toBe('PONG\n');
  expect(await ask('ping')).toBe('NOAUTH Authentication required.\n\n');
  expect(await ask('-a wrong ping')).toContain('NOAUTH');
});

it('a snapshot and an answer come back as they went', () => {
  const keys = new Keyspace(() => 1000);
  keys.set('text', { type: 'string', text: 'ü'.repeat(20_000) }, 5000);
  keys.open('list', 'list').items.push('a', 'b');
  keys.open('set', 'set').members.add('x');
  keys.open('hash', 'hash').fields.set('f', 'v');
  keys.open('scores', 'zset').scores.set('m', 1.5);
  const again = [new Keyspace(() => 1000), new Keyspace(() => 1000)];
  readSnapshot(writeSnapshot([new Keyspace(() => 1000), keys]), again);
  expect(again[0]!.keys()).toEqual([]);
  expect(again[1]!.keys().map((key) => again[1]!.find(key))).toEqual(keys.keys().map((key) => keys.find(key)));
  expect(again[1]!.expiresMs('text')).toBe(5000);

  const reply: Reply = {
    kind: 'array',
    items: [{ kind: 'nil' }, { kind: 'integer', value: -3 }, { kind: 'bulk', text: 'a\r\nü' }],
  };
  expect(readReplies(writeReply(reply))).toEqual([reply]);
});

it.each(['', 'REDIS0009', 'REDIS0009\u00fe', 'nothing of Redis'])('a damaged snapshot %j is refused', (text) => {
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  expect(() => readSnapshot(bytes, [new Keyspace(() => 0)])).toThrow(expect.objectContaining({ name: 'RedisError' }));
});
