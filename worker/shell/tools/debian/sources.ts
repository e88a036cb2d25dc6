/** Where apt is told to look: /etc/apt/sources.list, sources.list.d/*.list and the deb822 files beside them (sources.list(5)). */
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';
import { parseParagraphs } from './control.ts';

/** One distribution of one archive. */
export interface AptSource {
  /** Without a slash at its end. */
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
}

const LIST = '/etc/apt/sources.list';
const PARTS = '/etc/apt/sources.list.d';

/** All binary sources in the order apt reads them. */
export async function readSources(context: AppletContext): Promise<readonly AptSource[]> {
  const parts = context.files.find(PARTS) === undefined ? [] : context.files.list(PARTS).map(({ name }) => name);
  const files = [LIST, ...parts.map((name) => `${PARTS}/${name}`)];
  const sources: AptSource[] = [];
  for (const file of files) {
    const text = await readText(context, file);
    if (text === undefined) continue;
    if (file.endsWith('.sources')) sources.push(...parseStanzas(text));
    else if (file.endsWith('.list')) sources.push(...text.split('\n').flatMap(parseLine));
  }
  return merged(sources);
}

function parseLine(line: string): AptSource[] {
  const words = line
    .replace(/#.*/, '')
    .replace(/\[[^\]]*\]/, '')
    .trim()
    .split(/\s+/);
  const [type, uri, suite, ...components] = words;
  if (type !== 'deb' || uri === undefined || suite === undefined) return [];
  return [{ uri: uri.replace(/\/$/, ''), suite, components }];
}

function parseStanzas(text: string): AptSource[] {
  return parseParagraphs(text).flatMap((stanza) => {
    const words = (field: string): string[] => (stanza.get(field) ?? '').split(/\s+/).filter((word) => word !== '');
    if (!words('Types').includes('deb') || stanza.get('Enabled') === 'no') return [];
    const components = words('Components');
    return words('URIs').flatMap((uri) =>
      words('Suites').map((suite) => ({ uri: uri.replace(/\/$/, ''), suite, components })),
    );
  });
}

/** Lines for one distribution are one source with the components of all. */
function merged(sources: readonly AptSource[]): AptSource[] {
  const known = new Map<string, AptSource>();
  for (const source of sources) {
    const key = `${source.uri} ${source.suite}`;
    const before = known.get(key)?.components ?? [];
    known.set(key, { ...source, components: [...new Set([...before, ...source.components])] });
  }
  return [...known.values()];
}
