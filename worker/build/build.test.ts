import { describe, expect, it } from 'vitest';
import {
  addImage,
  built,
  failed,
  hitsAndMisses,
  lastReports,
  openBuildWorld,
  treeOf,
  writes,
} from '../../tests/build/build-world.ts';
import { utf8 } from '../base/bytes.ts';
import { createJob } from '../base/job.ts';
import { bodyOf } from '../vfs/body.ts';
import { resolvePath } from '../base/path.ts';

const BUSYBOX = 'docker.io/library/busybox:latest';

async function worldWithBusybox() {
  const world = openBuildWorld();
  await addImage(world, BUSYBOX, { '/hosts': '' });
  world.programs.set('true', () => 0);
  return world;
}

describe('build', () => {
  it('gives an image with the layers, history and config that the Dockerfile says', async () => {
    const world = await worldWithBusybox();
    world.programs.set('make', writes('/made', 'by make'));
    const outcome = built(
      await world.build('FROM busybox\nENV A=1\nARG B=2\nRUN make\nCOPY a.txt /b/\nCMD ["x"]\n', {
        context: treeOf({ 'a.txt': 'text' }),
        tags: ['docker.io/library/app:latest'],
      }),
    );
    expect(outcome.config.history?.map(({ created_by, empty_layer }) => [created_by, empty_layer ?? false])).toEqual([
      ['base', false],
      ['ENV A=1', true],
      ['ARG B=2', true],
      ['RUN |1 B=2 /bin/sh -c make # buildkit', false],
      ['COPY a.txt /b/ # buildkit', false],
      ['CMD ["x"]', true],
    ]);
    expect(outcome.config.rootfs.diff_ids).toHaveLength(3);
    expect(outcome.config.config).toMatchObject({ Env: ['PATH=/bin', 'A=1'], Cmd: ['x'] });
    expect(await world.text(outcome.chainID, '/b/a.txt')).toBe('text');
    expect(await world.text(outcome.chainID, '/made')).toBe('by make');
    expect(await world.store.images.resolve('docker.io/library/app:latest')).toBe(outcome.imageID);
  });

  it('tells every instruction with the file system after it', async () => {
    const world = await worldWithBusybox();
    world.programs.set('make', writes('/made', 'by make'));
    const { steps } = built(await world.build('FROM busybox AS app\nLABEL a=b\nRUN make\n'));
    expect(steps.map(({ instruction, layer, sizeBytes, stage }) => [instruction, layer, sizeBytes, stage])).toEqual([
      ['FROM busybox', false, 0, ''],
      ['LABEL a=b', false, 0, ''],
      ['RUN make', true, 7, ''],
    ]);
    expect(steps[0]?.snapshot).toBe(steps[1]?.snapshot);
    expect(await world.text(steps[2]?.snapshot, '/made')).toBe('by make');
  });

  it('gives the same image for the same inputs with a source date', async () => {
    const images = [];
    for (const reversed of [false, true]) {
      const world = await worldWithBusybox();
      world.programs.set('make', writes('/made', 'by make'));
      const files = Object.entries({ 'a.txt': 'a', 'd/b.txt': 'b' });
      images.push(
        built(
          await world.build('FROM busybox\nWORKDIR /w\nRUN make\nCOPY . .\n', {
            context: treeOf(Object.fromEntries(reversed ? files.reverse() : files)),
            sourceDateEpoch: 1_600_000_000,
          }),
        ).imageID,
      );
    }
    expect(images[0]).toBe(images[1]);
  });

  it('does not look up what only an unused stage stands on', async () => {
    const world = await worldWithBusybox();
    built(await world.build('FROM nowhere AS unused\nRUN make\nFROM busybox\n'));
    expect(world.lookups).toEqual([BUSYBOX]);
  });

  it('builds the stage that is the target, and what it needs', async () => {
    const world = await worldWithBusybox();
    world.programs.set('one', writes('/one', '1'));
    const dockerfile =
      'FROM busybox AS a\nRUN one\nFROM scratch AS b\nCOPY --from=a /one /two\nFROM busybox\nRUN three\n';
    const { chainID } = built(await world.build(dockerfile, { target: 'B' }));
    expect(world.ran).toEqual(['one']);
    expect(await world.text(chainID, '/two')).toBe('1');
  });

  it('runs stages that do not need each other at the same time', async () => {
    const world = await worldWithBusybox();
    let running = 0;
    let most = 0;
    for (const name of ['one', 'two']) {
      world.programs.set(name, async (root, spec, io, job) => {
        most = Math.max(most, ++running);
        for (let i = 0; i < 5; i++) await world.environment.clock.yieldTask();
        running--;
        return writes(`/${name}`, '')(root, spec, io, job);
      });
    }
    built(
      await world.build(
        'FROM busybox AS a\nRUN one\nFROM busybox AS b\nRUN two\nFROM scratch\nCOPY --from=a /one /\nCOPY --from=b /two /\n',
      ),
    );
    expect(most).toBe(2);
  });

  it("reports steps under BuildKit's names", async () => {
    const world = await worldWithBusybox();
    built(
      await world.build(
        'FROM busybox AS one\nWORKDIR /x\nRUN true\nFROM scratch\nARG T=/t\nCOPY --from=one /hosts $T\n',
        {
          tags: ['docker.io/library/app:latest'],
        },
      ),
    );
    expect([...lastReports(world).keys()].sort()).toEqual([
      '[internal] load .dockerignore',
      '[internal] load build definition from Dockerfile',
      `[internal] load metadata for ${BUSYBOX}`,
      `[one 1/3] FROM ${BUSYBOX}`,
      '[one 2/3] WORKDIR /x',
      '[one 3/3] RUN true',
      '[stage-1 1/1] COPY --from=one /hosts /t',
      'exporting to image',
    ]);
  });
});

