/** Cases in which Strata is known to differ from the real shell, each with the reason: `topic: name (shell)`. */
export const DIFFERENCES: ReadonlyMap<string, string> = new Map([]);
