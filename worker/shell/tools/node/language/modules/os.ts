/** `os`: the machine as a container sees it. */
import type { BuiltinModule } from './module.ts';

const MEMORY = 2 ** 30;

export const os: BuiltinModule = {
  create: ({ realm, context }) => {
    const { kernel, credentials } = context.process;
    const module = realm.object({
      EOL: '\n',
      devNull: '/dev/null',
      constants: realm.object({ signals: realm.object({ SIGINT: 2, SIGTERM: 15, SIGKILL: 9 }) }),
    });
    const home = (): string => context.env.get('HOME') ?? (credentials.uid === 0 ? '/root' : '/');
    realm.natives(module, {
      platform: [0, () => 'linux'],
      type: [0, () => 'Linux'],
      arch: [0, () => 'x64'],
      machine: [0, () => 'x86_64'],
      endianness: [0, () => 'LE'],
      release: [0, () => kernel.release],
      version: [0, () => '#1 SMP'],
      hostname: [0, () => kernel.hostname],
      homedir: [0, home],
      tmpdir: [0, () => (context.env.get('TMPDIR') ?? '/tmp').replace(/(?<=.)\/$/, '')],
      totalmem: [0, () => MEMORY],
      freemem: [0, () => MEMORY / 2],
      uptime: [0, () => Math.round(kernel.clock.monotonicMs() / 1000)],
      loadavg: [0, () => [0, 0, 0]],
      availableParallelism: [0, () => 1],
      networkInterfaces: [0, () => ({})],
      cpus: [
        0,
        () => [
          realm.object({
            model: 'Strata',
            speed: 0,
            times: realm.object({ user: 0, nice: 0, sys: 0, idle: 0, irq: 0 }),
          }),
        ],
      ],
      userInfo: [
        0,
        () => ({
          uid: credentials.uid,
          gid: credentials.gid,
          username: context.env.get('USER') ?? (credentials.uid === 0 ? 'root' : 'node'),
          homedir: home(),
          shell: '/bin/sh',
        }),
      ],
    });
    return module;
  },
};