describe('the build cache', () => {
  const DOCKERFILE = 'FROM busybox\nARG V=1\nENV E=1\nRUN make\nCOPY src /src\nRUN test\n';
  const world = async () => {
    const made = await worldWithBusybox();
    made.programs.set('make', writes('/made', 'by make'));
    made.programs.set('test', writes('/tested', 'yes'));
    return made;
  };
  const context = (text = 'one', mtimeMs?: number) => treeOf({ 'src/a.txt': text, 'src/b.txt': 'b' }, mtimeMs);

  it('runs nothing again that did not change, whatever the times of files', async () => {
    const made = await world();
    const first = built(await made.build(DOCKERFILE, { context: context() }));
    const second = built(await made.build(`# a comment\n${DOCKERFILE}`, { context: context('one', 5_000) }));
    expect(hitsAndMisses(second).misses).toEqual([]);
    expect(second.imageID).toBe(first.imageID);
    expect(made.ran).toEqual(['make', 'test']);
  });

  it('does not mind how many steps there are, nor how stages are called', async () => {
    const made = await world();
    built(await made.build(DOCKERFILE, { context: context() }));
    const longer = built(await made.build(`${DOCKERFILE}WORKDIR /w\n`, { context: context() }));
    expect(hitsAndMisses(longer).misses).toEqual(['WORKDIR /w']);
    const named = DOCKERFILE.replace('FROM busybox', 'FROM busybox AS app');
    const staged = built(await made.build(`${named}FROM app\nWORKDIR /w\n`, { context: context() }));
    expect(hitsAndMisses(staged).misses).toEqual([]);
    expect(made.ran).toEqual(['make', 'test']);
  });

  it('names the file that changed, and that the steps below were rebuilt', async () => {
    const made = await world();
    built(await made.build(DOCKERFILE, { context: context() }));
    const second = built(await made.build(DOCKERFILE, { context: context('two') }));
    expect(hitsAndMisses(second)).toEqual({ hits: ['RUN make'], misses: ['COPY src /src', 'RUN test'] });
    const [copy, test] = second.steps.slice(-2);
    expect(copy?.cache?.differences).toMatchObject([{ kind: 'file', name: 'src/a.txt' }]);
    expect(test?.cache?.differences).toMatchObject([{ kind: 'parent', name: '[3/4] COPY src /src' }]);
  });

  it('names the argument and the variable that changed, with both values', async () => {
    const made = await world();
    built(await made.build(DOCKERFILE, { context: context() }));
    const other = DOCKERFILE.replace('E=1', 'E=2');
    const second = built(await made.build(other, { context: context(), buildArgs: { V: '2' } }));
    expect(second.steps.find(({ instruction }) => instruction === 'RUN make')?.cache?.differences).toEqual([
      { kind: 'argument', name: 'V', before: '1', after: '2' },
      { kind: 'environment', name: 'E', before: '1', after: '2' },
    ]);
  });

  it('tells an added file, a removed one, and a changed instruction', async () => {
    const made = await world();
    built(await made.build('FROM scratch\nCOPY src /src\n', { context: treeOf({ 'src/a': '1', 'src/b': '2' }) }));
    const changed = built(
      await made.build('FROM scratch\nCOPY src /dst\n', { context: treeOf({ 'src/b': '2', 'src/c': '3' }) }),
    );
    const differences = changed.steps.at(-1)?.cache?.differences ?? [];
    expect(
      differences
        .filter(({ kind }) => kind === 'file')
        .map(({ name, before, after }) => [name, before !== undefined, after !== undefined]),
    ).toEqual([
      ['src/c', false, true],
      ['src/a', true, false],
    ]);
    expect(differences[0]).toEqual({ kind: 'instruction', name: '', before: 'COPY src /src', after: 'COPY src /dst' });
  });

  it('names a base image that is another one now', async () => {
    const made = await world();
    built(await made.build('FROM busybox\nRUN make\n'));
    await addImage(made, BUSYBOX, { '/hosts': 'new' });
    const second = built(await made.build('FROM busybox\nRUN make\n'));
    expect(second.steps.at(-1)?.cache?.differences).toMatchObject([{ kind: 'image', name: BUSYBOX }]);
  });

  it('says of a first build that there was no record, and of --no-cache that it is off', async () => {
    const made = await world();
    const first = built(await made.build('FROM busybox\nRUN make\n'));
    expect(first.steps.at(-1)?.cache).toEqual({ hit: false, differences: [{ kind: 'no-record', name: '' }] });
    const second = built(await made.build('FROM busybox\nRUN make\n', { noCache: true }));
    expect(second.steps.at(-1)?.cache).toEqual({ hit: false, differences: [{ kind: 'disabled', name: '' }] });
    expect(made.ran).toEqual(['make', 'make']);
  });

  it('is off for one stage alone when asked so', async () => {
    const made = await world();
    const dockerfile = 'FROM busybox AS a\nRUN make\nFROM busybox AS b\nRUN test\nCOPY --from=a /made /\n';
    built(await made.build(dockerfile));
    built(await made.build(dockerfile, { noCacheFilter: ['A'] }));
    expect(made.ran.slice(2)).toEqual(['make']);
  });

  it("takes a stage's output by its content: rebuilt to the same, it invalidates nothing", async () => {
    const made = await world();
    const dockerfile = 'FROM busybox AS a\nRUN make\nFROM scratch\nCOPY --from=a /made /\n';
    built(await made.build(dockerfile));
    const second = built(await made.build(dockerfile, { noCacheFilter: ['a'] }));
    expect(hitsAndMisses(second)).toEqual({ hits: ['COPY --from=a /made /'], misses: ['RUN make'] });
  });

  it('does not see proxies and secrets', async () => {
    const made = await world();
    const seen: (string | undefined)[] = [];
    made.programs.set('make', (_root, { env }) => {
      seen.push(env.get('http_proxy'));
      return 0;
    });
    const dockerfile = 'FROM busybox\nRUN --mount=type=secret,id=s make\n';
    const secrets = (text: string) => ({ secrets: new Map([['s', utf8(text)]]), buildArgs: { HTTP_PROXY: text } });
    const first = built(await made.build(dockerfile, secrets('one')));
    const second = built(await made.build(dockerfile, secrets('two')));
    expect(seen).toEqual(['one']);
    expect(second.imageID).toBe(first.imageID);
    expect(JSON.stringify(first.config)).not.toContain('one');
  });

  it('keeps a cache mount from build to build, out of the image', async () => {
    const made = await world();
    const found: number[] = [];
    made.programs.set('make', (_root, { mounts }) => {
      const mount = mounts?.find(({ target }) => target === '/cache');
      const directory = mount?.source ?? resolvePath('/');
      found.push(mount?.view.list(directory).length ?? -1);
      mount?.view.writeFile(resolvePath(`f${found.length}`, directory), bodyOf(utf8('x')), {
        mode: 0o644,
        uid: 0,
        gid: 0,
      });
      return 0;
    });
    const dockerfile = 'FROM busybox\nRUN --mount=type=cache,target=/cache make\n';
    for (let i = 0; i < 3; i++) {
      const { chainID } = built(await made.build(dockerfile, { noCache: true }));
      expect((await made.view(chainID)).lookup(resolvePath('/cache'))).toBeUndefined();
    }
    expect(found).toEqual([0, 1, 2]);
  });
});

