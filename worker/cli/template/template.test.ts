import { describe, expect, it } from 'vitest';
import { ANY, DURATION, INT64, mapOf, pointerTo, sliceOf, STRING, structField, structType } from './go-type.ts';
import { goAny, goInt, goMap, goString, goStrings, goStruct, zeroValue, type GoValue } from './go-value.ts';
import { parseTemplate } from './template.ts';
import { execute } from './walk.ts';

const CONFIG = structType('container.Config', [
  structField('Env', sliceOf(STRING)),
  structField('Labels', mapOf(STRING, STRING)),
  structField('Timeout', DURATION, ',omitempty'),
]);
const IMAGE = structType('image.InspectResponse', [
  structField('ID', STRING, 'Id'),
  structField('Size', INT64),
  structField('Config', pointerTo(CONFIG)),
  structField('Parent', pointerTo(CONFIG), ',omitempty'),
]);

const image = goStruct(IMAGE, [
  ['ID', goString('sha256:ab')],
  ['Size', goInt(4096, INT64)],
  [
    'Config',
    {
      kind: 'pointer',
      type: pointerTo(CONFIG),
      target: goStruct(CONFIG, [
        ['Env', goStrings(['A=1', 'B=2'])],
        [
          'Labels',
          goMap(mapOf(STRING, STRING), [
            ['b', goString('<2>')],
            ['a', goString('1')],
          ]),
        ],
        ['Timeout', goInt(90_000_000_000n, DURATION)],
      ]),
    },
  ],
  ['Parent', zeroValue(pointerTo(CONFIG))],
]);

const run = (text: string, value: GoValue | undefined = image): string => execute(parseTemplate(text), value);

describe('a template on a struct', () => {
  it.each([
    ['{{.ID}} {{.Size}}', 'sha256:ab 4096'],
    ['{{.Config.Env}} {{.Config.Labels}} {{.Config.Timeout}}', '[A=1 B=2] map[a:1 b:<2>] 1m30s'],
    ['{{json .Config}}', '{"Env":["A=1","B=2"],"Labels":{"a":"1","b":"<2>"},"Timeout":90000000000}'],
    [
      '{{json .}}',
      '{"Id":"sha256:ab","Size":4096,"Config":{"Env":["A=1","B=2"],"Labels":{"a":"1","b":"<2>"},"Timeout":90000000000}}',
    ],
    ['{{.Config.Labels.none}}|{{index .Config.Labels "none"}}|{{.Parent}}', '<no value>||<nil>'],
    [
      '{{join .Config.Env ","}} {{split .ID ":"}} {{upper .ID}} {{title "a b-c"}}',
      'A=1,B=2 [sha256 ab] SHA256:AB A B-C',
    ],
    ['{{truncate .ID 3}}{{pad "x" 1 2}}|{{pad "" 1 2}}|', 'sha x  ||'],
    ['{{len "äö"}} {{slice "äö" 0 2}} {{index "a" 0}}', '4 ä 97'],
    ['{{printf "%T %+v" .Config.Env .Config}}', '[]string &{Env:[A=1 B=2] Labels:map[a:1 b:<2>] Timeout:1m30s}'],
    ['{{printf "%#v" .Config.Labels}}', 'map[string]string{"a":"1", "b":"<2>"}'],
  ])('%s', (text, output) => {
    expect(run(text)).toBe(output);
  });

  it.each([
    ['{{.Nope}}', 'template: :1:2: executing "" at <.Nope>: can\'t evaluate field Nope in type image.InspectResponse'],
    [
      'ä{{.Config.Nope}}',
      'template: :1:11: executing "" at <.Config.Nope>: can\'t evaluate field Nope in type *container.Config',
    ],
    ['{{.Parent.Env}}', 'template: :1:9: executing "" at <.Parent.Env>: nil pointer evaluating *container.Config.Env'],
    [
      '\n {{join .ID ","}}',
      'template: :2:8: executing "" at <.ID>: wrong type for value; expected []string; got string',
    ],
    ['{{upper nil}}', 'template: :1:8: executing "" at <nil>: cannot assign nil to string'],
    ['{{.ID 1}}', 'template: :1:2: executing "" at <.ID>: ID has arguments but cannot be invoked as function'],
    [
      '{{index .Config.Env 2}}',
      'template: :1:2: executing "" at <index .Config.Env 2>: error calling index: reflect: slice index out of range',
    ],
    [
      '{{eq .Size "a"}}',
      'template: :1:2: executing "" at <eq .Size "a">: error calling eq: incompatible types for comparison',
    ],
    ['{{template "x"}}', 'template: :1:11: executing "" at <{{template "x"}}>: template "x" not defined'],
    [
      '{{range $i, $e := .Size}}{{end}}',
      'template: :1:18: executing "" at <.Size>: can\'t use 4096 to iterate over more than one variable',
    ],
  ])('%s fails as in Go', (text, message) => {
    expect(() => run(text)).toThrow(expect.objectContaining({ code: 'invalid-argument', message }));
  });

  it('keeps what was written before an error', () => {
    expect(() => run('{{.ID}} {{.Nope}}')).toThrow(expect.objectContaining({ data: { output: 'sha256:ab ' } }));
  });
});

