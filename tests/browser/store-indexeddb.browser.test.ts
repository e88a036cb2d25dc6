/** The store's contract on IndexedDB, in a real browser. */
import { deleteDB } from 'idb';
import { openIndexedDatabase } from '../../worker/host/indexeddb.ts';
import { describeStore } from '../contract/store-contract.ts';

describeStore('the store on IndexedDB', async () => {
  const name = `test-${crypto.randomUUID()}`;
  return { open: () => openIndexedDatabase({ name }), destroy: () => deleteDB(name) };
});
