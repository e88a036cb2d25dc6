/** The first build of a first visit, begun while the page's own code is on its way. */
import type { BuildOptions, ContextFile, EngineClient, JobEvents, SolveStatus } from '../../worker/api/types.ts';

/**
 * Begins a build, and gives the engine as the page uses it from then on: when the page asks for this very build it gets the one that
 * has begun, with all that was told of it; when it asks for another first, this one is stopped.
 */
export function withEarlyBuild<Engine extends Pick<EngineClient, 'build'>>(
  engine: Engine,
  files: readonly ContextFile[],
  options: BuildOptions,
): Engine {
  const stop = new AbortController();
  const told: SolveStatus[] = [];
  let onStatus: JobEvents['onStatus'];
  const result = engine.build(files, options, {
    signal: stop.signal,
    onStatus: (status) => (onStatus === undefined ? void told.push(status) : onStatus(status)),
  });
  // its failure is told to whoever asks for it
  result.catch(() => undefined);
  let isAsked = false;
  return {
    ...engine,
    build(askedFiles: readonly ContextFile[], askedOptions: BuildOptions, events: JobEvents) {
      const isThis = askedFiles === files && JSON.stringify(askedOptions) === JSON.stringify(options);
      if (isAsked || !isThis) {
        if (!isAsked) stop.abort();
        isAsked = true;
        return engine.build(askedFiles, askedOptions, events);
      }
      isAsked = true;
      for (const status of told.splice(0)) events.onStatus?.(status);
      onStatus = events.onStatus ?? (() => undefined);
      events.signal?.addEventListener('abort', () => stop.abort(), { once: true });
      return result;
    },
  };
}
