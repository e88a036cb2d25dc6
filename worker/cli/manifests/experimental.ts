/** What the help of every `docker manifest` command adds. */
export function experimental(command: string, summary: string): string {
  return `${summary}

EXPERIMENTAL:
  docker manifest ${command} is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`;
}
