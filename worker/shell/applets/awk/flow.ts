/** How statements end, and what running one gives. */

export const FLOW = { normal: 0, break: 1, continue: 2, next: 3, nextfile: 4, exit: 5, return: 6 } as const;

/** Now, or later where it had to wait. */
export type Soon<T> = T | Promise<T>;
/** Runs a statement and gives one of {@link FLOW}. */
export type Run = () => Soon<number>;
