/** A full image name without what Docker leaves out: `docker.io/library/busybox:latest` as `busybox:latest`. */
export function familiarName(name: string): string {
  return name.replace(/^docker\.io\/(?:library\/)?/, '');
}
