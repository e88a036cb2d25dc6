import { expect, it } from 'vitest';
import { runNode } from '../../../../../../tests/oracle/node/run-node.ts';

it('every module that is told to be there can be required, with and without its prefix', async () => {
  const program = `
    const { builtinModules } = require('module');
    for (const name of builtinModules) if (require(name) !== require('node:' + name)) console.log(name);
    console.log(builtinModules.includes('fs'));`;
  const { stdout, stderr } = await runNode({ files: { 'main.js': program }, args: ['main.js'] });
  expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
});
