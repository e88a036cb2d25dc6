import { describe, expect, it } from 'vitest';
import { STRING } from './go-type.ts';
import { goObject, goString, type GoFunction, type GoValue } from './go-value.ts';
import { writeListing } from './listing.ts';

const returns = (value: string): GoFunction => ({ parameters: [], call: () => goString(value) });

function row(id: string, repository: string, tag: string): GoValue {
  const label: GoFunction = {
    parameters: [STRING],
    call: (name) => goString(name?.kind === 'string' ? `label ${name.value}` : ''),
  };
  return goObject('formatter.imageContext', [
    ['ID', returns(id)],
    ['Repository', returns(repository)],
    ['Tag', returns(tag)],
    ['Label', label],
  ]);
}

const headers = new Map([
  ['ID', 'IMAGE ID'],
  ['Repository', 'REPOSITORY'],
  ['Tag', 'TAG'],
]);
const rows = [row('0123456789ab', 'app', '1'), row('ba9876543210', 'registry.example/team/app', '<none>')];
const list = (format: string, of: readonly GoValue[] = rows): string => writeListing({ format, headers, rows: of });

describe('a list', () => {
  it('is one line per row', () => {
    expect(list('{{.Repository}}:{{.Tag}}')).toBe('app:1\nregistry.example/team/app:<none>\n');
    expect(list('{{.ID}}', [])).toBe('');
  });

  it('as a table has a header line and aligned columns', () => {
    expect(list('table {{.Repository}}\\t{{.Tag}}\\t{{.ID}}')).toBe(
      'REPOSITORY                  TAG       IMAGE ID\n' +
        'app                         1         0123456789ab\n' +
        'registry.example/team/app   <none>    ba9876543210\n',
    );
    expect(list('table {{.ID}}', [])).toBe('IMAGE ID\n');
  });

  it('leaves column names alone in the header', () => {
    expect(list('table {{lower .Repository}}\\t{{.Label "com.example.my-name"}}', rows.slice(0, 1))).toBe(
      'REPOSITORY   my name\napp          label com.example.my-name\n',
    );
    expect(list('table {{.Nothing}}|{{.ID}}', [])).toBe('<no value>|IMAGE ID\n');
  });

  it('as JSON has what the methods without arguments return, sorted, with < and > escaped', () => {
    expect(list('json')).toBe(
      '{"ID":"0123456789ab","Repository":"app","Tag":"1"}\n' +
        '{"ID":"ba9876543210","Repository":"registry.example/team/app","Tag":"\\u003cnone\\u003e"}\n',
    );
  });

  it('tells what is wrong with the template', () => {
    expect(() => list('{{.Tag')).toThrow('template parsing error: template: :1: unclosed action');
    expect(() => list('{{.Nothing}}')).toThrow(
      'template parsing error: template: :1:2: executing "" at <.Nothing>: ' +
        "can't evaluate field Nothing in type *formatter.imageContext",
    );
  });
});
