/** What an editor asks about a Dockerfile: pure functions of its text, and of what is around it. */
export { complete } from './complete.ts';
export { diagnose, type Surroundings } from './diagnose.ts';
export { folds } from './folding.ts';
export { format } from './format.ts';
export { hover } from './hover.ts';
export { ignored } from './ignored.ts';
export { isTooLarge } from './limits.ts';
export { outline } from './outline.ts';
export { definitions, references, rename, renameable } from './rename.ts';
export { signature } from './signature.ts';
export { tokens } from './tokens.ts';
