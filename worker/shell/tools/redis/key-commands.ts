/** Commands on keys of every kind, and on the whole database. */
import { globOf, integerOf, type Command, type CommandTable } from './command.ts';
import type { Keyspace } from './keyspace.ts';
import { array, bulk, integer, OK, RedisError, type Reply } from './reply.ts';

const GONE = -2;
const NEVER = -1;

function expireIn(keys: Keyspace, key: string, ms: number): Reply {
  if (keys.find(key) === undefined) return integer(0);
  if (ms <= 0) keys.delete(key);
  else keys.expire(key, keys.nowMs + ms);
  return integer(1);
}

function timeLeft(keys: Keyspace, key: string, unitMs: number): Reply {
  if (keys.find(key) === undefined) return integer(GONE);
  const expiresMs = keys.expiresMs(key);
  return integer(expiresMs === undefined ? NEVER : Math.round((expiresMs - keys.nowMs) / unitMs));
}

const remove: Command = {
  arity: -2,
  run: (keys, names) => integer(names.filter((key) => keys.find(key) !== undefined && keys.delete(key)).length),
};

const clear: Command = {
  arity: -1,
  run: (keys) => {
    keys.clear();
    return OK;
  },
};

export const KEY_COMMANDS: CommandTable = {
  ping: { arity: -1, run: (_, [text]) => (text === undefined ? { kind: 'status', text: 'PONG' } : bulk(text)) },
  echo: { arity: 2, run: (_, [text]) => bulk(text) },
  time: {
    arity: 1,
    run: ({ nowMs }) => array([String(Math.floor(nowMs / 1000)), String(Math.floor(nowMs % 1000) * 1000)]),
  },
  del: remove,
  unlink: remove,
  exists: { arity: -2, run: (keys, names) => integer(names.filter((key) => keys.find(key) !== undefined).length) },
  type: { arity: 2, run: (keys, [key = '']) => ({ kind: 'status', text: keys.find(key)?.type ?? 'none' }) },
  keys: { arity: 2, run: (keys, [pattern = '']) => array(keys.keys().filter((key) => globOf(pattern).test(key))) },
  scan: {
    arity: -2,
    run: (keys, [, ...words]) => {
      const at = words.findIndex((word) => word.toUpperCase() === 'MATCH');
      const pattern = globOf(at < 0 ? '*' : (words[at + 1] ?? '*'));
      return { kind: 'array', items: [bulk('0'), array(keys.keys().filter((key) => pattern.test(key)))] };
    },
  },
  randomkey: { arity: 1, run: (keys) => bulk(keys.keys()[0]) },
  rename: {
    arity: 3,
    run: (keys, [from = '', to = '']) => {
      const value = keys.find(from);
      if (value === undefined) throw new RedisError('ERR no such key');
      const expiresMs = keys.expiresMs(from);
      keys.delete(from);
      keys.set(to, value, expiresMs);
      return OK;
    },
  },
  expire: { arity: -3, run: (keys, [key = '', seconds]) => expireIn(keys, key, integerOf(seconds) * 1000) },
  pexpire: { arity: -3, run: (keys, [key = '', ms]) => expireIn(keys, key, integerOf(ms)) },
  ttl: { arity: 2, run: (keys, [key = '']) => timeLeft(keys, key, 1000) },
  pttl: { arity: 2, run: (keys, [key = '']) => timeLeft(keys, key, 1) },
  persist: {
    arity: 2,
    run: (keys, [key = '']) => {
      if (keys.find(key) === undefined || keys.expiresMs(key) === undefined) return integer(0);
      keys.expire(key, undefined);
      return integer(1);
    },
  },
  dbsize: { arity: 1, run: (keys) => integer(keys.keys().length) },
  flushdb: clear,
};
