/** Here-documents with `<<-`. */
import type { WordPart } from 'unbash';

/** The parts of a body without the tabs at the start of its lines. */
export function removeLeadingTabs(parts: readonly WordPart[]): WordPart[] {
  let atLineStart = true;
  return parts.map((part) => {
    const strip = (text: string): string =>
      text.replace(/(^|\n)\t+/g, (found, newline: string) => (newline === '' && !atLineStart ? found : newline));
    if (part.type !== 'Literal') {
      atLineStart = false;
      return part;
    }
    const stripped = { ...part, text: strip(part.text), value: strip(part.value) };
    atLineStart = part.text.endsWith('\n');
    return stripped;
  });
}
