/** `path`, in its POSIX form. */
import { textOf } from '../operators.ts';
import { isObject, type Obj } from '../callable.ts';
import type { Value } from '../machine.ts';
import { define, type Realm } from '../realm.ts';
import type { BuiltinModule } from './module.ts';

export const path: BuiltinModule = {
  create: ({ realm, context }) => {
    const module = createPath(realm, () => context.process.cwd);
    define(module, 'posix', module);
    return module;
  },
};

function createPath(realm: Realm, cwd: () => string): Obj {
  const module = realm.object({ sep: '/', delimiter: ':' });
  const text = (value: Value, name = 'path'): string => {
    if (typeof value === 'string') return value;
    const received =
      value === undefined || value === null
        ? String(value)
        : isObject(value)
          ? 'an instance of Object'
          : `type ${typeof value} (${textOf(value)})`;
    return realm.fail('TypeError', `The "${name}" argument must be of type string. Received ${received}`, {
      code: 'ERR_INVALID_ARG_TYPE',
    });
  };
  const resolve = (parts: readonly Value[]): string => {
    let whole = '';
    for (const part of [...parts].reverse()) {
      const one = text(part);
      if (one === '') continue;
      whole = whole === '' ? one : `${one}/${whole}`;
      if (one.startsWith('/')) break;
    }
    const absolute = whole.startsWith('/') ? whole : `${cwd()}/${whole}`;
    return normalize(absolute).replace(/(?<=.)\/$/, '');
  };
  realm.natives(module, {
    basename: [
      2,
      (_self, [value, suffix]) => basename(text(value), suffix === undefined ? '' : text(suffix, 'suffix')),
    ],
    dirname: [1, (_self, [value]) => dirname(text(value))],
    extname: [1, (_self, [value]) => extname(text(value))],
    isAbsolute: [1, (_self, [value]) => text(value).startsWith('/')],
    join: [
      2,
      (_self, parts) =>
        normalize(
          parts
            .map((part) => text(part))
            .filter((part) => part !== '')
            .join('/'),
        ),
    ],
    normalize: [1, (_self, [value]) => normalize(text(value))],
    resolve: [2, (_self, parts) => resolve(parts)],
    relative: [2, (_self, [from, to]) => relative(resolve([text(from, 'from')]), resolve([text(to, 'to')]))],
    parse: [1, (_self, [value]) => parsePath(text(value))],
    format: [1, (_self, [value]) => formatPath(value as Readonly<Record<string, string | undefined>>)],
    toNamespacedPath: [1, (_self, [value]) => value],
  });
  return module;
}

function normalize(path: string): string {
  const isAbsolute = path.startsWith('/');
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else if (!isAbsolute) segments.push('..');
  }
  const whole = segments.join('/');
  if (whole === '') return isAbsolute ? '/' : path.endsWith('/') && path !== '' ? './' : '.';
  return `${isAbsolute ? '/' : ''}${whole}${path.endsWith('/') ? '/' : ''}`;
}

function basename(path: string, suffix = ''): string {
  const name = /([^/]*)\/*$/.exec(path)?.[1] ?? '';
  return suffix !== '' && name.endsWith(suffix) && name !== suffix ? name.slice(0, -suffix.length) : name;
}

function dirname(path: string): string {
  const trimmed = path.replace(/(?<=.)\/+$/, '');
  const end = trimmed.lastIndexOf('/');
  return end === -1 ? '.' : end === 0 ? '/' : trimmed.slice(0, end);
}

function extname(path: string): string {
  return /[^.](\.[^.]*)$/.exec(basename(path))?.[1] ?? '';
}

function relative(from: string, to: string): string {
  const [source, target] = [from.split('/').filter(Boolean), to.split('/').filter(Boolean)];
  let same = 0;
  while (same < source.length && source[same] === target[same]) same++;
  return [...source.slice(same).map(() => '..'), ...target.slice(same)].join('/');
}

function parsePath(path: string): Record<string, string> {
  const base = basename(path);
  const ext = extname(path);
  const hasDirectory = path.replace(/\/+$/, '').includes('/');
  const root = path.startsWith('/') ? '/' : '';
  return {
    root,
    dir: hasDirectory || path === '/' ? dirname(path) : '',
    base,
    ext,
    name: ext === '' ? base : base.slice(0, -ext.length),
  };
}

function formatPath({ dir, root, base, name = '', ext = '' }: Readonly<Record<string, string | undefined>>): string {
  const last = base ?? `${name}${ext !== '' && !ext.startsWith('.') ? '.' : ''}${ext}`;
  const folder = dir ?? root ?? '';
  return folder === '' ? last : folder === root ? `${folder}${last}` : `${folder}/${last}`;
}
