/** What Node has of the web's own globals: URL, performance, fetch (refused). */
import { define } from '../realm.ts';
import type { NodeHost } from './host.ts';
import { installSearchParams } from './search-params.ts';
import { installUrl } from './url.ts';

export function installWebGlobals({ realm, context }: NodeHost): void {
  const wrapParams = installSearchParams(realm);
  installUrl(realm, wrapParams);
  const started = context.process.kernel.clock.monotonicMs();
  const performance = realm.object({ timeOrigin: context.process.kernel.clock.nowMs() });
  realm.natives(performance, { now: [0, () => context.process.kernel.clock.monotonicMs() - started] });
  for (const name of ['mark', 'measure'])
    define(
      performance,
      name,
      realm.native(name, 1, () => undefined),
    );
  define(realm.global, 'performance', performance);
  realm.natives(realm.global, {
    fetch: [
      1,
      () =>
        realm.promises.rejected(
          realm.makeError(
            'TypeError',
            'fetch failed: Strata lets programs of containers reach servers by http.get alone',
          ),
        ),
    ],
  });
}
