/** Commands on lists, sets, hashes and sorted sets. */
import { floatOf, integerOf, pairsOf, range, SYNTAX_ERROR, type Command, type CommandTable } from './command.ts';
import type { Keyspace } from './keyspace.ts';
import { array, bulk, integer, NIL, RedisError, type Reply } from './reply.ts';

function push(atHead: boolean): Command {
  return {
    arity: -3,
    run: (keys, [key = '', ...items]) => {
      const list = keys.open(key, 'list');
      if (atHead) list.items.unshift(...items.reverse());
      else list.items.push(...items);
      return integer(list.items.length);
    },
  };
}

function pop(atHead: boolean): Command {
  return {
    arity: -2,
    run: (keys, [key = '', count]) => {
      const list = keys.get(key, 'list');
      if (list === undefined) return NIL;
      const taken = Array.from({ length: count === undefined ? 1 : integerOf(count) }, () =>
        atHead ? list.items.shift() : list.items.pop(),
      ).filter((item) => item !== undefined);
      keys.deleteIfEmpty(key);
      return count === undefined ? bulk(taken[0]) : array(taken);
    },
  };
}

/** A number as Redis prints a score. */
const scoreText = (score: number): string => String(score).replace('Infinity', 'inf');

function ranked(keys: Keyspace, key: string): (readonly [member: string, score: number])[] {
  return [...(keys.get(key, 'zset')?.scores ?? [])].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
}

function rangeOfScores(keys: Keyspace, words: readonly string[], isReversed: boolean): Reply {
  const [key = '', first, last, ...options] = words;
  const names = options.map((option) => option.toUpperCase());
  if (names.some((name) => name !== 'WITHSCORES' && name !== 'REV')) throw new RedisError(SYNTAX_ERROR);
  const entries = ranked(keys, key);
  if (isReversed || names.includes('REV')) entries.reverse();
  const chosen = range(entries, integerOf(first), integerOf(last));
  const withScores = names.includes('WITHSCORES');
  return array(chosen.flatMap(([member, score]) => (withScores ? [member, scoreText(score)] : [member])));
}

const LIST_COMMANDS: CommandTable = {
  lpush: push(true),
  rpush: push(false),
  lpop: pop(true),
  rpop: pop(false),
  llen: { arity: 2, run: (keys, [key = '']) => integer(keys.get(key, 'list')?.items.length ?? 0) },
  lrange: {
    arity: 4,
    run: (keys, [key = '', first, last]) =>
      array(range(keys.get(key, 'list')?.items ?? [], integerOf(first), integerOf(last))),
  },
  lindex: { arity: 3, run: (keys, [key = '', at]) => bulk(keys.get(key, 'list')?.items.at(integerOf(at))) },
};

const SET_COMMANDS: CommandTable = {
  sadd: {
    arity: -3,
    run: (keys, [key = '', ...members]) => {
      const set = keys.open(key, 'set').members;
      const before = set.size;
      for (const member of members) set.add(member);
      return integer(set.size - before);
    },
  },
  srem: {
    arity: -3,
    run: (keys, [key = '', ...members]) => {
      const set = keys.get(key, 'set')?.members;
      const removed = members.filter((member) => set?.delete(member) === true).length;
      keys.deleteIfEmpty(key);
      return integer(removed);
    },
  },
  smembers: { arity: 2, run: (keys, [key = '']) => array(keys.get(key, 'set')?.members ?? []) },
  sismember: {
    arity: 3,
    run: (keys, [key = '', member = '']) => integer(keys.get(key, 'set')?.members.has(member) === true ? 1 : 0),
  },
  scard: { arity: 2, run: (keys, [key = '']) => integer(keys.get(key, 'set')?.members.size ?? 0) },
};

const HASH_COMMANDS: CommandTable = {
  hset: {
    arity: -4,
    run: (keys, [key = '', ...words]) => {
      const pairs = pairsOf(words, 'hset');
      const { fields } = keys.open(key, 'hash');
      const before = fields.size;
      for (const [field, text] of pairs) fields.set(field, text);
      return integer(fields.size - before);
    },
  },
  hget: { arity: 3, run: (keys, [key = '', field = '']) => bulk(keys.get(key, 'hash')?.fields.get(field)) },
  hmget: {
    arity: -3,
    run: (keys, [key = '', ...fields]) => array(fields.map((field) => keys.get(key, 'hash')?.fields.get(field))),
  },
  hgetall: { arity: 2, run: (keys, [key = '']) => array([...(keys.get(key, 'hash')?.fields ?? [])].flat()) },
  hkeys: { arity: 2, run: (keys, [key = '']) => array(keys.get(key, 'hash')?.fields.keys() ?? []) },
  hvals: { arity: 2, run: (keys, [key = '']) => array(keys.get(key, 'hash')?.fields.values() ?? []) },
  hlen: { arity: 2, run: (keys, [key = '']) => integer(keys.get(key, 'hash')?.fields.size ?? 0) },
  hexists: {
    arity: 3,
    run: (keys, [key = '', field = '']) => integer(keys.get(key, 'hash')?.fields.has(field) === true ? 1 : 0),
  },
  hdel: {
    arity: -3,
    run: (keys, [key = '', ...fields]) => {
      const hash = keys.get(key, 'hash')?.fields;
      const removed = fields.filter((field) => hash?.delete(field) === true).length;
      keys.deleteIfEmpty(key);
      return integer(removed);
    },
  },
  hincrby: {
    arity: 4,
    run: (keys, [key = '', field = '', by]) => {
      const { fields } = keys.open(key, 'hash');
      const sum = integerOf(fields.get(field) ?? '0') + integerOf(by);
      fields.set(field, String(sum));
      return integer(sum);
    },
  },
};

const SORTED_SET_COMMANDS: CommandTable = {
  zadd: {
    arity: -4,
    run: (keys, [key = '', ...words]) => {
      const pairs = pairsOf(words, 'zadd').map(([score, member]) => [floatOf(score), member] as const);
      const { scores } = keys.open(key, 'zset');
      const before = scores.size;
      for (const [score, member] of pairs) scores.set(member, score);
      return integer(scores.size - before);
    },
  },
  zincrby: {
    arity: 4,
    run: (keys, [key = '', by, member = '']) => {
      const { scores } = keys.open(key, 'zset');
      const sum = (scores.get(member) ?? 0) + floatOf(by);
      scores.set(member, sum);
      return bulk(scoreText(sum));
    },
  },
  zrem: {
    arity: -3,
    run: (keys, [key = '', ...members]) => {
      const scores = keys.get(key, 'zset')?.scores;
      const removed = members.filter((member) => scores?.delete(member) === true).length;
      keys.deleteIfEmpty(key);
      return integer(removed);
    },
  },
  zscore: {
    arity: 3,
    run: (keys, [key = '', member = '']) => {
      const score = keys.get(key, 'zset')?.scores.get(member);
      return bulk(score === undefined ? undefined : scoreText(score));
    },
  },
  zcard: { arity: 2, run: (keys, [key = '']) => integer(keys.get(key, 'zset')?.scores.size ?? 0) },
  zrange: { arity: -4, run: (keys, words) => rangeOfScores(keys, words, false) },
  zrevrange: { arity: -4, run: (keys, words) => rangeOfScores(keys, words, true) },
};

export const COLLECTION_COMMANDS: CommandTable = {
  ...LIST_COMMANDS,
  ...SET_COMMANDS,
  ...HASH_COMMANDS,
  ...SORTED_SET_COMMANDS,
};
