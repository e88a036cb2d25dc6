/** What the `s` command puts in the place of a match. */
import type { Match } from '../../regex/expression.ts';
import type { ReplacementPart } from './script.ts';

export function replacementText(parts: readonly ReplacementPart[], match: Match): string {
  let out = '';
  let mode: 'U' | 'L' | 'E' = 'E';
  let once: 'u' | 'l' | undefined;
  for (const part of parts) {
    if (part.kind === 'case') {
      if (part.change === 'u' || part.change === 'l') once = part.change;
      else mode = part.change;
      continue;
    }
    let text: string = part.kind === 'text' ? part.text : (match[part.group] ?? '');
    if (mode !== 'E') text = mode === 'U' ? text.toUpperCase() : text.toLowerCase();
    if (once !== undefined && text !== '') {
      text = (once === 'u' ? text.charAt(0).toUpperCase() : text.charAt(0).toLowerCase()) + text.slice(1);
      once = undefined;
    }
    out += text;
  }
  return out;
}
