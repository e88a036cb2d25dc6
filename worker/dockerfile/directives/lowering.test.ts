import { describe, expect, it } from 'vitest';
import type { SourceRange } from '../../base/source.ts';
import { parseDockerfile } from '../parser.ts';
import { expandWord, expandWords, lookupIn } from '../shell-words.ts';
import type { CopyRequest, RunRequest, StageBuilder, StageConfig } from '../stage-builder.ts';
import { readInstruction } from '../stages.ts';

/** A stage that writes down what is asked of it. */
class RecordingStage implements StageBuilder {
  readonly config: StageConfig = { Env: [] };
  readonly os = 'linux';
  readonly used = new Map<string, SourceRange>();
  readonly history: string[] = [];
  readonly runs: RunRequest[] = [];
  readonly copies: CopyRequest[] = [];
  author = '';

  expand(word: string): string {
    return expandWord(word, { lookup: lookupIn(this.config.Env) }).text;
  }
  expandWords(word: string): readonly string[] {
    return expandWords(word, { lookup: lookupIn(this.config.Env) });
  }
  expandText(text: string): string {
    return expandWord(text, { lookup: lookupIn(this.config.Env), ignoreQuotes: true }).text;
  }
  setEnv(name: string, value: string): void {
    this.config.Env.push(`${name}=${value}`);
  }
  declareArg(name: string, value: string | undefined): void {
    if (value !== undefined) this.setEnv(name, value);
  }
  metadata(createdBy: string): void {
    this.history.push(createdBy);
  }
  workdir(path: string): void {
    this.config.WorkingDir = path;
    this.history.push(`WORKDIR ${path}`);
  }
  run(request: RunRequest): void {
    this.runs.push(request);
    this.history.push(`RUN ${request.argv.join(' ')}`);
  }
  copy(request: CopyRequest, createdBy: string): void {
    this.copies.push(request);
    this.history.push(createdBy);
  }
  setAuthor(author: string): void {
    this.author = author;
  }
  warn(): void {
    throw new Error('nothing warns here');
  }
}

function lowered(text: string): RecordingStage {
  const { ast, failure } = parseDockerfile(text);
  if (failure !== undefined) throw failure;
  const stage = new RecordingStage();
  for (const node of ast.instructions) readInstruction(node).lower(stage);
  return stage;
}

describe('history', () => {
  // As Docker 26.1 writes it.
  it.each([
    ['ENV A=1 B="two words" C=', 'ENV A=1 B=two words C='],
    ['ENV OLD keeps  "blanks"', 'ENV OLD=keeps  blanks'],
    ['LABEL a=b "c d"=\'e f\'', 'LABEL a=b c d=e f'],
    ['MAINTAINER Jane  <j@x>', 'MAINTAINER Jane  <j@x>'],
    ['ARG A=1 B C="x y"', 'ARG A=1 B C=x y'],
    ['USER a:b', 'USER a:b'],
    ['VOLUME ["/a b", " /c "]', 'VOLUME [/a b /c]'],
    ['VOLUME /a /b', 'VOLUME [/a /b]'],
    ['EXPOSE 80 443/udp 80 20-22', 'EXPOSE map[20/tcp:{} 21/tcp:{} 22/tcp:{} 443/udp:{} 80/tcp:{}]'],
    ['SHELL ["/bin/sh", "-e", "-c"]', 'SHELL [/bin/sh -e -c]'],
    ['STOPSIGNAL sigRTmin+3', 'STOPSIGNAL sigRTmin+3'],
    ['CMD ["a", "b\\n"]', 'CMD ["a" "b\\n"]'],
    ['CMD ["a"] extra', 'CMD ["a"]'],
    ['CMD', 'CMD ["/bin/sh" "-c" ""]'],
    ['CMD []', 'CMD []'],
    ['ENTRYPOINT exec  top -b', 'ENTRYPOINT ["/bin/sh" "-c" "exec  top -b"]'],
    ['HEALTHCHECK CMD x', `HEALTHCHECK &{["CMD-SHELL" "x"] "0s" "0s" "0s" "0s" '\\x00'}`],
    ['HEALTHCHECK --retries=65 CMD ["x"]', `HEALTHCHECK &{["CMD" "x"] "0s" "0s" "0s" "0s" 'A'}`],
    [
      'HEALTHCHECK --interval=1h1m1.5s --timeout=2562047h --start-period=1.0005ms CMD x',
      `HEALTHCHECK &{["CMD-SHELL" "x"] "1h1m1.5s" "2562047h0m0s" "1.0005ms" "0s" '\\x00'}`,
    ],
    ['HEALTHCHECK NONE', `HEALTHCHECK &{["NONE"] "0s" "0s" "0s" "0s" '\\x00'}`],
    ['COPY --chmod=600 --chown=1:2 --link a b /c/', 'COPY --chown=1:2 --chmod=600 a b /c/'],
    ['COPY <<a b <<c /d/\na\nc', 'COPY b <<a <<c /d/'],
    ['ADD ["a b", "/"]', 'ADD a b /'],
  ])('%j', (text, history) => {
    expect(lowered(text).history).toEqual([history]);
  });

  it('of ONBUILD there is none', () => {
    const { history, config } = lowered('ONBUILD  RUN <<E\na\nE\nonbuild COPY a b');
    expect(history).toEqual([]);
    expect(config.OnBuild).toEqual(['RUN <<E\na\nE', 'COPY a b']);
  });
});

