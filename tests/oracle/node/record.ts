/** Records what the real Node does with the programs of the cases: `tsx tests/oracle/node/record.ts [TOPIC...]`, with Node 20. */
import { recordPrograms } from '../program-cases.ts';

recordPrograms(import.meta.dirname, 'main.js', process.argv.slice(2), (main) => ['node', main]);
