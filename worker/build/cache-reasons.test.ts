import { describe, expect, it } from 'vitest';
import { addImage, built, openBuildWorld, treeOf, writes } from '../../tests/build/build-world.ts';

const context = (text: string) => treeOf({ 'src/a.txt': text });

describe('why a step was not cached', () => {
  it('tells a mount, a directory, a user, a name and a date that changed, each by itself', async () => {
    const made = openBuildWorld();
    await addImage(made, 'docker.io/library/busybox:latest', { '/hosts': '' });
    for (const line of ['make', 'test']) made.programs.set(line, writes(`/${line}`, line));
    const steps = async (dockerfile: string, request = {}) =>
      built(await made.build(dockerfile, { context: context('one'), ...request })).steps.at(-1)?.cache?.differences;
    await steps('FROM busybox\nRUN --mount=target=/m make\n');
    expect(await steps('FROM busybox\nRUN --mount=target=/m,rw make\n')).toMatchObject([{ kind: 'mount', name: '/m' }]);
    const other = { context: context('two') };
    expect(await steps('FROM busybox\nRUN --mount=target=/m,rw make\n', other)).toMatchObject([
      { kind: 'file', name: '/m/src/a.txt' },
    ]);
    await steps('FROM busybox\nRUN make\n');
    // a line that changes no file does not make another step of the next
    expect(await steps('FROM busybox\nLABEL a=b\nUSER 5\nRUN make\n')).toEqual([
      { kind: 'other', name: 'user', before: '', after: '5' },
    ]);
    await steps('FROM busybox\nRUN make\n');
    const extraHosts = [{ host: 'db', address: '10.0.0.1' }];
    expect(await steps('FROM busybox\nRUN make\n', { extraHosts })).toEqual([
      { kind: 'other', name: 'host db', after: '10.0.0.1' },
    ]);
    await steps('FROM busybox\nRUN make\n');
    expect(await steps('FROM busybox\nRUN make\n', { sourceDateEpoch: 5 })).toEqual([
      { kind: 'argument', name: 'SOURCE_DATE_EPOCH', after: '5' },
    ]);
    expect(await steps('FROM busybox\nRUN test\n', { sourceDateEpoch: 5 })).toEqual([
      { kind: 'instruction', name: '', before: '/bin/sh -c make', after: '/bin/sh -c test' },
    ]);
  });
});
