/** What the comments above an instruction say of a stage or an argument: the line that begins with its name. */

/** The description of `name`; undefined if no comment begins with it. */
export function descriptionOf(name: string, comments: readonly string[]): string | undefined {
  if (name === '') return undefined;
  return comments.find((comment) => comment.startsWith(name + ' '))?.slice(name.length + 1);
}
