/** apt's configuration as far as it decides what stays behind: /etc/apt/apt.conf, apt.conf.d/* and `-o` (apt.conf(5)). */
import type { AppletContext } from '../../applets/context.ts';
import { readText } from '../placing.ts';

const FILE = '/etc/apt/apt.conf';
const PARTS = '/etc/apt/apt.conf.d';

/** Settings by lower-case name; those of a list are joined by newlines. */
export type AptConfiguration = ReadonlyMap<string, string>;

export async function aptConfiguration(context: AppletContext): Promise<AptConfiguration> {
  const parts =
    context.files.find(PARTS) === undefined ? [] : context.files.list(PARTS).map(({ name }) => `${PARTS}/${name}`);
  const settings = new Map<string, string>();
  for (const path of [...parts, FILE]) parseInto(settings, (await readText(context, path)) ?? '');
  context.args.forEach((word, index) => {
    if (word === '-o' || word === '--option') parseInto(settings, optionText(context.args[index + 1] ?? ''));
    else if (word.startsWith('-o')) parseInto(settings, optionText(word.slice(2)));
    else if (word.startsWith('--option=')) parseInto(settings, optionText(word.slice('--option='.length)));
  });
  return settings;
}

function optionText(option: string): string {
  const equals = option.indexOf('=');
  return `${option.slice(0, equals)} "${option.slice(equals + 1)}";`;
}

/** Reads `Name "value";`, `Name { "item"; Other "value"; };` and comments. */
function parseInto(settings: Map<string, string>, text: string): void {
  const tokens = [...text.matchAll(/\/\/[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\/|"([^"]*)"|[{};]|[^\s{};"]+/g)];
  const scopes: string[] = [];
  let name = '';
  let value: string | undefined;
  for (const [token, quoted] of tokens) {
    if (/^(?:\/\/|#|\/\*)/.test(token)) continue;
    if (token === '{') {
      scopes.push(name);
      name = '';
    } else if (token === '}') scopes.pop();
    else if (token === ';') {
      if (value !== undefined) setValue(settings, scopes, name, value);
      name = '';
      value = undefined;
    } else if (quoted !== undefined) value = quoted;
    else if (name === '') name = token;
    else value = token;
  }
}

function setValue(settings: Map<string, string>, scopes: readonly string[], name: string, value: string): void {
  const path = [...scopes, name]
    .filter((part) => part !== '')
    .join('::')
    .toLowerCase();
  const isItem = name === '' || path.endsWith('::');
  const key = path.replace(/::$/, '');
  const before = settings.get(key);
  settings.set(key, isItem && before !== undefined ? `${before}\n${value}` : value);
}
