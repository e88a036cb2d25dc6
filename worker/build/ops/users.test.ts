import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../tests/build/build-world.ts';
import { createUnionView } from '../../vfs/union-view.ts';
import { fileOwner, processUser } from './users.ts';

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\nalice:x:1001:1002:Alice:/home/alice:/bin/sh\n# old\nbob:x:7:8::/nowhere:\n';
const GROUP = 'root:x:0:\nstaff:x:50:\nalice:x:1002:\nextra:x:60:bob,alice\n';

const root = (files: Record<string, string> = { '/etc/passwd': PASSWD, '/etc/group': GROUP }) =>
  createUnionView(treeOf(files), { now: () => 0 });

describe('the user of a process', () => {
  it.each([
    ['', { uid: 0, gid: 0, groups: [] }, '/root'],
    ['alice', { uid: 1001, gid: 1002, groups: [60] }, '/home/alice'],
    ['alice:staff', { uid: 1001, gid: 50, groups: [] }, '/home/alice'],
    ['1001', { uid: 1001, gid: 1002, groups: [60] }, '/home/alice'],
    ['1001:', { uid: 1001, gid: 1002, groups: [60] }, '/home/alice'],
    ['4321', { uid: 4321, gid: 0, groups: [] }, '/'],
    ['12:34', { uid: 12, gid: 34, groups: [] }, '/'],
    [':staff', { uid: 0, gid: 50, groups: [] }, '/root'],
  ])('%j is found in the image', async (user, credentials, home) => {
    expect(await processUser(root(), user)).toEqual({ credentials, home });
  });

  it('must be known when it is a name', async () => {
    await expect(processUser(root(), 'eve')).rejects.toMatchObject({
      code: 'run',
      message: 'unable to find user eve: no matching entries in passwd file',
    });
    await expect(processUser(root(), 'alice:eves')).rejects.toMatchObject({
      message: 'unable to find group eves: no matching entries in group file',
    });
  });

  it('is taken by its number where the image has no user files', async () => {
    expect(await processUser(root({}), '5')).toEqual({ credentials: { uid: 5, gid: 0, groups: [] }, home: '/' });
    expect(await processUser(root({ '/etc': 'a file' }), '')).toMatchObject({ credentials: { uid: 0 }, home: '/' });
  });
});

describe('the owner of files', () => {
  it.each([
    ['10:20', 10, 20],
    ['30', 30, 30],
    ['alice', 1001, 1002],
    ['alice:staff', 1001, 50],
    ['alice:', 1001, 0],
    ['alice:nogroup', 1001, 1002],
    [':staff', 0, 50],
    ['nobody:nogroup', 0, 0],
    ['99999999999', 0, 0],
    ['7:2:3', 7, 7],
  ])('%j', async (owner, uid, gid) => {
    expect(await fileOwner(root(), owner)).toEqual({ uid, gid });
  });
});
