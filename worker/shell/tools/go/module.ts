/** go.mod (the Go modules reference, "go.mod files"). */
import { readBody } from '../../../vfs/body.ts';
import type { AppletContext } from '../../applets/context.ts';
import { decodeText } from '../../text.ts';

export interface GoModule {
  /** Module path. */
  readonly path: string;
  /** The directory go.mod lies in. */
  readonly directory: string;
  /** Paths of required modules. */
  readonly required: ReadonlySet<string>;
}

/** The module of the working directory: go.mod in it or above it. */
export async function findModule(context: AppletContext): Promise<GoModule | undefined> {
  for (let directory: string = context.process.cwd; ; directory = directory.slice(0, directory.lastIndexOf('/'))) {
    const file = `${directory === '/' ? '' : directory}/go.mod`;
    if (context.files.find(file)?.inode.kind === 'file') {
      return parseModule(decodeText(await readBody(context.files.body(file))), directory === '' ? '/' : directory);
    }
    if (directory === '' || directory === '/') return undefined;
  }
}

function parseModule(text: string, directory: string): GoModule {
  const required = new Set<string>();
  let block = false;
  let path = '';
  for (const line of text.split('\n')) {
    const words = line.replace(/\/\/.*$/, '').trim().split(/\s+/); // prettier-ignore
    if (words[0] === 'module') path = (words[1] ?? '').replace(/^"|"$/g, '');
    else if (words[0] === 'require' && words[1] === '(') block = true;
    else if (words[0] === ')') block = false;
    else if (block && words[0] !== undefined && words[0] !== '') required.add(words[0]);
    else if (words[0] === 'require' && words[1] !== undefined) required.add(words[1]);
  }
  return { path, directory, required };
}
