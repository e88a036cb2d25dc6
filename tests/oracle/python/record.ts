/** Records what the real Python does with the programs of the cases: `tsx tests/oracle/python/record.ts [TOPIC...]`, with Python 3.11. */
import { join } from 'node:path';
import { recordPrograms } from '../program-cases.ts';

recordPrograms(import.meta.dirname, 'main.py', process.argv.slice(2), (main, directory) => [
  'python3.11',
  join(directory, main),
]);
