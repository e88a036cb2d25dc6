/** What a configuration says of its sites: servers with their locations, what each inherits resolved. */
import { ConfigurationProblem, type Directive } from './syntax.ts';

/** What a directive of a block says, or one around it: the innermost counts, all of its lines together. */
export class Scope {
  readonly #directives: readonly Directive[];
  readonly #outer: Scope | undefined;

  constructor(directives: readonly Directive[], outer?: Scope) {
    this.#directives = directives;
    this.#outer = outer;
  }

  /** Those of this name in the innermost block that has any. */
  all(name: string): readonly Directive[] {
    const own = this.own(name);
    return own.length > 0 || this.#outer === undefined ? own : this.#outer.all(name);
  }

  /** Those of this very block. */
  own(name: string): readonly Directive[] {
    return this.#directives.filter((directive) => directive.name === name);
  }

  /** The arguments of the last one. */
  args(name: string): readonly string[] | undefined {
    return this.all(name).at(-1)?.args;
  }

  value(name: string): string | undefined {
    return this.args(name)?.[0];
  }

  isOn(name: string): boolean {
    return this.value(name) === 'on';
  }
}

export type LocationMatch =
  | { readonly kind: 'exact' | 'prefix' | 'prefix-only'; readonly path: string }
  | { readonly kind: 'expression'; readonly expression: RegExp }
  | { readonly kind: 'named'; readonly name: string };

export interface Location {
  readonly match: LocationMatch;
  readonly scope: Scope;
}

export interface Site {
  readonly ports: readonly number[];
  /** Ports for which this is the one that answers where no name fits. */
  readonly defaultPorts: readonly number[];
  readonly names: readonly string[];
  readonly locations: readonly Location[];
  readonly scope: Scope;
}

export interface Configuration {
  readonly main: Scope;
  readonly http: Scope;
  readonly sites: readonly Site[];
  /** Content types by the ending of a file's name. */
  readonly types: ReadonlyMap<string, string>;
  /** `host:port` of the servers of each `upstream`. */
  readonly upstreams: ReadonlyMap<string, readonly string[]>;
}

/** Understands a configuration. Throws {@link ConfigurationProblem}. */
export function understand(directives: readonly Directive[]): Configuration {
  const main = new Scope(directives);
  if (main.own('events').length === 0) throw new ConfigurationProblem('no "events" section in configuration');
  const block = main.own('http').at(-1)?.block ?? [];
  const http = new Scope(block, main);
  return {
    main,
    http,
    sites: http.own('server').map((server) => siteOf(server, http)),
    types: new Map(http.own('types').flatMap(({ block: lines = [] }) => lines.flatMap(typeEntries))),
    upstreams: new Map(
      http
        .own('upstream')
        .map(({ args, block: lines = [] }) => [
          args[0] ?? '',
          new Scope(lines).own('server').map(({ args: [address = ''] }) => address),
        ]),
    ),
  };
}

function typeEntries({ name, args }: Directive): (readonly [string, string])[] {
  return args.map((ending) => [ending, name] as const);
}

function siteOf({ block = [] }: Directive, http: Scope): Site {
  const scope = new Scope(block, http);
  const listens = scope.own('listen').map((directive) => ({ port: portOf(directive), args: directive.args }));
  return {
    ports: listens.length === 0 ? [80] : [...new Set(listens.map(({ port }) => port))],
    defaultPorts: listens.filter(({ args }) => args.includes('default_server')).map(({ port }) => port),
    names: scope.own('server_name').flatMap(({ args }) => args),
    locations: scope.own('location').flatMap((directive) => locationsOf(directive, scope)),
    scope,
  };
}

function portOf({ args, file, line }: Directive): number {
  const [address = ''] = args;
  if (address.startsWith('unix:')) return 0;
  const text = /^\d+$/.test(address) ? address : (/:(\d+)$/.exec(address)?.[1] ?? '80');
  const port = Number(text);
  if (port < 1 || port > 65_535)
    throw new ConfigurationProblem(`invalid port in "${address}" of the "listen" directive in ${file}:${line}`);
  return port;
}

/** A location and those inside it. */
function locationsOf(directive: Directive, outer: Scope): readonly Location[] {
  const scope = new Scope(directive.block ?? [], outer);
  const inner = scope.own('location').flatMap((one) => locationsOf(one, scope));
  return [{ match: matchOf(directive), scope }, ...inner];
}

function matchOf({ args, file, line }: Directive): LocationMatch {
  const [first = '', second] = args;
  const modifier = second === undefined ? '' : first;
  const path = second ?? first;
  if (path.startsWith('@')) return { kind: 'named', name: path };
  switch (modifier) {
    case '':
      return { kind: 'prefix', path };
    case '=':
      return { kind: 'exact', path };
    case '^~':
      return { kind: 'prefix-only', path };
    case '~':
    case '~*':
      return { kind: 'expression', expression: expressionOf(path, modifier === '~*' ? 'i' : '', `${file}:${line}`) };
    default:
      throw new ConfigurationProblem(`invalid location modifier "${modifier}" in ${file}:${line}`);
  }
}

function expressionOf(text: string, flags: string, place: string): RegExp {
  try {
    return new RegExp(text.replaceAll('(?P<', '(?<'), flags);
  } catch {
    throw new ConfigurationProblem(`pcre2_compile() failed in "${text}" in ${place}`);
  }
}

/** The site for a request: by the port it came to and the host it named. */
export function siteFor({ sites }: Configuration, port: number, host: string): Site | undefined {
  const here = sites.filter((site) => site.ports.includes(port));
  const name = host.replace(/:\d+$/, '');
  return (
    here.find(({ names }) => names.includes(name)) ??
    here.find(({ names }) => names.some((pattern) => isWildcardMatch(pattern, name))) ??
    here.find(({ defaultPorts }) => defaultPorts.includes(port)) ??
    here[0]
  );
}

function isWildcardMatch(pattern: string, name: string): boolean {
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('.*')) return name.startsWith(pattern.slice(0, -1));
  if (pattern.startsWith('.')) return name === pattern.slice(1) || name.endsWith(pattern);
  return false;
}

/** The location for a path: exact, then the longest prefix that shuts out expressions, the first expression, the longest prefix. */
export function locationFor({ locations }: Site, path: string): Location | undefined {
  const exact = locations.find(({ match }) => match.kind === 'exact' && match.path === path);
  if (exact !== undefined) return exact;
  let longest: { readonly location: Location; readonly length: number } | undefined;
  for (const location of locations) {
    const { match } = location;
    if ((match.kind !== 'prefix' && match.kind !== 'prefix-only') || !path.startsWith(match.path)) continue;
    if (longest === undefined || match.path.length > longest.length) longest = { location, length: match.path.length };
  }
  if (longest?.location.match.kind === 'prefix-only') return longest.location;
  const expression = locations.find(({ match }) => match.kind === 'expression' && match.expression.test(path));
  return expression ?? longest?.location;
}

export function namedLocation({ locations }: Site, name: string): Location | undefined {
  return locations.find(({ match }) => match.kind === 'named' && match.name === name);
}
