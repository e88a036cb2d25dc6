/** The path of a request as servers take it: decoded, without `.`, `..` and doubled slashes. */

/** Undefined for a path that leads above the root or cannot be decoded. A slash at the end stays. */
export function requestPath(pathname: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const segments: string[] = [];
  for (const segment of decoded.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  const isDirectory = /\/(?:\.{1,2})?$/.test(decoded) && segments.length > 0;
  return `/${segments.join('/')}${isDirectory ? '/' : ''}`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