describe('config', () => {
  it('takes variables where Docker expands them', () => {
    const { config } = lowered(
      'ENV D=dir N=80 S=9\nUSER $N\nEXPOSE ${N}/udp\nVOLUME /$D\nLABEL $D=$N\nSTOPSIGNAL $S\nCMD $D\nENTRYPOINT ["$D"]\nMAINTAINER $D',
    );
    expect(config).toMatchObject({
      User: '80',
      ExposedPorts: { '80/udp': {} },
      Volumes: { '/dir': {} },
      Labels: { dir: '80' },
      StopSignal: '9',
      Cmd: ['/bin/sh', '-c', '$D'],
      Entrypoint: ['$D'],
    });
  });

  it('sees the values before an ENV in all of it', () => {
    expect(lowered('ENV a=1\nENV a=2 b=$a').config.Env).toEqual(['a=1', 'a=2', 'b=1']);
  });

  it('drops the CMD of the base with an ENTRYPOINT, not one of the stage itself', () => {
    const stage = new RecordingStage();
    stage.config.Cmd = ['base'];
    readInstruction(parseDockerfile('ENTRYPOINT ["x"]').ast.instructions[0]!).lower(stage);
    expect(stage.config.Cmd).toBeUndefined();
    expect(lowered('CMD ["own"]\nENTRYPOINT ["x"]').config.Cmd).toEqual(['own']);
  });

  it('has health checks in nanoseconds, and nothing for what is not given', () => {
    expect(lowered('HEALTHCHECK --interval=1m30s --start-interval=2s --retries=5 CMD x').config.Healthcheck).toEqual({
      Test: ['CMD-SHELL', 'x'],
      Interval: 90_000_000_000,
      StartInterval: 2_000_000_000,
      Retries: 5,
    });
  });

  it('sets the author', () => {
    expect(lowered('MAINTAINER Jane').author).toBe('Jane');
  });
});

