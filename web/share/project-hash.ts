/** How the fragment of an address begins that holds a project (fragment.ts): asked before the code that reads it is there. */
export const PROJECT_KEY = 'p';

/** True when a location's hash claims to hold a project. */
export function holdsProject(hash: string): boolean {
  return hash.replace(/^#/, '').startsWith(`${PROJECT_KEY}=`);
}
