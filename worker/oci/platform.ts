/** Platforms (image-spec "image-index.md"; text form, normalisation and matching as containerd's `platforms`). */
import { EngineError } from '../base/errors.ts';

/** What an image runs on. Field names are the spec's. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly 'os.version'?: string;
  readonly 'os.features'?: readonly string[];
}

/** What Strata builds for unless told otherwise. */
export const DEFAULT_PLATFORM: Platform = { os: 'linux', architecture: 'amd64' };

const COMPONENT = /^[\w.-]+$/;
/** `os[(version+feature…)]` */
const OS_PART = /^([\w.-]+)(?:\(([^()]*)\))?$/;

const OPERATING_SYSTEMS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(
    ' ',
  ),
);
const ARCHITECTURES: ReadonlySet<string> = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le ' +
    'riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
);

/** Components the rest of a specifier is not looked at behind. */
const MAX_COMPONENTS = 4;
/** The rules as Docker 26 tells them; newer ones, which are followed here, let more pass. */
const TOLD_OS_RULE = '"^([A-Za-z0-9_-]+)(?:\\\\(([A-Za-z0-9_.-]*)\\\\))?$"';
const TOLD_COMPONENT_RULE = '"^[A-Za-z0-9_-]+$"';

function invalid(text: string, message: string): EngineError {
  return new EngineError('invalid-argument', `${message}: invalid argument`, { data: { platform: text } });
}

const quoted = (text: string): string => JSON.stringify(text);

function invalidOS(text: string, part: string): EngineError {
  const rule = `OSAndVersion specifier component must match ${TOLD_OS_RULE}`;
  return invalid(text, `${quoted(part)} is an invalid OS component of ${quoted(text)}: ${rule}`);
}

/** The components of a specifier, each of a legal form. */
function componentsOf(text: string): { parts: readonly string[]; os: RegExpExecArray } {
  if (text.includes('*')) throw invalid(text, `${quoted(text)}: wildcards not yet supported`);
  const all = text.split('/');
  const parts = [
    ...all.slice(0, MAX_COMPONENTS - 1),
    ...(all.length < MAX_COMPONENTS ? [] : [all.slice(MAX_COMPONENTS - 1).join('/')]),
  ];
  const [first = '', ...more] = parts;
  const os = OS_PART.exec(first);
  if (os === null) throw invalidOS(text, first);
  const wrong = more.find((part) => !COMPONENT.test(part));
  if (wrong !== undefined) {
    const rule = `platform specifier component must match ${TOLD_COMPONENT_RULE}`;
    throw invalid(text, `${quoted(wrong)} is an invalid component of ${quoted(text)}: ${rule}`);
  }
  if (parts.length === MAX_COMPONENTS) throw invalid(text, `${quoted(text)}: cannot parse platform specifier`);
  return { parts, os };
}

/**
 * Reads `os`, `architecture`, `os/architecture` or `os/architecture/variant`, filling in from `defaults`, in normal form.
 * Throws `invalid-argument`, worded as containerd words it.
 */
export function parsePlatform(text: string, defaults: Platform = DEFAULT_PLATFORM): Platform {
  const {
    parts: [first = '', architecture, variant],
    os: match,
  } = componentsOf(text);
  const os = normalizeOS(match[1] ?? '');
  const extras = osExtras(match[2] ?? '');
  if (extras === undefined) throw invalidOS(text, first);
  if (architecture !== undefined) {
    return normalizePlatform({ os, architecture, ...(variant === undefined ? {} : { variant }), ...extras });
  }
  if (OPERATING_SYSTEMS.has(os)) return { os, architecture: defaults.architecture, ...extras };
  const { architecture: known, ...rest } = normalizePlatform({ os: defaults.os, architecture: first });
  if (!ARCHITECTURES.has(known)) throw invalid(text, `${quoted(text)}: unknown operating system or architecture`);
  return { ...rest, architecture: known };
}

/** Version and features; undefined when they hold a percent sign that escapes nothing. */
function osExtras(text: string): Pick<Platform, 'os.version' | 'os.features'> | undefined {
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const [version = '', ...features] = text.split('+').map(unescapePart);
  return {
    ...(version === '' ? {} : { 'os.version': version }),
    ...(features.length === 0 ? {} : { 'os.features': features }),
  };
}

const normalizeOS = (os: string): string => (os.toLowerCase() === 'macos' ? 'darwin' : os.toLowerCase());

/** The platform under the names Go uses for it: `x86_64` is `amd64`, `aarch64` is `arm64`, `arm64/v8` keeps its variant. */
export function normalizePlatform(platform: Platform): Platform {
  const { architecture: given, variant: givenVariant, ...rest } = platform;
  const [architecture, variant] = normalizeArchitecture(given.toLowerCase(), (givenVariant ?? '').toLowerCase());
  return { ...rest, os: normalizeOS(platform.os), architecture, ...(variant === '' ? {} : { variant }) };
}

function normalizeArchitecture(
  architecture: string,
  variant: string,
): readonly [architecture: string, variant: string] {
  switch (architecture) {
    case 'i386':
      return ['386', ''];
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return ['amd64', variant === 'v1' ? '' : variant];
    case 'aarch64':
    case 'arm64':
      return ['arm64', variant === '8' ? 'v8' : variant];
    case 'armhf':
      return ['arm', ''];
    case 'armel':
      return ['arm', 'v6'];
    case 'arm':
      return ['arm', /^[5-8]$/.test(variant) ? `v${variant}` : variant];
    default:
      return [architecture, variant];
  }
}

/** `linux/amd64`, `linux/arm/v7`, `windows(10.0.17763)/amd64`. */
export function formatPlatform(platform: Platform): string {
  const features = [...(platform['os.features'] ?? [])].sort().map((feature) => `+${escapePart(feature)}`);
  const extras = escapePart(platform['os.version'] ?? '') + features.join('');
  const os = platform.os + (extras === '' ? '' : `(${extras})`);
  return [os, platform.architecture, ...(platform.variant ? [platform.variant] : [])].join('/');
}

const escapePart = (text: string): string =>
  text.replace(/[%+()/]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** Undoes `escapePart`. Only ASCII is ever escaped, so each escape is a character by itself. */
const unescapePart = (text: string): string =>
  text.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

/** What an architecture means where no variant is given. */
const DEFAULT_VARIANTS: Readonly<Record<string, string>> = { arm: 'v7', arm64: 'v8', amd64: 'v1' };

/** True when an image for `offered` is what `wanted` asks for: the same system, architecture and variant. */
export function matchesPlatform(wanted: Platform, offered: Platform): boolean {
  const a = normalizePlatform(wanted);
  const b = normalizePlatform(offered);
  const variantOf = ({ architecture, variant }: Platform): string => variant ?? DEFAULT_VARIANTS[architecture] ?? '';
  return a.os === b.os && a.architecture === b.architecture && variantOf(a) === variantOf(b);
}
