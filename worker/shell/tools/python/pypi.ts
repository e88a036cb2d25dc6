/** Distributions of PyPI as the page ships them (`public/catalogue/pypi/packages`, which says itself how far it can be trusted). */
import { utf8Text } from '../../../base/bytes.ts';
import type { StaticFiles } from '../../../base/ports.ts';

export interface Distribution {
  readonly name: string;
  readonly version: string;
  readonly installedBytes: number;
  readonly wheelBytes: number;
  readonly files: number;
  /** Top-level packages; a distribution without any is one module of its own name. */
  readonly modules: readonly string[];
  readonly scripts: readonly string[];
  readonly requires: readonly string[];
  readonly summary: string;
}

const loaded = new WeakMap<StaticFiles, Promise<ReadonlyMap<string, Distribution>>>();

/** By normalised name. Rejects when the catalogue cannot be had. */
export function distributions(catalogue: StaticFiles): Promise<ReadonlyMap<string, Distribution>> {
  const asked = loaded.get(catalogue) ?? readDistributions(catalogue);
  loaded.set(catalogue, asked);
  asked.catch(() => loaded.delete(catalogue));
  return asked;
}

async function readDistributions(catalogue: StaticFiles): Promise<ReadonlyMap<string, Distribution>> {
  const lines = utf8Text(await catalogue('pypi/packages')).split('\n');
  const all = lines.filter((line) => line !== '' && !line.startsWith('#')).map(parseLine);
  return new Map(all.map((one) => [one.name, one]));
}

function parseLine(line: string): Distribution {
  const [
    name = '',
    version = '',
    installed = '',
    wheel = '',
    files = '',
    modules = '',
    scripts = '',
    requires = '',
    summary = '',
  ] = line.split('|');
  const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
  return {
    name,
    version,
    installedBytes: Number(installed),
    wheelBytes: Number(wheel),
    files: Number(files),
    modules: words(modules),
    scripts: words(scripts),
    requires: words(requires),
    summary,
  };
}

/** PEP 503: runs of `-`, `_` and `.` are one dash, letters are small. */
export function normalisedName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** What a line of requirements.txt asks for. */
export interface Requirement {
  readonly name: string;
  /** `==`, `>=`, `~=` … with versions, all of which must hold. */
  readonly constraints: readonly { readonly operator: string; readonly version: string }[];
  readonly text: string;
}

/** A requirement of PEP 508 without its marker; undefined for an address, a path or nonsense. */
export function parseRequirement(line: string): Requirement | undefined {
  const text = line.replace(/\s*;.*/, '').trim();
  const [, name, , constraints = ''] = /^([A-Za-z0-9][\w.-]*)\s*(\[[^\]]*\])?\s*\(?([<>=!~].*?)?\)?$/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const parsed = constraints.split(',').flatMap((one) => {
    const [, operator, version] = /^\s*([<>=!~]=?=?)\s*(\S+)\s*$/.exec(one) ?? [];
    return operator === undefined || version === undefined ? [] : [{ operator, version }];
  });
  return { name: normalisedName(name), constraints: parsed, text };
}
