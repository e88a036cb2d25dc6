/** What a Redis server holds, and how it answers commands. */
import { COLLECTION_COMMANDS } from './collection-commands.ts';
import { integerOf, type CommandTable } from './command.ts';
import { KEY_COMMANDS } from './key-commands.ts';
import { Keyspace } from './keyspace.ts';
import { array, bulk, OK, RedisError, type Reply } from './reply.ts';
import { STRING_COMMANDS } from './string-commands.ts';

const COMMANDS: CommandTable = { ...STRING_COMMANDS, ...KEY_COMMANDS, ...COLLECTION_COMMANDS };
const DATABASES = 16;

/** What a client has said of itself so far. */
export interface Connection {
  database: number;
  isKnown: boolean;
}

export interface ServerSettings {
  readonly version: string;
  /** Of the server's process. */
  readonly pid: number;
  readonly port: number;
  /** Asked of clients where it is set. */
  readonly password?: string | undefined;
  /** Where the data is kept, and under which name. */
  readonly directory: string;
  readonly fileName: string;
  /** Writes the data to its file. */
  readonly save: () => void;
}

export class Databases {
  readonly all: readonly Keyspace[];
  readonly #settings: ServerSettings;
  readonly #startedMs: number;
  #commands = 0;

  constructor(settings: ServerSettings, nowMs: () => number) {
    this.all = Array.from({ length: DATABASES }, () => new Keyspace(nowMs));
    this.#settings = settings;
    this.#startedMs = nowMs();
  }

  connect(): Connection {
    return { database: 0, isKnown: this.#settings.password === undefined };
  }

  /** Answers one command; what it refuses is an answer too. */
  answer(connection: Connection, [name = '', ...words]: readonly string[]): Reply {
    this.#commands++;
    try {
      return this.#run(connection, name, words);
    } catch (error) {
      if (error instanceof RedisError) return { kind: 'error', text: error.message };
      throw error;
    }
  }

  #run(connection: Connection, typed: string, words: readonly string[]): Reply {
    const name = typed.toLowerCase();
    if (name === 'auth') return this.#authenticate(connection, words);
    if (!connection.isKnown) throw new RedisError('NOAUTH Authentication required.');
    if (name === 'select') return this.#select(connection, words[0]);
    if (name === 'quit') return OK;
    if (name === 'info') return bulk(this.#info(words[0]?.toLowerCase()));
    if (name === 'flushall') return this.#flushAll();
    if (name === 'save' || name === 'bgsave') return this.#save(name);
    if (name === 'config') return this.#tellConfig(words);
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
      const arguments_ = words.map((word) => `'${word}' `).join('');
      throw new RedisError(`ERR unknown command '${typed}', with args beginning with: ${arguments_}`);
    }
    const count = words.length + 1;
    if (command.arity < 0 ? count < -command.arity : count !== command.arity)
      throw new RedisError(`ERR wrong number of arguments for '${name}' command`);
    return command.run(this.all[connection.database]!, words);
  }

  #authenticate(connection: Connection, words: readonly string[]): Reply {
    const { password } = this.#settings;
    if (password === undefined) {
      throw new RedisError(
        'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
      );
    }
    if (words.at(-1) !== password)
      throw new RedisError('WRONGPASS invalid username-password pair or user is disabled.');
    connection.isKnown = true;
    return OK;
  }

  #select(connection: Connection, word: string | undefined): Reply {
    const database = integerOf(word);
    if (this.all[database] === undefined) throw new RedisError('ERR DB index is out of range');
    connection.database = database;
    return OK;
  }

  #flushAll(): Reply {
    for (const keys of this.all) keys.clear();
    return OK;
  }

  #save(name: 'save' | 'bgsave'): Reply {
    this.#settings.save();
    return name === 'save' ? OK : { kind: 'status', text: 'Background saving started' };
  }

  #tellConfig([verb = '', name = '']: readonly string[]): Reply {
    if (verb.toUpperCase() !== 'GET') throw new RedisError(`ERR CONFIG ${verb} is not simulated`);
    const known: Readonly<Record<string, string>> = {
      dir: this.#settings.directory,
      dbfilename: this.#settings.fileName,
      port: String(this.#settings.port),
      databases: String(DATABASES),
      requirepass: this.#settings.password ?? '',
    };
    return array(Object.hasOwn(known, name) ? [name, known[name]] : []);
  }

  #info(section: string | undefined): string {
    const uptime = Math.floor((this.all[0]!.nowMs - this.#startedMs) / 1000);
    const sections: Readonly<Record<string, readonly string[]>> = {
      Server: [
        `redis_version:${this.#settings.version}`,
        'redis_mode:standalone',
        `process_id:${this.#settings.pid}`,
        `tcp_port:${this.#settings.port}`,
        `uptime_in_seconds:${uptime}`,
      ],
      Clients: ['connected_clients:1'],
      Stats: [`total_commands_processed:${this.#commands}`],
      Replication: ['role:master', 'connected_slaves:0'],
      Keyspace: this.all.flatMap((keys, at) => keyspaceLine(keys, at)),
    };
    return Object.entries(sections)
      .filter(([title]) => section === undefined || title.toLowerCase() === section)
      .map(([title, lines]) => [`# ${title}`, ...lines].map((line) => `${line}\r\n`).join(''))
      .join('\r\n');
  }
}

/** `db0:keys=2,expires=1,avg_ttl=5000`; nothing for a database without keys. */
function keyspaceLine(keyspace: Keyspace, at: number): readonly string[] {
  const keys = keyspace.keys();
  const expiries = keys.map((key) => keyspace.expiresMs(key)).filter((ms) => ms !== undefined);
  const left = expiries.reduce((sum, ms) => sum + ms - keyspace.nowMs, 0);
  const average = expiries.length === 0 ? 0 : Math.round(left / expiries.length);
  return keys.length === 0 ? [] : [`db${at}:keys=${keys.length},expires=${expiries.length},avg_ttl=${average}`];
}
