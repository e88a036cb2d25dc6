/**
 * One colour and one pattern for each layer, the same wherever it is shown. The base image's layers are grey, the build's
 * own go through the colours, the writable one is orange; patterns tell them apart without colour.
 */

export interface LayerPaint {
  /** A CSS colour: `var(--layer-3)`. */
  readonly colour: string;
  /** Value of `data-pattern` (ui/layer-patterns.css). */
  readonly pattern: LayerPattern;
}

export const PATTERNS = ['solid', 'rising', 'dots', 'rows', 'falling', 'columns'] as const;
export type LayerPattern = (typeof PATTERNS)[number];

/** Colours of the build's own layers; coprime to the patterns, so that 42 layers look different. */
const OWN_COLOURS = 7;

export const WRITABLE_PAINT: LayerPaint = { colour: 'var(--layer-writable)', pattern: 'solid' };

/** Paint of layer `index` (0 lowest) of an image whose first `baseLayers` layers came with FROM, and that has `layers`. */
export function paintOf(index: number, baseLayers: number, layers: number): LayerPaint {
  if (index >= layers) return WRITABLE_PAINT;
  if (index < baseLayers) return { colour: 'var(--layer-base)', pattern: PATTERNS[index % PATTERNS.length]! };
  const own = index - baseLayers;
  return {
    colour: `var(--layer-${1 + (own % OWN_COLOURS)})`,
    pattern: PATTERNS[own % PATTERNS.length]!,
  };
}
