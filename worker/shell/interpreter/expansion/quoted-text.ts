/** Texts with the rules of double quotes that are no part of a word: here-documents, PS4, arithmetic. */
import { parse, type WordPart } from 'unbash';

const quotedTexts = new Map<string, readonly WordPart[]>();
const MAX_QUOTED_TEXTS = 500;
const DELIMITER = 'END-OF-QUOTED-TEXT';

/** A text parsed by the rules of double quotes, quotes in it being plain characters: a here-document's. */
export function quotedPartsOf(text: string): readonly WordPart[] {
  const known = quotedTexts.get(text);
  if (known !== undefined) return known;
  const command = parse(`: <<${DELIMITER}\n${text}\n${DELIMITER}\n`).commands[0]?.command;
  const redirect = command?.type === 'Command' ? command.redirects[0] : undefined;
  const parts = redirect?.type === 'HereDoc' ? heredocParts(redirect.body.text, redirect.body.parts) : [];
  const trimmed = withoutLastNewline(parts);
  if (quotedTexts.size >= MAX_QUOTED_TEXTS) quotedTexts.clear();
  quotedTexts.set(text, trimmed);
  return trimmed;
}

/** The parts of a here-document's body; a body without expansions has none, but its backslashes still quote. */
export function heredocParts(text: string, parts: readonly WordPart[] | undefined): readonly WordPart[] {
  return parts ?? [{ type: 'Literal', pos: 0, end: text.length, text, value: text.replace(/\\([$`\\])|\\\n/g, '$1') }];
}

function withoutLastNewline(parts: readonly WordPart[]): readonly WordPart[] {
  const last = parts.at(-1);
  if (last?.type !== 'Literal') return parts;
  return [...parts.slice(0, -1), { ...last, text: last.text.replace(/\n$/, ''), value: last.value.replace(/\n$/, '') }];
}
