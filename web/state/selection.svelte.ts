/** What is pointed at and chosen: one value that editor, stack, tree and log share, so that they light up together. */

import { isWithin, type LayerRange } from './layer-range.ts';

/** A place the editor is asked to show. */
export interface Reveal {
  readonly path: string;
  readonly line: number;
  /** Grows with each request, so that asking twice for one line works. */
  readonly request: number;
}

export class Selection {
  /** Path whose trace and content are shown. */
  path = $state<string | undefined>();
  /** Metadata-only steps have no layer: the line of the Dockerfile under the pointer. */
  hoveredLine = $state<number | undefined>();
  #hovered = $state.raw<LayerRange | undefined>();
  #chosen = $state.raw<LayerRange | undefined>();
  #reveal = $state.raw<Reveal | undefined>();

  /** Layers under the pointer or focus, wherever that is. */
  get hovered(): LayerRange | undefined {
    return this.#hovered;
  }

  /** Layers whose changes the tree shows; undefined for all. */
  get chosen(): LayerRange | undefined {
    return this.#chosen;
  }

  get reveal(): Reveal | undefined {
    return this.#reveal;
  }

  /** Asks the editor to show a line, and to take the focus. */
  show(path: string, line: number): void {
    this.#reveal = { path, line, request: (this.#reveal?.request ?? 0) + 1 };
  }

  hover(layers: LayerRange | undefined, line?: number): void {
    this.#hovered = layers;
    this.hoveredLine = line;
  }

  /** True for a layer under the pointer. */
  isLit(layer: number): boolean {
    return this.#hovered !== undefined && isWithin(layer, this.#hovered);
  }

  isChosen({ first, last }: LayerRange): boolean {
    return this.#chosen?.first === first && this.#chosen.last === last;
  }

  /** True for a layer among the chosen ones. */
  holds(layer: number): boolean {
    return this.#chosen !== undefined && isWithin(layer, this.#chosen);
  }

  /** Chooses layers; with `extend` all from what is chosen up to them. */
  choose(layers: LayerRange, extend: boolean): void {
    if (!extend || this.#chosen === undefined) return this.toggle(layers);
    this.#chosen = {
      first: Math.min(this.#chosen.first, layers.first),
      last: Math.max(this.#chosen.last, layers.last),
    };
  }

  /** Chooses layers, or lets go of them when they are chosen already. */
  toggle(layers: LayerRange): void {
    this.#chosen = this.isChosen(layers) ? undefined : { first: layers.first, last: layers.last };
  }

  /** Lets go of the chosen layers. */
  chooseAll(): void {
    this.#chosen = undefined;
  }
}
