/** Heights of lines in pixels, as tokens.css has them, for lists that draw only what is on screen. */
const COARSE = matchMedia('(pointer: coarse)').matches;

/** `--row`. */
export const ROW_PX = COARSE ? 32 : 22;
/** `--tree-row`. */
export const TREE_ROW_PX = COARSE ? 32 : 23;
