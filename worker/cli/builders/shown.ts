/** What lists and inspect tell of a node. */
import { BUILDKIT_PLATFORMS } from './choose.ts';
import type { BuilderNode } from './instances.ts';

export function statusOf({ booted }: BuilderNode): string {
  return booted ? 'running' : 'inactive';
}

/** Those that were fixed, marked so, then what the running builder has itself. */
export function platformsOf({ platforms, booted }: BuilderNode): readonly string[] {
  const own = booted ? BUILDKIT_PLATFORMS.filter((platform) => !platforms.includes(platform)) : [];
  return [...platforms.map((platform) => `${platform}*`), ...own];
}
