/** Signature help: the forms of the directive whose arguments are written, and which part is next. */
import { analyse } from '../analysis/analyse.ts';
import { NO_IMAGES, type KnownImages } from '../analysis/known-images.ts';
import { cursorAt, writtenBefore, type Position, type Written } from './cursor.ts';

export interface Signature {
  /** A form, as it would be written. */
  readonly label: string;
  /** Its parts behind the keyword: from and to, in characters of the label. */
  readonly parts: readonly (readonly [number, number])[];
}

export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly activeSignature: number;
  readonly activePart: number;
  /** One sentence. */
  readonly docs: string;
}

/** Help where arguments are written; undefined elsewhere. Never throws. */
export function signature(text: string, at: Position, images: KnownImages = NO_IMAGES): SignatureHelp | undefined {
  const cursor = cursorAt(analyse(text, images), at);
  const written = cursor.kind === 'instruction' ? writtenBefore(cursor.before) : undefined;
  if (written === undefined) return undefined;
  const { directive } = written;
  const signatures = directive.syntax.map((label) => ({ label, parts: partsOf(label) }));
  const activeSignature = Math.max(0, formOf(written, directive.syntax));
  const parts = signatures[activeSignature]?.parts ?? [];
  return {
    signatures,
    activeSignature,
    activePart: activePart(written, signatures[activeSignature]?.label ?? '', parts),
    docs: directive.summary,
  };
}

/** Words of a form; what stands in brackets is one, `[options]` as well as `["a", "b"]`. */
function partsOf(label: string): (readonly [number, number])[] {
  return [...label.matchAll(/\[[^\]]*\]|\S+/g)]
    .slice(1)
    .map(({ index, 0: word }) => [index, index + word.length] as const);
}

/** JSON is the form of JSON, `=` that of assignments. */
function formOf({ rest }: Written, syntax: readonly string[]): number {
  const given = rest.replace(/^(?:--\S+\s+)*/, '');
  if (given.startsWith('[')) return syntax.findIndex((form) => form.includes('["'));
  if (given.startsWith('<<')) return syntax.findIndex((form) => form.includes('<<'));
  return syntax.findIndex((form) => !form.includes('["') && !form.includes('<<'));
}

function activePart({ words, current }: Written, label: string, parts: readonly (readonly [number, number])[]): number {
  const takesOptions = parts[0] !== undefined && /^\[(?:options|--)/.test(label.slice(parts[0][0]));
  const isFlag = (word: string): boolean => word.startsWith('--');
  if (takesOptions && words.every(isFlag) && isFlag(current)) return 0;
  const place = words.filter((word) => !isFlag(word)).length + (takesOptions ? 1 : 0);
  return Math.min(place, parts.length - 1);
}
