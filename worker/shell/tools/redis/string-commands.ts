/** Commands on strings and counters. */
import { floatOf, integerOf, pairsOf, SYNTAX_ERROR, type CommandTable } from './command.ts';
import type { Keyspace } from './keyspace.ts';
import { array, bulk, integer, NIL, OK, RedisError, type Reply } from './reply.ts';
import { encodeText } from '../../text.ts';

const textOf = (keys: Keyspace, key: string): string | undefined => keys.get(key, 'string')?.text;

/** Changes a text without touching when it expires. */
function put(keys: Keyspace, key: string, text: string): void {
  keys.set(key, { type: 'string', text }, keys.find(key) === undefined ? undefined : keys.expiresMs(key));
}

function add(keys: Keyspace, key: string, by: number): Reply {
  const sum = integerOf(textOf(keys, key) ?? '0') + by;
  if (!Number.isSafeInteger(sum)) throw new RedisError('ERR increment or decrement would overflow');
  put(keys, key, String(sum));
  return integer(sum);
}

interface SetOptions {
  expiresMs?: number | undefined;
  onlyIf?: 'NX' | 'XX';
  givesOld?: boolean;
}

function setOptions(keys: Keyspace, key: string, words: readonly string[]): SetOptions {
  const options: SetOptions = {};
  const rest = [...words];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const name = word.toUpperCase();
    if (name === 'NX' || name === 'XX') options.onlyIf = name;
    else if (name === 'GET') options.givesOld = true;
    else if (name === 'KEEPTTL') options.expiresMs = keys.expiresMs(key);
    else options.expiresMs = expiry(keys, name, rest.shift());
  }
  return options;
}

function expiry(keys: Keyspace, name: string, text: string | undefined, command = 'set'): number {
  if (!['EX', 'PX', 'EXAT', 'PXAT'].includes(name)) throw new RedisError(SYNTAX_ERROR);
  const time = integerOf(text);
  if (time <= 0) throw new RedisError(`ERR invalid expire time in '${command}' command`);
  const ms = name.startsWith('EX') ? time * 1000 : time;
  return name.endsWith('AT') ? ms : keys.nowMs + ms;
}

export const STRING_COMMANDS: CommandTable = {
  get: { arity: 2, run: (keys, [key = '']) => bulk(textOf(keys, key)) },
  set: {
    arity: -3,
    run: (keys, [key = '', text = '', ...words]) => {
      const { expiresMs, onlyIf, givesOld = false } = setOptions(keys, key, words);
      const old = givesOld ? bulk(textOf(keys, key)) : undefined;
      const isThere = keys.find(key) !== undefined;
      if (onlyIf !== undefined && isThere !== (onlyIf === 'XX')) return old ?? NIL;
      keys.set(key, { type: 'string', text }, expiresMs);
      return old ?? OK;
    },
  },
  setnx: {
    arity: 3,
    run: (keys, [key = '', text = '']) => {
      if (keys.find(key) !== undefined) return integer(0);
      keys.set(key, { type: 'string', text });
      return integer(1);
    },
  },
  setex: {
    arity: 4,
    run: (keys, [key = '', seconds, text = '']) => {
      keys.set(key, { type: 'string', text }, expiry(keys, 'EX', seconds, 'setex'));
      return OK;
    },
  },
  getset: {
    arity: 3,
    run: (keys, [key = '', text = '']) => {
      const old = bulk(textOf(keys, key));
      keys.set(key, { type: 'string', text });
      return old;
    },
  },
  getdel: {
    arity: 2,
    run: (keys, [key = '']) => {
      const old = bulk(textOf(keys, key));
      keys.delete(key);
      return old;
    },
  },
  mset: {
    arity: -3,
    run: (keys, words) => {
      for (const [key, text] of pairsOf(words, 'mset')) keys.set(key, { type: 'string', text });
      return OK;
    },
  },
  mget: {
    arity: -2,
    run: (keys, names) =>
      array(
        names.map((key) => {
          const value = keys.find(key);
          return value?.type === 'string' ? value.text : undefined;
        }),
      ),
  },
  append: {
    arity: 3,
    run: (keys, [key = '', more = '']) => {
      const text = (textOf(keys, key) ?? '') + more;
      put(keys, key, text);
      return integer(encodeText(text).byteLength);
    },
  },
  strlen: { arity: 2, run: (keys, [key = '']) => integer(encodeText(textOf(keys, key) ?? '').byteLength) },
  incr: { arity: 2, run: (keys, [key = '']) => add(keys, key, 1) },
  decr: { arity: 2, run: (keys, [key = '']) => add(keys, key, -1) },
  incrby: { arity: 3, run: (keys, [key = '', by]) => add(keys, key, integerOf(by)) },
  decrby: { arity: 3, run: (keys, [key = '', by]) => add(keys, key, -integerOf(by)) },
  incrbyfloat: {
    arity: 3,
    run: (keys, [key = '', by]) => {
      const sum = String(Number((floatOf(textOf(keys, key) ?? '0') + floatOf(by)).toPrecision(17)));
      put(keys, key, sum);
      return bulk(sum);
    },
  },
};
