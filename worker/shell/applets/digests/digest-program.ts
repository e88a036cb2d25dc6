/** `md5sum` and its kin: the digest of each file, or with -c a check of the digests a list holds. */
import { errnoOf } from '../../kernel/errno.ts';
import type { Applet } from '../applet.ts';
import { errorText, type AppletContext } from '../context.ts';
import { parseOptions, type Options } from '../options.ts';
import type { Input } from '../streams.ts';
import type { DigestAlgorithm } from './algorithms.ts';
import { checkLists } from './check-list.ts';

const LONG = {
  binary: 'b', check: 'c', tag: 'tag', text: 't', zero: 'z', 'ignore-missing': 'ignore', quiet: 'quiet', status: 's', strict: 'strict',
  warn: 'w',
}; // prettier-ignore

/** The program of one algorithm. */
export function digestProgram(name: string, algorithm: DigestAlgorithm): Applet {
  return {
    names: [name],
    summary: `Print or check ${algorithm.label} checksums`,
    usage: '[-c[sw]] [FILE]...',
    async run(context) {
      const gnu = context.flavour === 'gnu';
      const options = parseOptions(context.args, gnu ? 'bctwz' : 'bctsw', gnu ? LONG : {});
      const checking = options.has('c');
      const misplaced = gnu && !checking ? onlyForChecks(options) : undefined;
      if (misplaced !== undefined) {
        await context.complain(`the --${misplaced} option is meaningful only when verifying checksums`);
        await context.err.write(`Try '${context.name} --help' for more information.\n`);
        return 1;
      }
      return checking ? checkLists(context, algorithm, options) : printDigests(context, algorithm, options);
    },
  };
}

function onlyForChecks(options: Options): string | undefined {
  const names = { ignore: 'ignore-missing', s: 'status', w: 'warn', quiet: 'quiet', strict: 'strict' };
  return Object.entries(names).find(([option]) => options.has(option))?.[1];
}

async function printDigests(context: AppletContext, algorithm: DigestAlgorithm, options: Options): Promise<number> {
  const binary = context.flavour === 'gnu' && options.has('b');
  const end = options.has('z') ? '\0' : '\n';
  let status = 0;
  for (const path of options.operands.length === 0 ? ['-'] : options.operands) {
    const digest = await digestOfFile(context, algorithm, path);
    if (digest === undefined) status = 1;
    else if (options.has('tag')) await context.out.write(`${algorithm.label} (${path}) = ${digest}${end}`);
    else await context.out.write(`${digest} ${binary ? '*' : ' '}${path}${end}`);
  }
  return status;
}

/** The digest of a file; undefined, with a message, when it cannot be read. */
export async function digestOfFile(
  context: AppletContext,
  algorithm: DigestAlgorithm,
  path: string,
): Promise<string | undefined> {
  let input: Input | undefined;
  try {
    input = await context.open(path);
    return await digestOfInput(context, algorithm, input);
  } catch (error) {
    if (errnoOf(error) === 'EPIPE') throw error;
    const failed = input === undefined ? 'open' : 'read';
    await context.complain(
      context.flavour === 'gnu' ? `${path}: ${errorText(error)}` : `can't ${failed} '${path}': ${errorText(error)}`,
    );
    return undefined;
  } finally {
    input?.close();
  }
}

/** Hashes all that is left. What the algorithm has to keep counts as memory of the container meanwhile. */
export async function digestOfInput(context: AppletContext, algorithm: DigestAlgorithm, input: Input): Promise<string> {
  const hash = algorithm.create();
  const { kernel } = context.process;
  let heldBytes = 0;
  try {
    for (let bytes = await input.chunk(); bytes !== undefined; bytes = await input.chunk()) {
      hash.update(bytes);
      if (!algorithm.keepsInput) continue;
      heldBytes += bytes.byteLength;
      kernel.useMemory(bytes.byteLength);
    }
    return await hash.digestHex();
  } finally {
    kernel.useMemory(-heldBytes);
  }
}