describe('printf', () => {
  it.each([
    ['"%5s|%-5s|%05s|%.2s" "ab" "ab" "ab" "abc"', '   ab|ab   |000ab|ab'],
    [
      '"%d|%+d|% d|%05d|%x|%X|%o|%#x|%b|%c|%q|%U" 5 5 5 -5 255 255 8 255 5 65 65 9786',
      "5|+5| 5|-0005|ff|FF|10|0xff|101|A|'A'|U+263A",
    ],
    [
      '"%v %g %e %.2f %8.3f|%-8.1f|%+.1f" 1.5 1e20 1234.5 2.675 3.14159 2.5 2.0',
      '1.5 1e+20 1.234500e+03 2.67    3.142|2.5     |+2.0',
    ],
    ['"%s %d %t %v" 1 "a" "b" nil', '%!s(int=1) %!d(string=a) %!t(string=b) <nil>'],
    ['"%x %.3X %b %#g %#.0f" 1.5 0.1 2.0 3.5 2.0', '0x1.8p+00 0X1.99AP-04 4503599627370496p-51 3.50000 2.'],
    ['"%d %d" 1', '1 %!d(MISSING)'],
    ['"%d" 1 "x"', '1%!(EXTRA string=x)'],
    ['"%[2]s %[1]s %[3]s" "a" "b"', 'b a %!s(BADINDEX)'],
    ['"%*d|%-*d|%.*f" 4 1 4 2 1 0.25', '   1|2   |0.2'],
    ['"%z %" 3', '%!z(int=3) %!(NOVERB)'],
  ])('%s', (call, output) => {
    expect(run(`{{printf ${call}}}`)).toBe(output);
  });
});

describe('a template', () => {
  it('calls itself no deeper than a page can bear', () => {
    expect(() => run('{{define "r"}}{{template "r"}}{{end}}{{template "r"}}')).toThrow(
      'exceeded maximum template depth',
    );
  });

  it('stops a range that would never end', () => {
    expect(() => run('{{range 1000000000000}}{{end}}')).toThrow(expect.objectContaining({ code: 'limit' }));
  });

  it('evaluates no argument behind the one that decides', () => {
    expect(run('{{or 1 (index .Config.Env 9)}} {{and 0 (index .Config.Env 9)}}')).toBe('1 0');
  });

  it('finds the members of untyped maps, and tells a nil one from a missing one', () => {
    const value = goMap(mapOf(STRING, ANY), [
      ['a', goAny(goString('x'))],
      ['nil', goAny(undefined)],
    ]);
    expect(run('{{.a}} {{.nil}} {{.none}} {{if .nil}}{{else}}no{{end}}', value)).toBe('x <no value> <no value> no');
    expect(() => run('{{.a.b}}', value)).toThrow("can't evaluate field b in type interface {}");
    expect(() => run('{{.nil.b}}', value)).toThrow('nil pointer evaluating interface {}.b');
  });
});
