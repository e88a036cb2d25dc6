import { expect, it } from 'vitest';
import { runNode } from '../../../../../tests/oracle/node/run-node.ts';

async function output(source: string): Promise<string> {
  const { stdout, stderr } = await runNode({ files: { 'main.js': source }, args: ['main.js'] });
  return stdout + stderr;
}

it.each([
  [
    'the constructor of a constructor',
    "console.log([].constructor.constructor('return typeof navigator + typeof self')());",
  ],
  ['Function', "console.log(Function('return typeof navigator + typeof self')());"],
  ['the constructor of a function', "console.log((() => 1).constructor('return typeof navigator + typeof self')());"],
  ['the constructor of a builtin', "console.log(Math.max.constructor('return typeof navigator + typeof self')());"],
  [
    'the constructor of an error of the host',
    "try { null.x } catch (e) { console.log(e.constructor.constructor('return typeof navigator + typeof self')()); }",
  ],
  [
    'the constructor of a match',
    "console.log('a'.match(/a/).constructor.constructor('return typeof navigator + typeof self')());",
  ],
  [
    'the constructor of a promise',
    "console.log(Promise.resolve().constructor.constructor('return typeof navigator + typeof self')());",
  ],
  ['eval', "console.log(eval('typeof navigator + typeof self'));"],
  ['this of a function', 'console.log((function () { return typeof this.navigator + typeof this.self; })());'],
])('%s leads to no global of the worker', async (_name, source) => {
  expect(await output(source)).toBe('undefinedundefined\n');
});

it.each([
  ['Array.prototype', 'Array.prototype.leaked = 1; console.log([].leaked);'],
  ['Object.prototype', 'Object.prototype.leaked = 1; console.log({}.leaked);'],
  ['__proto__ of an object', '({}).__proto__.leaked = 1; console.log({}.leaked);'],
  ['__proto__ of a result of the host', "'a,b'.split(',').__proto__.leaked = 1; console.log([].leaked);"],
  ['String.prototype', "String.prototype.leaked = 1; console.log('x'.leaked);"],
  ['Function.prototype', 'Function.prototype.leaked = 1; console.log((() => 1).leaked);'],
  ['the prototype of parsed JSON', "Object.getPrototypeOf(JSON.parse('{}')).leaked = 1; console.log({}.leaked);"],
  [
    'the prototype of a descriptor',
    "Object.getOwnPropertyDescriptor({ a: 1 }, 'a').__proto__.leaked = 1; console.log({}.leaked);",
  ],
])('what is written to %s stays with the program', async (_name, source) => {
  expect(await output(source)).toBe('1\n');
  const things: unknown[] = [[], {}, '', () => 1];
  for (const thing of things) expect(Reflect.get(Object(thing) as object, 'leaked')).toBeUndefined();
});

it('no object of the host can be reached from what there is', async () => {
  const walk = `
    const seen = new Set(); const queue = [globalThis, require('fs'), require('http'), require('util'), process, 'a'.match(/a/), new Map().entries(), [].values(), (function* () {})(), new URL('http://a/?b'),
      Object.getOwnPropertyDescriptors({ a: 1 }), Buffer.from('a'), new Date(), new Proxy({}, {}), Object.entries({ a: 1 }), Reflect.ownKeys({}), [...'a'.matchAll(/(?<n>a)/dg)], (() => { try { null.x; } catch (e) { return e; } })(), structuredClone({ a: [new Map()] })];
    while (queue.length) { const at = queue.pop(); if ((typeof at !== 'object' && typeof at !== 'function') || at === null || seen.has(at)) continue; seen.add(at);
      queue.push(Object.getPrototypeOf(at));
      for (const key of Reflect.ownKeys(at)) { const d = Object.getOwnPropertyDescriptor(at, key); queue.push(d.value, d.get, d.set); } }
    const roots = new Set([...seen].filter((at) => Object.getPrototypeOf(at) === null).filter((at) => 'constructor' in at && typeof at.constructor === 'function' && at.constructor.name === 'Object'));
    console.log(seen.size > 500, roots.size);`;
  expect(await output(walk)).toBe('true 1\n');
});

it.each([
  ['an endless loop', 'while (true) {}'],
  ['an endless recursion of jobs', 'const f = () => Promise.resolve().then(f); f();'],
  ['an endless loop in a getter', 'const o = { get x() { while (true) {} } }; o.x;'],
  ['an endless loop in toString', '`${{ toString() { for (;;) {} } }}`'],
  ['an endless sort', 'const list = Array.from({ length: 1e5 }, (_, i) => i); for (;;) list.sort((a, b) => b - a);'],
  ['objects without an end', 'let o = {}; for (;;) o = { o };'],
])('%s is killed by the limit of steps', async (_name, source) => {
  const { exitCode } = await runNode({ files: { 'main.js': source }, args: ['main.js'], limits: { steps: 200_000 } });
  expect(exitCode).toBe(137);
});

it('a program that computes is stopped when its job is', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  await expect(
    runNode({
      files: { 'main.js': 'function f(n) { return n < 2 ? n : f(n - 1) + f(n - 2); } f(40);' },
      args: ['main.js'],
      signal: stop.signal,
    }),
  ).rejects.toThrow('Cancelled');
});
