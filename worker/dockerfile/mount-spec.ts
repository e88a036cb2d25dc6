/** `RUN --mount=…`: its options read and checked (BuildKit's `instructions/commands_runmount.go`). */
import { EngineError } from '../base/errors.ts';
import { csvFields } from './csv-fields.ts';
import type { FieldOffers } from './flags.ts';
import { parseBoolean, parseSizeBytes, parseUnsigned } from './go-scalars.ts';
import { quote } from './go-quote.ts';
import type { RunMount } from './stage-builder.ts';
import { withSuggestion } from './suggestion.ts';

type MountType = RunMount['type'];
type Sharing = NonNullable<RunMount['sharing']>;

export const MOUNT_TYPES: readonly MountType[] = ['bind', 'cache', 'tmpfs', 'secret', 'ssh'];
const SHARINGS: readonly Sharing[] = ['shared', 'private', 'locked'];

/** What an editor offers to write of a mount. */
export const MOUNT_OFFERS: FieldOffers = {
  keysByType: {
    bind: ['source=', 'target=', 'from=', 'rw'],
    cache: ['target=', 'id=', 'sharing=', 'from=', 'source=', 'mode=', 'uid=', 'gid=', 'ro'],
    tmpfs: ['target=', 'size='],
    secret: ['id=', 'target=', 'env=', 'required', 'mode=', 'uid=', 'gid='],
    ssh: ['id=', 'target=', 'required', 'mode=', 'uid=', 'gid='],
  } satisfies Record<MountType, readonly string[]>,
  defaultType: 'bind',
  valuesByKey: { type: { values: MOUNT_TYPES }, sharing: { values: SHARINGS }, from: { known: 'sources' } },
};

/** Every option, with how it is kept; several names may mean one. */
const KEYS: readonly string[] =
  'type from source target readonly id sharing required size mode uid gid src dst destination ro rw readwrite env'.split(
    ' ',
  );

/** Which options belong to some types alone. */
const TYPES_OF: ReadonlyMap<string, readonly MountType[]> = new Map([
  ['required', ['secret', 'ssh']],
  ['size', ['tmpfs']],
  ['mode', ['secret', 'ssh', 'cache']],
  ['uid', ['secret', 'ssh', 'cache']],
  ['gid', ['secret', 'ssh', 'cache']],
]);

/** A mount as it is written, nothing expanded. */
export interface MountText {
  readonly fields: readonly string[];
  /** Stage, image or named context it takes files of. */
  readonly from?: string;
}

interface Options {
  type: MountType;
  from?: string;
  source?: string;
  target?: string;
  readOnly?: boolean;
  id?: string;
  sharing?: Sharing;
  required?: boolean;
  sizeBytes?: number;
  mode?: number;
  uid?: number;
  gid?: number;
  env?: string;
}

/** Splits a mount's options, and finds what it depends on. Throws `dockerfile` where that cannot be told. */
export function readMountText(text: string): MountText {
  const fields = fieldsOf(text);
  const from = fields.map(splitField).findLast(({ key, value }) => key === 'from' && value !== undefined)?.value;
  if (from !== undefined && /\$./.test(from)) {
    throw failure("'from' doesn't support variable expansion, define alias stage instead");
  }
  return { fields, ...(from === undefined ? {} : { from }) };
}

function fieldsOf(text: string): readonly string[] {
  try {
    return csvFields(text);
  } catch (error) {
    throw failure(`failed to parse csv mounts: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The mount with variables expanded. Throws `dockerfile` for options there are not, and such as do not go together. */
export function readMount({ fields }: MountText, expand: (text: string) => string): RunMount {
  const options: Options = { type: 'bind' };
  for (const field of fields) {
    const { key, value } = splitField(field);
    if (value === undefined) setFlag(options, key, field);
    else setOption(options, key, expand(value), field);
  }
  checkCombination(options);
  const { type, readOnly = type !== 'cache' && type !== 'tmpfs', ...rest } = options;
  return { ...rest, type, readOnly };
}

function splitField(field: string): { key: string; value: string | undefined } {
  const equals = field.indexOf('=');
  if (equals < 0) return { key: field.toLowerCase(), value: undefined };
  return { key: field.slice(0, equals).toLowerCase(), value: field.slice(equals + 1) };
}

/** An option without a value. */
function setFlag(options: Options, key: string, field: string): void {
  if (key === 'readonly' || key === 'ro') options.readOnly = true;
  else if (key === 'readwrite' || key === 'rw') options.readOnly = false;
  else if (key === 'required') {
    requireType(options.type, key);
    options.required = true;
  } else throw failure(`invalid field '${field}' must be a key=value pair`);
}

function setOption(options: Options, key: string, value: string, field: string): void {
  switch (key) {
    case 'type':
      options.type = oneOf(MOUNT_TYPES, value, (known) =>
        withSuggestion(`unsupported mount type ${quote(value)}`, value, known),
      );
      break;
    case 'from':
    case 'source':
    case 'target':
    case 'id':
    case 'env':
      options[key] = value;
      break;
    case 'src':
      options.source = value;
      break;
    case 'dst':
    case 'destination':
      options.target = value;
      break;
    case 'readonly':
    case 'ro':
      options.readOnly = booleanOf(key, value);
      break;
    case 'readwrite':
    case 'rw':
      options.readOnly = !booleanOf(key, value);
      break;
    case 'required':
      requireType(options.type, key);
      options.required = booleanOf(key, value);
      break;
    case 'size':
      requireType(options.type, key);
      options.sizeBytes = defined(parseSizeBytes(value), `invalid value for size: ${value}`);
      break;
    case 'sharing':
      options.sharing = oneOf(SHARINGS, value, () => `unsupported sharing value ${quote(value)}`);
      break;
    case 'mode':
      options.mode = defined(parseUnsigned(value, 8), `invalid value ${value} for mode`);
      break;
    case 'uid':
    case 'gid':
      options[key] = defined(parseUnsigned(value, 10), `invalid value ${value} for ${key}`);
      break;
    default:
      throw failure(withSuggestion(`unexpected key '${key}' in '${field}'`, key, KEYS));
  }
}

function checkCombination(options: Options): void {
  const { type, source, target, id, env } = options;
  for (const key of ['mode', 'uid', 'gid'] as const) {
    const allowed = TYPES_OF.get(key)?.includes(type) === true;
    if (options[key] !== undefined && !allowed) throw failure(`${key} not allowed for ${quote(type)} type mounts`);
  }
  if (options.sharing !== undefined && type !== 'cache') throw failure(`invalid cache sharing set for ${type} mount`);
  if (type !== 'secret') return;
  if (options.from) throw failure('secret mount should not have a from');
  if (!source && !target && !id && !env) throw failure('invalid secret mount. one of source, target required');
  if (source && id) throw failure("both source and id can't be set");
}

function requireType(type: MountType, key: string): void {
  if (TYPES_OF.get(key)?.includes(type) !== true) throw failure(`unexpected key '${key}' for mount type '${type}'`);
}

function booleanOf(key: string, value: string): boolean {
  return defined(parseBoolean(value), `invalid value for ${key}: ${value}`);
}

function oneOf<T extends string>(known: readonly T[], value: string, message: (known: readonly T[]) => string): T {
  return defined(
    known.find((candidate) => candidate === value.toLowerCase()),
    message(known),
  );
}

function defined<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw failure(message);
  return value;
}

function failure(message: string): EngineError {
  return new EngineError('dockerfile', message);
}
