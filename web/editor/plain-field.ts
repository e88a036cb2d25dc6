/**
 * The plain editor: a text field that stands where Monaco will, with its measures. It is made without any of the page's code, so that the
 * shell has one (early-field.ts), and moves into the page with its caret, its undo history and what is being typed in it.
 */
import { EDITOR_METRICS, type EditorGeometry } from './metrics.ts';
import './plain-field.css';

/** Nobody is typing who paused for so long. */
const PAUSE_MS = 250;

/** Where somebody is in a text: what takes the field's place goes on there. */
export interface TextPlace {
  /** Offsets in the text as the project has it: where the selection was begun, and where the caret is. */
  readonly anchor: number;
  readonly caret: number;
  readonly focused: boolean;
  readonly scrollTopPx: number;
  readonly scrollLeftPx: number;
}

/** Who is told what happens in a field. */
interface FieldEvents {
  readonly onEdit: (path: string, text: string) => void;
  readonly onGeometry: (geometry: EditorGeometry) => void;
}

export class PlainField {
  readonly #area = document.createElement('textarea');
  readonly #numbers = document.createElement('div');
  readonly #element = document.createElement('div');
  #path: string;
  /** The text as it was last put in, and what it has come to. */
  #given: string;
  #edited: string | undefined;
  #events: FieldEvents | undefined;
  #isComposing = false;
  #typedMs = -Infinity;

  constructor(path: string, text: string) {
    const { fontPx, linePx, topPx, numberChars, gapPx } = EDITOR_METRICS;
    const measures = { '--font-px': fontPx, '--line-px': linePx, '--top-px': topPx, '--gap-px': gapPx };
    this.#element.className = 'plain-editor';
    for (const [name, px] of Object.entries(measures)) this.#element.style.setProperty(name, `${px}px`);
    this.#element.style.setProperty('--number-chars', String(numberChars));
    const column = document.createElement('div');
    column.className = 'numbers number';
    column.ariaHidden = 'true';
    column.append(this.#numbers);
    this.#element.append(column, this.#area);
    this.#path = path;
    this.#given = text;
    this.#fill();
    this.#prepareArea();
  }

  get path(): string {
    return this.#path;
  }

  /** The text as it was put in: what undo leads back to. */
  get given(): string {
    return this.#given;
  }

  /** The text as it is, with the line ends that it was given with: a text field knows one kind only. */
  get text(): string {
    return this.#edited ?? this.#given;
  }

  get place(): TextPlace {
    const { selectionStart, selectionEnd, selectionDirection, scrollTop, scrollLeft } = this.#area;
    const ends = [selectionStart, selectionEnd].map((end) => this.#withLineEnds(this.#area.value.slice(0, end)).length);
    const [anchor = 0, caret = 0] = selectionDirection === 'backward' ? ends.reverse() : ends;
    const focused = document.activeElement === this.#area;
    return { anchor, caret, focused, scrollTopPx: scrollTop, scrollLeftPx: scrollLeft };
  }

  /** Shows a text; one that is shown already keeps caret and undo history. */
  open(path: string, text: string): void {
    const isOther = path !== this.#path;
    if (!isOther && text === this.text) return;
    this.#path = path;
    this.#given = text;
    this.#edited = undefined;
    const { selectionStart, selectionEnd } = this.#area;
    this.#fill();
    if (isOther) this.#area.scrollTo(0, 0);
    else this.#area.setSelectionRange(selectionStart, selectionEnd);
  }

  /** Tells from now on, beginning with where the lines are. */
  tell(events: FieldEvents): void {
    this.#events = events;
    this.#tellGeometry();
  }

  /** Puts the field into an element of the page, out of where it is. */
  moveTo(frame: HTMLElement): void {
    // keeps the focus, the selection and the undo history
    if (this.#element.isConnected && 'moveBefore' in Element.prototype) {
      frame.moveBefore(this.#element, null);
      return;
    }
    const { focused, scrollTopPx, scrollLeftPx } = this.place;
    frame.append(this.#element);
    // where it is at its start already, the browser need not lay out the page for it
    if (scrollLeftPx > 0 || scrollTopPx > 0) this.#area.scrollTo(scrollLeftPx, scrollTopPx);
    if (focused) this.#area.focus({ preventScroll: true });
  }

  remove(): void {
    this.#element.remove();
  }

  /** Resolves when no character is being composed, and nothing holds somebody up who is typing. */
  async paused(): Promise<void> {
    while (this.#isComposing || performance.now() - this.#typedMs < PAUSE_MS) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  /** Resolves when no character is being composed: an input method would lose it with the field. */
  async composed(): Promise<void> {
    if (this.#isComposing)
      await new Promise((done) => this.#area.addEventListener('compositionend', done, { once: true }));
  }

  #prepareArea(): void {
    const area = this.#area;
    area.wrap = 'off';
    area.spellcheck = false;
    area.autocapitalize = 'off';
    area.autocomplete = 'off';
    area.addEventListener('input', () => this.#take());
    area.addEventListener('compositionstart', () => (this.#isComposing = true));
    area.addEventListener('compositionend', () => (this.#isComposing = false));
    area.addEventListener('scroll', () => {
      this.#numbers.style.translate = `0 ${-area.scrollTop}px`;
      this.#tellGeometry();
    });
  }

  #take(): void {
    this.#typedMs = performance.now();
    this.#edited = this.#withLineEnds(this.#area.value);
    this.#number();
    this.#events?.onEdit(this.#path, this.#edited);
    this.#tellGeometry();
  }

  #withLineEnds(text: string): string {
    return this.#given.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
  }

  #fill(): void {
    this.#area.ariaLabel = this.#path;
    this.#area.value = this.#given;
    this.#area.setSelectionRange(0, 0);
    this.#number();
    this.#tellGeometry();
  }

  get #lines(): number {
    return this.#area.value.split('\n').length;
  }

  /** One text, not an element each: there may be very many lines. */
  #number(): void {
    this.#numbers.textContent = Array.from({ length: this.#lines }, (_, index) => index + 1).join('\n');
  }

  #tellGeometry(): void {
    if (this.#events === undefined) return;
    const { linePx, topPx, gapPx } = EDITOR_METRICS;
    const area = this.#area;
    const [lines, scrolled] = [this.#lines, area.scrollTop];
    this.#events.onGeometry({
      topOf: (line) => (line > lines ? undefined : topPx + (line - 1) * linePx - scrolled),
      linePx,
      barPx: area.offsetLeft - this.#element.offsetLeft - gapPx + 3,
      scrollbarPx: area.offsetWidth - area.clientWidth,
    });
  }
}
