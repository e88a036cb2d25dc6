/** Exit statuses of GNU's sed. */

/** Input that cannot be opened. */
export const UNREADABLE = 2;
/** What makes it give up. */
export const PANIC = 4;
