/** The trace of a path, told in words: what each layer says of it, from the top down. */
import type { TraceLine } from '../../../worker/api/types.ts';
import { formatBytes } from '../../ui/format.ts';

/** One sentence of a trace. `lead` is the verdict, `rest` what follows from it. */
export interface TraceSentence {
  readonly layer: number;
  /** Layers below it that say the same, told along with it. */
  readonly alike: number;
  readonly lead: string;
  readonly rest: string;
  readonly visible: boolean;
}

/** Sentences for the layers that say something; runs of silent layers are told in one. */
export function traceSentences(lines: readonly TraceLine[]): TraceSentence[] {
  const sentences: TraceSentence[] = [];
  const settledAt = lines.findIndex((line) => line.says !== 'absent');
  let silent: TraceLine[] = [];
  const endSilence = (): void => {
    const [first] = silent;
    if (first !== undefined) {
      const alike = silent.length - 1;
      sentences.push({ layer: first.layer, alike, lead: 'not here', rest: '', visible: false });
    }
    silent = [];
  };
  for (const [place, line] of lines.entries()) {
    if (line.says === 'absent') {
      // Below the layer that settled the matter, silence means nothing.
      if (settledAt < 0 || place < settledAt) silent.push(line);
      continue;
    }
    endSilence();
    sentences.push({ layer: line.layer, alike: 0, visible: line.visible, ...wordsOf(line, place === settledAt) });
  }
  endSilence();
  return sentences;
}

function wordsOf(line: TraceLine, settles: boolean): { lead: string; rest: string } {
  const size = line.sizeBytes === undefined ? '' : ` (${formatBytes(line.sizeBytes)})`;
  switch (line.says) {
    case 'found':
      if (line.visible) return { lead: `found${size}`, rest: 'This is what you see.' };
      return { lead: `has it too${size}`, rest: 'Hidden by the layer above.' };
    case 'whiteout':
      if (settles) return { lead: 'whiteout', rest: 'Deleted here: nothing below can show through.' };
      return { lead: 'whiteout', rest: 'Deleted here too, and hidden itself.' };
    case 'opaque': {
      const where = line.directory === undefined ? 'The directory' : line.directory;
      return { lead: 'opaque', rest: `${where} is opaque here: what lower layers hold in it is hidden.` };
    }
    case 'absent':
      return { lead: 'not here', rest: '' };
  }
}
