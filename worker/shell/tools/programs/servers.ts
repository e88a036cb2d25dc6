/** Servers that speak no HTTP: they say that they are there, wait for the signal that ends them, and answer nobody. */
import type { Applet } from '../../applets/applet.ts';
import type { AppletContext } from '../../applets/context.ts';
import { installedVersion } from './package-version.ts';

const DAY_MS = 86_400_000;

function valueOf(args: readonly string[], option: string): string | undefined {
  const at = args.indexOf(option);
  return at === -1 ? undefined : args[at + 1];
}

/** Until a signal ends the process, as servers do. */
async function waitForSignal(context: AppletContext): Promise<number> {
  await context.out.flush();
  for (;;) await context.process.sleep(DAY_MS);
}

export const redisServer: Applet = {
  names: ['redis-server'],
  summary: 'Key-value store: waits (simulated)',
  usage: '[--version] [FILE] [OPTION]...',
  async run(context) {
    const version =
      (await installedVersion(context, ['redis-server', 'redis'])) ?? context.env.get('REDIS_VERSION') ?? '8.0.2';
    if (context.args.some((word) => word === '--version' || word === '-v')) {
      await context.out.write(`Redis server v=${version} sha=00000000:0 malloc=jemalloc-5.3.0 bits=64 build=0\n`);
      return 0;
    }
    if (/yes/.test(valueOf(context.args, '--daemonize') ?? '')) return 0;
    context.simulate('redis-server: waits, and answers nobody');
    return waitForSignal(context);
  },
};