describe('RUN', () => {
  const run = (text: string): RunRequest | undefined => lowered(text).runs.at(-1);

  it('uses the shell in force', () => {
    expect(run('RUN a  b')?.argv).toEqual(['/bin/sh', '-c', 'a  b']);
    expect(run('SHELL ["/bin/bash", "-c"]\nRUN a')?.argv).toEqual(['/bin/bash', '-c', 'a']);
    expect(run('RUN ["a", "b c"]')?.argv).toEqual(['a', 'b c']);
    expect(() => run('RUN []')).toThrow('arguments are required');
  });

  it('gives a heredoc to the shell, and shows its first line', () => {
    const request = run('RUN <<-EOF\n\ta\n\t\tb\nEOF');
    expect(request?.argv).toEqual(['/bin/sh', '-c', 'a\nb\n']);
    expect(request?.displayName).toBe('RUN <<-EOF (a...)');
  });

  it('runs a heredoc with a #! line as a program', () => {
    const request = run('RUN <<EOF\n#!/bin/x\nb\nEOF');
    expect(request?.argv).toEqual(['/bin/sh', '-c', '/dev/pipes/EOF']);
    expect(request?.script).toEqual({ path: '/dev/pipes/EOF', content: '#!/bin/x\nb\n' });
  });

  it('hands heredocs beside a command to the shell as they are written', () => {
    expect(run('RUN cat <<A > x && cat <<B\n1\nA\n2\nB')?.argv[2]).toBe('cat <<A > x && cat <<B\n1\nA\n2\nB');
  });

  it('knows its mounts', () => {
    const text = [
      'ENV D=/d U=5',
      'WORKDIR /w',
      'RUN --mount=type=cache,id=c,target=$D,sharing=locked,mode=0700,uid=$U --mount=from=b,src=/s,dst=rel,rw \\',
      '    --mount=type=tmpfs,target=/t,size=64m --mount=type=secret,id=s,required --network=none --security=insecure x',
    ].join('\n');
    expect(run(text)).toMatchObject({
      network: 'none',
      security: 'insecure',
      mounts: [
        { type: 'cache', id: 'c', target: '/d', sharing: 'locked', mode: 0o700, uid: 5, readOnly: false },
        { type: 'bind', from: 'b', source: '/s', target: '/w/rel', readOnly: false },
        { type: 'tmpfs', target: '/t', sizeBytes: 64 * 1024 * 1024, readOnly: false },
        { type: 'secret', id: 's', required: true, readOnly: true },
      ],
    });
  });

  // Asked of Docker 26.1.
  it.each([
    ['type=foo,target=/x', 'unsupported mount type "foo"'],
    ['tipe=bind,target=/x', "unexpected key 'tipe' in 'tipe=bind' (did you mean type?)"],
    ['type=bind,size=3,target=/x', "unexpected key 'size' for mount type 'bind'"],
    ['type=tmpfs,size=3x,target=/x', 'invalid value for size: 3x'],
    ['type=bind', 'invalid mount target "/"'],
    ['type=cache,target=/', 'invalid mount target "/"'],
    ['type=secret', 'invalid secret mount. one of source, target required'],
    ['foo', "invalid field 'foo' must be a key=value pair"],
    ['type=cache,target=/x,sharing=foo', 'unsupported sharing value "foo"'],
    ['type=cache,target=/x,mode=9', 'invalid value 9 for mode'],
    ['type=cache,target=/x,uid=x', 'invalid value x for uid'],
    ['type=bind,target=/x,uid=1', 'uid not allowed for "bind" type mounts'],
    ['type=bind,target=/x,ro=maybe', 'invalid value for ro: maybe'],
    ['type=bind,target=/x,sharing=shared', 'invalid cache sharing set for bind mount'],
    ['type=secret,source=a,id=b', "both source and id can't be set"],
    ['type=bind,target=/x,required', "unexpected key 'required' for mount type 'bind'"],
  ])('refuses --mount=%s', (mount, message) => {
    expect(() => run(`RUN --mount=${mount} true`)).toThrow(message);
  });
});

describe('COPY and ADD', () => {
  const copy = (text: string): CopyRequest | undefined => lowered(text).copies.at(-1);

  it('name their sources by kind', () => {
    expect(copy('ADD a http://x/b https://x/c.git git@h:r /d/')?.sources).toEqual([
      { kind: 'path', path: 'a' },
      { kind: 'url', url: 'http://x/b' },
      { kind: 'git', url: 'https://x/c.git', keepGitDir: false },
      { kind: 'git', url: 'git@h:r', keepGitDir: false },
    ]);
    expect(() => copy('COPY http://x/y /x')).toThrow("source can't be a URL for COPY");
    expect(() => copy('COPY git@github.com:x/y.git /x')).toThrow("source can't be a git ref for COPY");
  });

  it('expand variables in paths and in unquoted heredocs', () => {
    const request = copy('ENV A=1\nCOPY --exclude=$A.o f$A <<E <<"Q" /d$A/\n"$A" \\$A\nE\n$A\nQ');
    expect(request).toMatchObject({
      destination: '/d1/',
      excludes: ['1.o'],
      sources: [
        { kind: 'path', path: 'f1' },
        { kind: 'inline', name: 'E', content: '"1" $A\n' },
        { kind: 'inline', name: 'Q', content: '$A\n' },
      ],
    });
  });

  it('take --from and --chmod as they are written', () => {
    expect(copy('ENV A=1\nCOPY --from=$A --chmod=$A --chown=$A a /b')).toMatchObject({
      from: '$A',
      chmod: '$A',
      chown: '1',
    });
  });

  it('unpack as --unpack says, if it says', () => {
    expect(copy('ADD a /b')?.unpack).toBeUndefined();
    expect(copy('ADD --unpack a /b')?.unpack).toBe(true);
    expect(copy('ADD --unpack=false a /b')?.unpack).toBe(false);
  });

  const digest = `sha256:${'0'.repeat(64)}`;

  // Asked of Docker 26.1.
  it.each([
    ['ADD --checksum=foo http://x/y /x', 'invalid checksum digest format'],
    ['ADD --checksum=sha256:00 a /x', 'invalid checksum digest length'],
    [`ADD --checksum=${digest} a a /x`, "checksum can't be specified for multiple sources"],
    [`ADD --checksum=${digest} a /x`, "checksum can't be specified for non-HTTP sources"],
  ])('%s fails', (text, message) => {
    expect(() => copy(text)).toThrow(message);
  });
});
