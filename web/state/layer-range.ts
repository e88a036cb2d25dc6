/** Layers that are taken as one: a base image folded together, or a single layer. */
export interface LayerRange {
  readonly first: number;
  /** Included. */
  readonly last: number;
}

/** The range of one layer. */
export const oneLayer = (layer: number): LayerRange => ({ first: layer, last: layer });

/** True for a layer of the range. */
export const isWithin = (layer: number, { first, last }: LayerRange): boolean => layer >= first && layer <= last;
