/** `dpkg-architecture` and `dpkg-buildflags` of dpkg-dev: what a source package is built for and with, on amd64. */
import type { Applet } from '../../applets/applet.ts';

const ARCHITECTURE: readonly (readonly [string, string])[] = [
  ['ARCH', 'amd64'],
  ['ARCH_ABI', 'base'],
  ['ARCH_BITS', '64'],
  ['ARCH_CPU', 'amd64'],
  ['ARCH_ENDIAN', 'little'],
  ['ARCH_LIBC', 'gnu'],
  ['ARCH_OS', 'linux'],
  ['GNU_CPU', 'x86_64'],
  ['GNU_SYSTEM', 'linux-gnu'],
  ['GNU_TYPE', 'x86_64-linux-gnu'],
  ['MULTIARCH', 'x86_64-linux-gnu'],
];
/** On Alpine, dpkg is told of another C library. */
const MUSL: Readonly<Record<string, string>> = {
  ARCH_LIBC: 'musl',
  ARCH: 'musl-linux-amd64',
  GNU_SYSTEM: 'linux-musl',
  GNU_TYPE: 'x86_64-linux-musl',
  MULTIARCH: 'x86_64-linux-musl',
};

export const dpkgArchitecture: Applet = {
  names: ['dpkg-architecture'],
  summary: 'Tell the architecture packages are built for',
  usage: '[OPTION]... [COMMAND]',
  async run(context) {
    const musl = context.files.find('/etc/alpine-release') !== undefined;
    const variables = ['BUILD', 'HOST', 'TARGET'].flatMap((machine) =>
      ARCHITECTURE.map(
        ([name, value]) => [`DEB_${machine}_${name}`, (musl ? MUSL[name] : undefined) ?? value] as const,
      ),
    );
    const query = context.args.findIndex((word) => /^(?:-q|--query)/.test(word));
    if (query === -1) {
      const shell = context.args.some((word) => word === '-s' || word === '--print-set');
      const line = shell
        ? (n: string, v: string) => `${n}=${v}; export ${n}; `
        : (n: string, v: string) => `${n}=${v}\n`;
      await context.out.write(variables.map(([name, value]) => line(name, value)).join('') + (shell ? '\n' : ''));
      return 0;
    }
    const word = context.args[query] ?? '';
    const name = word.replace(/^(?:--query=?|-q)/, '') || (context.args[query + 1] ?? '');
    const found = variables.find(([one]) => one === name);
    if (found === undefined) {
      await context.err.write(`dpkg-architecture: error: ${name} is not a supported variable name\n`);
      return 25;
    }
    await context.out.write(`${found[1]}\n`);
    return 0;
  },
};

const HARDENING = '-fstack-protector-strong -Wformat -Werror=format-security';

export const dpkgBuildflags: Applet = {
  names: ['dpkg-buildflags'],
  summary: 'Tell the flags packages are built with',
  usage: '[--get FLAG]',
  async run(context) {
    const common = `-g -O2 -ffile-prefix-map=${context.process.cwd}=.`;
    const flags = new Map([
      ['ASFLAGS', ''],
      ['CFLAGS', `${common} ${HARDENING}`],
      ['CPPFLAGS', '-Wdate-time -D_FORTIFY_SOURCE=2'],
      ['CXXFLAGS', `${common} ${HARDENING}`],
      ['DFLAGS', '-frelease'],
      ['FCFLAGS', `${common} -fstack-protector-strong`],
      ['FFLAGS', `${common} -fstack-protector-strong`],
      ['GCJFLAGS', `${common} -fstack-protector-strong`],
      ['LDFLAGS', '-Wl,-z,relro'],
      ['OBJCFLAGS', `${common} ${HARDENING}`],
      ['OBJCXXFLAGS', `${common} ${HARDENING}`],
    ]);
    const [command = '', name = ''] = context.args;
    if (command === '--get') {
      const value = flags.get(name);
      if (value === undefined) return 1;
      await context.out.write(`${value}\n`);
      return 0;
    }
    if (command === '--list') await context.out.write([...flags.keys()].map((one) => `${one}\n`).join(''));
    else if (command === '--export' || command === '--export=sh')
      await context.out.write([...flags].map(([one, value]) => `export ${one}="${value}"\n`).join(''));
    else await context.out.write([...flags].map(([one, value]) => `${one}=${value}\n`).join(''));
    return 0;
  },
};