describe('a build that fails', () => {
  it('is a result, told at the instruction, with what was done before it and what the failed step left', async () => {
    const world = await worldWithBusybox();
    world.programs.set('half', (root) => {
      root.writeFile(resolvePath('/half'), bodyOf(utf8('done')), { mode: 0o644, uid: 0, gid: 0 });
      return 3;
    });
    const outcome = failed(
      await world.build('FROM busybox\nRUN true\n\nRUN \\\n  half\nCMD x\n', {
        tags: ['docker.io/library/app:latest'],
      }),
    );
    expect(outcome.error).toMatchObject({
      code: 'build',
      message: 'process "/bin/sh -c half" did not complete successfully: exit code: 3',
      source: { startLine: 4, endLine: 5 },
      data: { exitCode: 3 },
    });
    expect(outcome.steps.map(({ instruction, failed: broken }) => [instruction, broken ?? false])).toEqual([
      ['FROM busybox', false],
      ['RUN true', false],
      ['RUN   half', true],
    ]);
    expect(await world.text(outcome.steps.at(-1)?.snapshot, '/half')).toBe('done');
    expect(await world.store.images.resolve('docker.io/library/app:latest')).toBeUndefined();
  });

  it('is not remembered: the step runs again', async () => {
    const world = await worldWithBusybox();
    failed(await world.build('FROM busybox\nRUN nothing\n'));
    failed(await world.build('FROM busybox\nRUN nothing\n'));
    expect(world.ran).toEqual(['nothing', 'nothing']);
  });

  it('ends before a step has run when a later one lacks its source', async () => {
    const world = await worldWithBusybox();
    world.programs.set('long', async (_root, _spec, _io, job) => {
      while (!job.signal.aborted) await world.environment.clock.yieldTask();
      job.budget.throwIfCancelled();
      return 0;
    });
    const { error } = failed(await world.build('FROM busybox\nRUN long\nCOPY missing /\n'));
    expect(error.source).toEqual({ startLine: 3, endLine: 3 });
    expect(error.message).toMatch(
      /^failed to compute cache key: failed to calculate checksum of ref \w+: "\/missing": not found$/,
    );
  });

  it('says where a Dockerfile cannot be built as written', async () => {
    const world = openBuildWorld();
    expect(failed(await world.build('FROM scratch\nCOPY --from=me a b\nNOPE\n')).error).toMatchObject({
      code: 'dockerfile',
      source: { startLine: 3 },
    });
    expect(failed(await world.build('FROM scratch AS me\nCOPY --from=me a b\n')).error).toMatchObject({
      message: 'circular dependency detected on stage: me',
      source: { startLine: 2 },
    });
    expect(failed(await world.build('FROM scratch\n', { target: 'x' })).error.message).toBe(
      'target stage "x" could not be found',
    );
  });

  it("tells an image that cannot be found at its FROM, in Docker's words", async () => {
    const world = openBuildWorld();
    const { error } = failed(await world.build('FROM scratch\nFROM nope:1\n'));
    expect(error).toMatchObject({
      code: 'not-found',
      message:
        'nope:1: failed to resolve source metadata for docker.io/library/nope:1: docker.io/library/nope:1 is not here',
      source: { startLine: 2 },
    });
  });

  it('rejects when it is cancelled, also in an endless step, and tags nothing', async () => {
    const world = await worldWithBusybox();
    const stop = new AbortController();
    world.programs.set('forever', async (_root, _spec, _io, job) => {
      stop.abort();
      for (;;) {
        job.budget.throwIfCancelled();
        await world.environment.clock.yieldTask();
      }
    });
    const job = createJob('test', stop.signal, world.environment.clock);
    await expect(
      world.build('FROM busybox\nRUN forever\n', { tags: ['docker.io/library/app:latest'] }, job),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(await world.store.images.names()).toEqual([]);
    expect(await world.store.leases.protectedResources()).toEqual(new Set());
  });
});
