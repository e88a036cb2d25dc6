/** Package URLs (package-url/purl-spec): `pkg:deb/debian/curl@7.88.1-10%2Bdeb12u5?arch=amd64&distro=debian-12`. */
import type { PackageType } from './report.ts';

export interface PurlParts {
  readonly type: PackageType;
  /** `debian`, `@babel`. */
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** Those with an empty value are left out. */
  readonly qualifiers?: Readonly<Record<string, string | undefined>>;
}

/** The canonical form: qualifiers by key, names as their type normalises them. */
export function packageUrl({ type, namespace, name, version, qualifiers = {} }: PurlParts): string {
  const path = [...(namespace === undefined ? [] : [namespace]), normalName(type, name)].map(encodePart).join('/');
  const pairs = Object.entries(qualifiers)
    .flatMap(([key, value]) => (value === undefined || value === '' ? [] : [`${key}=${encodePart(value)}`]))
    .sort();
  const at = version === undefined || version === '' ? '' : `@${encodePart(version)}`;
  return `pkg:${type}/${path}${at}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`;
}

function normalName(type: PackageType, name: string): string {
  return type === 'pypi' ? name.toLowerCase().replaceAll('_', '-') : name.toLowerCase();
}

/** Letters, digits and `.-_~` stand for themselves, a colon too; all else is escaped. */
function encodePart(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');
}
