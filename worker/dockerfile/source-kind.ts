/** What a source of ADD is: a path, a file on the web, or a Git repository (BuildKit's `gitutil.ParseGitRef`). */

const SCP_STYLE = /^[a-zA-Z0-9-_]+@[a-zA-Z0-9-.]+:/;

/** Tells by its form alone. */
export function sourceKind(source: string): 'path' | 'url' | 'git' {
  if (/^(?:git|ssh):\/\//i.test(source) || SCP_STYLE.test(source)) return 'git';
  if (!/^https?:\/\//i.test(source)) return 'path';
  const [location = ''] = source.split(/[?#]/, 1);
  if (location.endsWith('.git')) return 'git';
  return /^https?:\/\//.test(source) ? 'url' : 'path';
}
