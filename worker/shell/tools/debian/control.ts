/** Debian's control format (deb822(5)): paragraphs of fields, as dpkg's status and the archive's indexes hold them. */

/** The fields of one paragraph in their order; a value of several lines keeps its newlines and what they are indented by. */
export type Paragraph = ReadonlyMap<string, string>;

export function parseParagraphs(text: string): Paragraph[] {
  return text.split(/\n(?:[ \t]*\n)+/).flatMap((block) => {
    const paragraph = parseParagraph(block);
    return paragraph.size === 0 ? [] : [paragraph];
  });
}

function parseParagraph(block: string): Paragraph {
  const fields = new Map<string, string>();
  let current: string | undefined;
  for (const line of block.split('\n')) {
    if (line.startsWith('#') || line === '') continue;
    if (/^[ \t]/.test(line) && current !== undefined) {
      fields.set(current, `${fields.get(current) ?? ''}\n${line}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    current = line.slice(0, colon);
    fields.set(current, line.slice(colon + 1).trim());
  }
  return fields;
}

/** One paragraph as text, with a newline at its end and no empty line. */
export function formatParagraph(fields: Iterable<readonly [string, string]>): string {
  return [...fields].map(([name, value]) => `${name}:${value.startsWith('\n') ? '' : ' '}${value}\n`).join('');
}
