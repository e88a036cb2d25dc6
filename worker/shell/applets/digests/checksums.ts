/** cksum, sum and crc32: short checksums, of which each program prints another. */
import type { Applet } from '../applet.ts';
import type { AppletContext } from '../context.ts';
import { eachInput } from '../inputs.ts';
import { parseOptions, UsageError } from '../options.ts';
import type { Input } from '../streams.ts';
import { MD5, SHA1, SHA224, SHA256, SHA384, SHA512 } from './algorithms.ts';
import { digestOfInput } from './digest-program.ts';

const NAMED = { md5: MD5, sha1: SHA1, sha224: SHA224, sha256: SHA256, sha384: SHA384, sha512: SHA512 } as const;
const isNamed = (name: string): name is keyof typeof NAMED => Object.hasOwn(NAMED, name);

/** Bytes a block of `sum` has: in BSD's form, and with -s in System V's. */
const BSD_BLOCK_BYTES = 1024;
const SYSV_BLOCK_BYTES = 512;

export const cksum: Applet = {
  names: ['cksum'],
  summary: 'Calculate CRC32 checksum of FILEs',
  usage: '[FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'a:', { algorithm: 'a', untagged: 'untagged', tag: 'tag' });
    const name = options.value('a') ?? 'crc';
    if (name === 'bsd') return printSums(context, options.operands, bsdSum);
    if (name === 'sysv') return printSums(context, options.operands, sysvSum);
    if (name !== 'crc' && !isNamed(name)) throw new UsageError(`invalid argument '${name}' for '--algorithm'`);
    return eachInput(context, options.operands, async (input, path) => {
      const shown = options.operands.length === 0 ? '' : ` ${path}`;
      if (name === 'crc') return context.out.write(`${await posixSum(input)}${shown}\n`);
      const digest = await digestOfInput(context, NAMED[name], input);
      return context.out.write(
        options.has('untagged') ? `${digest}  ${path}\n` : `${NAMED[name].label} (${path}) = ${digest}\n`,
      );
    });
  },
};

export const sum: Applet = {
  names: ['sum'],
  summary: 'Checksum and count the blocks in FILEs',
  usage: '[-rs] [FILE]...',
  async run(context) {
    const options = parseOptions(context.args, 'rs', { sysv: 's' });
    return printSums(context, options.operands, options.has('s') ? sysvSum : bsdSum);
  },
};

export const crc32: Applet = {
  names: ['crc32'],
  summary: 'Calculate CRC32 checksum of FILEs',
  usage: '[FILE]...',
  async run(context) {
    const { operands } = parseOptions(context.args, '');
    let status = 0;
    for (const path of operands.length === 0 ? ['-'] : operands) {
      try {
        const input = await context.open(path);
        const value = (await zipSum(input)).toString(16).padStart(8, '0');
        input.close();
        await context.out.write(`${value}${operands.length === 0 ? '' : ` ${path}`}\n`);
      } catch (error) {
        status = await context.report(`can't open '${path}'`, error);
      }
    }
    return status;
  },
};

async function printSums(
  context: AppletContext,
  paths: readonly string[],
  summed: (input: Input) => Promise<string>,
): Promise<number> {
  return eachInput(context, paths, async (input, path) => {
    const line = await summed(input);
    await context.out.write(`${line}${paths.length === 0 ? '' : ` ${path}`}\n`);
  });
}

async function eachByte(input: Input, use: (byte: number) => void): Promise<number> {
  let length = 0;
  for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
    length += bytes.byteLength;
    for (const byte of bytes) use(byte);
  }
  return length;
}

/** Polynomial 04C11DB7, highest bit first, the length behind the bytes (POSIX, cksum). */
async function posixSum(input: Input): Promise<string> {
  let crc = 0;
  const add = (byte: number): void => {
    crc = (crc << 8) ^ CRC_TABLE[((crc >>> 24) ^ byte) & 0xff]!;
  };
  const length = await eachByte(input, add);
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) add(rest % 256);
  return `${~crc >>> 0} ${length}`;
}

/** The same polynomial with the lowest bit first, as zip and gzip have it. */
const nextZipSum = (crc: number, byte: number): number => (crc >>> 8) ^ REFLECTED_TABLE[(crc ^ byte) & 0xff]!;

async function zipSum(input: Input): Promise<number> {
  let crc = -1;
  await eachByte(input, (byte) => {
    crc = nextZipSum(crc, byte);
  });
  return ~crc >>> 0;
}

/** The checksum of zip, gzip and PNG. */
export function zipCrc(bytes: Uint8Array): number {
  return ~bytes.reduce(nextZipSum, -1) >>> 0;
}

async function bsdSum(input: Input): Promise<string> {
  let value = 0;
  const length = await eachByte(input, (byte) => {
    value = ((value >> 1) + ((value & 1) << 15) + byte) & 0xffff;
  });
  const blocks = Math.ceil(length / BSD_BLOCK_BYTES);
  return `${String(value).padStart(5, '0')} ${String(blocks).padStart(5)}`;
}

async function sysvSum(input: Input): Promise<string> {
  let value = 0;
  const length = await eachByte(input, (byte) => {
    value = (value + byte) >>> 0;
  });
  const folded = (value & 0xffff) + (value >>> 16);
  return `${(folded & 0xffff) + (folded >>> 16)} ${Math.ceil(length / SYSV_BLOCK_BYTES)}`;
}

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value;
});

const REFLECTED_TABLE = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value;
});
