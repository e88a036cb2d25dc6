/** Measures that the plain editor and Monaco share, so that nothing moves when one takes the other's place. */
export const EDITOR_METRICS = {
  fontPx: 12.5,
  linePx: 21,
  topPx: 8,
  /** Characters of the line numbers' column. */
  numberChars: 4,
  /** Between line numbers and text: the colour of the layer, and the mark to fold. */
  gapPx: 26,
} as const;

/** Where the lines are in the viewport, whichever editor draws them. */
export interface EditorGeometry {
  /** Pixels from the viewport's top to the top of a line; undefined for a folded one. */
  readonly topOf: (line: number) => number | undefined;
  readonly linePx: number;
  /** Where the colour bars go, from the viewport's left. */
  readonly barPx: number;
  /** Width at the right that a scrollbar takes. */
  readonly scrollbarPx: number;
}
