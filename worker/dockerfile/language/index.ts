/** What an editor asks about a Dockerfile: pure functions of its text. */
export { diagnose } from './diagnose.ts';
export { ignored } from './ignored.ts';
export { outline } from './outline.ts';
export { tokens } from './tokens.ts';
