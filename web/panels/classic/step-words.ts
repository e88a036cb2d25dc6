/** What the classic builder's steps are told in: its own lines, and a word on each for who did not see them before. */
import type { ClassicStep } from '../../../worker/api/types.ts';
import type { LayerRange } from '../../state/layer-range.ts';
import { formatBytes } from '../../ui/format.ts';

/** Hexadecimal digits of an ID that are shown. */
const SHORT = 12;

/** `---> Running in 3f2a…`: one line of a step. */
interface StepLine {
  readonly kind: 'note' | 'output' | 'image';
  readonly text: string;
  /** Why the line is there; for the title. */
  readonly meaning: string;
}

/** `sha256:0123…` without its algorithm, cut as Docker cuts it. */
export function shortImageID(id: string): string {
  return id.slice(id.indexOf(':') + 1).slice(0, SHORT);
}

/** The lines below a step's `Step 2/9 : …`, in the order in which they were printed. */
export function linesOfStep({ state, container, output = '', imageID, stage }: ClassicStep): readonly StepLine[] {
  const lines: StepLine[] = [];
  if (state === 'left-out' || state === 'not-reached') return lines;
  if (state === 'cached') {
    lines.push(
      note('Using cache', 'An image with this parent was made by this instruction before: it is taken again.'),
    );
  }
  if (container !== undefined) {
    lines.push(
      note(`Running in ${container}`, 'A container of the image above: the instruction works on its writable layer.'),
    );
  }
  for (const text of output.replace(/\n$/, '').split('\n')) {
    if (output !== '') lines.push({ kind: 'output', text, meaning: 'What the program put out.' });
  }
  if (container !== undefined && state !== 'failed') {
    lines.push(
      note(
        `Removed intermediate container ${container}`,
        'It was committed: its writable layer is the new layer of the image below.',
      ),
    );
  }
  if (imageID !== undefined) {
    lines.push({
      kind: 'image',
      text: shortImageID(imageID),
      meaning: 'The image this step made, parent of the next step.',
    });
  } else if (state === 'base' && stage !== '') {
    lines.push(note('', 'The empty image: nothing below.'));
  }
  return lines;
}

function note(text: string, meaning: string): StepLine {
  return { kind: 'note', text, meaning };
}

/** What an image has that its parent had not: `layer 3, 1.2 kB`. `layers` are those of the image on screen. */
export function madeWords(step: ClassicStep, layers: LayerRange | undefined, makesLayer: boolean): string {
  if (step.state === 'base') return layers === undefined ? '' : numbered(layers);
  if (!makesLayer) return 'no layer, only configuration';
  return `${layers === undefined ? 'a layer' : numbered(layers)}, ${formatBytes(step.sizeBytes ?? 0)}`;
}

function numbered({ first, last }: LayerRange): string {
  return first === last ? `layer ${last + 1}` : `layers ${first + 1} to ${last + 1}`;
}

/** What is said of a step that was not done. */
export function undoneWords({ state }: ClassicStep): string {
  if (state === 'left-out')
    return 'BuildKit left it out: the target does not need its stage. The classic builder did every stage.';
  return state === 'not-reached' ? 'Not reached: the build failed before.' : '';
}
