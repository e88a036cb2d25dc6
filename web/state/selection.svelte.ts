/** What is pointed at and chosen: one value that editor, stack, tree and log share, so that they light up together. */

/** A place the editor is asked to show. */
export interface Reveal {
  readonly path: string;
  readonly line: number;
  /** Grows with each request, so that asking twice for one line works. */
  readonly request: number;
}

export class Selection {
  /** Layer under the pointer or focus, wherever that is. */
  hoveredLayer = $state<number | undefined>();
  /** Metadata-only steps have no layer: the line of the Dockerfile under the pointer. */
  hoveredLine = $state<number | undefined>();
  /** Layer whose changes the tree shows. */
  layer = $state<number | undefined>();
  /** Path whose trace and content are shown. */
  path = $state<string | undefined>();
  #reveal = $state.raw<Reveal | undefined>();

  get reveal(): Reveal | undefined {
    return this.#reveal;
  }

  /** Asks the editor to show a line, and to take the focus. */
  show(path: string, line: number): void {
    this.#reveal = { path, line, request: (this.#reveal?.request ?? 0) + 1 };
  }

  hover(layer: number | undefined, line?: number): void {
    this.hoveredLayer = layer;
    this.hoveredLine = line;
  }

  /** Chooses a layer, or lets go of it when it is chosen already. */
  toggleLayer(layer: number): void {
    this.layer = this.layer === layer ? undefined : layer;
  }
}
