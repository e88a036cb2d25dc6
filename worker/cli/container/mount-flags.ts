/** `--mount`, `--volume` and `--tmpfs`, as the client reads them. */
import type { HostConfig } from '../../engine/docker/container-types.ts';
import { csvFields } from '../../dockerfile/csv-fields.ts';
import { CliError } from '../command.ts';
import { parseBool, valueProblem } from '../flag-kinds.ts';
import { parseBinarySize } from '../format/human-size.ts';

/** Source, destination and mode. */
const MOST_SECTIONS = 3;

type MountSpec = NonNullable<HostConfig['Mounts']>[number];

/** Keys whose value stands alone for true. */
const SWITCHES = new Set(['readonly', 'ro', 'volume-nocopy', 'bind-nonrecursive']);
const KNOWN = new Set([
  'type', 'source', 'src', 'target', 'dst', 'destination', 'readonly', 'ro', 'consistency', 'bind-propagation',
  'bind-nonrecursive', 'bind-recursive', 'bind-create-src', 'volume-nocopy', 'volume-label', 'volume-driver', 'volume-opt',
  'volume-subpath', 'image-subpath', 'tmpfs-size', 'tmpfs-mode',
]); // prettier-ignore

/** What is wrong with a `--mount`; undefined when nothing is. */
export function mountProblem(value: string): string | undefined {
  const mount = readMount(value);
  return typeof mount === 'string' ? mount : undefined;
}

/** The mounts of all `--mount` flags, which were checked. */
export function mountsOfFlags(values: readonly string[]): readonly MountSpec[] {
  return values.flatMap((value) => {
    const mount = readMount(value);
    return typeof mount === 'string' ? [] : [mount];
  });
}

/** A mount, or what is wrong with it. */
function readMount(value: string): MountSpec | string {
  let type = 'volume';
  let source = '';
  let target = '';
  let readOnly = false;
  const memory: { SizeBytes?: number; Mode?: number } = {};
  let fields: readonly string[];
  try {
    fields = csvFields(value);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  for (const field of fields) {
    const equals = field.indexOf('=');
    const key = (equals === -1 ? field : field.slice(0, equals)).toLowerCase();
    if (equals === -1 && !SWITCHES.has(key)) return `invalid field '${field}' must be a key=value pair`;
    if (!KNOWN.has(key)) return `unexpected key '${key}' in '${field}'`;
    const text = equals === -1 ? 'true' : field.slice(equals + 1);
    if (key === 'type') type = text.toLowerCase();
    else if (key === 'source' || key === 'src') source = text;
    else if (key === 'target' || key === 'dst' || key === 'destination') target = text;
    else if (key === 'tmpfs-size') {
      const problem = valueProblem('bytes', text);
      if (problem !== undefined) return `invalid value for ${key}: ${text}`;
      memory.SizeBytes = parseBinarySize(text);
    } else if (key === 'tmpfs-mode') {
      if (!/^[0-7]+$/.test(text)) return `invalid value for ${key}: ${text}`;
      memory.Mode = parseInt(text, 8);
    } else if (key === 'readonly' || key === 'ro') {
      const flag = parseBool(text);
      if (flag === undefined) return `invalid value for ${key}: ${text}`;
      readOnly = flag;
    }
  }
  if (target === '') return 'target is required';
  return {
    Type: type as MountSpec['Type'],
    ...(source === '' ? {} : { Source: source }),
    Target: target,
    ...(readOnly ? { ReadOnly: true } : {}),
    ...(Object.keys(memory).length === 0 ? {} : { TmpfsOptions: memory }),
  };
}

/** What `-v` values mean: those without a source are volumes without a name. Throws {@link CliError}. */
export function volumesOfFlags(
  values: readonly string[],
  absolute: (path: string) => string,
): { readonly binds: readonly string[]; readonly anonymous: readonly string[] } {
  const specs = values.map((value) => ({ value, parts: splitSpec(value) }));
  return {
    binds: specs.filter(({ parts }) => parts.length > 1).map(({ value }) => withAbsoluteSource(value, absolute)),
    anonymous: specs.filter(({ parts }) => parts.length === 1).map(({ value }) => value),
  };
}

/** The sections between colons. One letter before a colon is a drive, as the client reads paths of Windows everywhere. */
function splitSpec(value: string): readonly string[] {
  if (value === '') throw new CliError('invalid empty volume spec');
  const parts = value.split(':');
  if (parts.includes('')) throw new CliError(`invalid spec: ${value}: empty section between colons`);
  const joined: string[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? '';
    const next = parts[at + 1];
    const isDrive = /^[a-zA-Z]$/.test(part) && next !== undefined;
    joined.push(isDrive ? `${part}:${next}` : part);
    if (isDrive) at++;
  }
  if (joined.length > MOST_SECTIONS) throw new CliError(`invalid spec: ${value}: too many colons`);
  return joined;
}

/** `.` and `./dir` name directories of the machine. */
function withAbsoluteSource(value: string, absolute: (path: string) => string): string {
  const colon = value.indexOf(':');
  const source = value.slice(0, colon);
  return /^\.{1,2}(?:\/|$)|^~/.test(source) ? absolute(source) + value.slice(colon) : value;
}

/** `PATH[:OPTIONS]` of `--tmpfs`. */
export function tmpfsOfFlags(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.map((value) => {
      const colon = value.indexOf(':');
      return colon === -1 ? [value, ''] : [value.slice(0, colon), value.slice(colon + 1)];
    }),
  );
}
