/** What the real Node tells of itself, which Strata's interpreter has not. */

/**
 * Standard error without what lies inside of Node: calls of its own files, its version, and the place in them where an error was
 * thrown. Strata has no such files.
 */
export function withoutInternals(stderr: string): string {
  const kept: string[] = [];
  for (const line of stderr.replace(/^node:[^\n]*\n(?:[^\n]+\n)*\n/, '').split('\n')) {
    if (!INTERNAL.test(line)) kept.push(line);
    // the properties of an error open behind the last call
    else if (line.endsWith(' {')) kept.push(`${kept.pop() ?? ''} {`);
  }
  return kept.join('\n').replace(/\nNode\.js v[\d.]+\n$/, '\n');
}

const INTERNAL = /^ +at (?:.*\()?node:|^ +at .*\(<anonymous>\)|^ +\.\.\. \d+ lines matching cause/;
