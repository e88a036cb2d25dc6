import { describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

const DOCKERFILE = `# GO is the version of Go
ARG GO=1.22
# build compiles
FROM scratch AS build
ARG GO
ARG MODE
RUN --mount=type=secret,id=key,required --mount=type=ssh true

# the end
FROM build
ENV a b
cmd echo x
`;

async function terminalWith(dockerfile: string) {
  const { say } = await openTestTerminal();
  await say(`cat > Dockerfile <<'END'\n${dockerfile}END`);
  return say;
}

describe('docker build --call', () => {
  it('tells the findings of the build checks, and builds nothing', async () => {
    const say = await terminalWith(DOCKERFILE);
    const said = await say('docker build --check .');
    expect(said).toContain(
      'Check complete, 3 warnings have been found!\n\nWARNING: LegacyKeyValueFormat - https://docs.',
    );
    expect(said).toContain(
      'legacy "ENV key value" format\nDockerfile:11\n--------------------\n   9 |     # the end\n  10 |     FROM build\n  11 | >>> ENV a b\n',
    );
    expect(said.endsWith('[1]')).toBe(true);
    expect(await say('docker images -aq')).toBe('');
    const clean = await terminalWith('FROM scratch\nLABEL a=b\n');
    expect(await clean('docker build --call=check .')).toBe('Check complete, no warnings found.\n');
  });

  it('tells targets and arguments', async () => {
    const say = await terminalWith(DOCKERFILE);
    expect(await say('docker build --call=targets .')).toBe('TARGET    DESCRIPTION\nbuild     compiles\n(default) \n');
    expect(await say('docker build --call=outline --target build --build-arg MODE=fast .')).toBe(
      [
        'TARGET:      build',
        'DESCRIPTION: compiles',
        '',
        'BUILD ARG   VALUE   DESCRIPTION',
        'GO          1.22    is the version of Go',
        'MODE        fast    ',
        '',
        'SECRET   REQUIRED',
        'key      true',
        '',
        'SSH       REQUIRED',
        'default   ',
        '\n',
      ].join('\n'),
    );
  });

  it('ends where the file cannot be read, and with methods there are not', async () => {
    const say = await terminalWith('FROM scratch\nLABLE a=b\n');
    expect(await say('docker build --check .')).toMatch(/>>> LABLE a=b\n[^]*did you mean LABEL\?\)\n\[1\]$/);
    expect(await say('docker build --call=nope .')).toContain('ERROR: ');
  });
});
