/** pip, npm, Python, Node, C and make in images that got them from their package managers. */
import { describe, expect, it } from 'vitest';
import { openImageShell } from './image-shell.ts';

describe('pip', () => {
  it("leaves Debian's own Python alone, and installs into an environment", async () => {
    const shell = await openImageShell('debian');
    await shell.run('apt-get update && apt-get install -y --no-install-recommends python3-pip python3-venv');
    const refused = await shell.run('pip install flask');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('error: externally-managed-environment');
    expect((await shell.run('python3 -m venv /opt/venv')).code).toBe(0);
    const installed = await shell.run('/opt/venv/bin/pip install --no-cache-dir flask==3.0.0');
    expect(installed.stdout).toMatch(/Successfully installed .*flask-3\.0\.0/);
    expect((await shell.run('/opt/venv/bin/pip freeze')).stdout).toContain('flask==3.0.0\n');
    expect((await shell.run('/opt/venv/bin/python -c "import flask"')).stderr).toMatch(
      /ImportError: 'flask' is installed, but Strata simulates its package: .* put a module with code in its place/,
    );
    expect((await shell.run('python3 -c "import logging"')).stderr).toContain(
      "ModuleNotFoundError: No module named 'logging' (Strata simulates Python and has no 'logging' of the standard library)",
    );
    expect((await shell.run('ls /root/.cache/pip')).code).not.toBe(0);
    const unknown = await shell.run('/opt/venv/bin/pip install no-such-thing');
    expect(unknown.stderr).toBe(
      'ERROR: Could not find a version that satisfies the requirement no-such-thing (from versions: none)\nERROR: No matching distribution found for no-such-thing\n',
    );
  });
});

describe('npm', () => {
  it.each(['node:20-alpine', 'node:20'])(
    'of %s, whose own text the image leaves out, is run by its stand-in',
    async (image) => {
      const shell = await openImageShell(image);
      expect((await shell.run('npm --version')).stdout).toMatch(/^10\./);
      expect((await shell.run('yarn --version')).stdout).toMatch(/^1\.22\./);
      expect((await shell.run('mkdir /app && cd /app && npm install express')).stdout).toMatch(/added \d\d packages/);
    },
  );

  it('installs a project with its lock, real sizes, and its cache', async () => {
    const shell = await openImageShell('alpine');
    await shell.run('apk add --no-cache nodejs npm');
    const installed = await shell.run('mkdir /app && cd /app && npm init -y && npm install express');
    expect(installed.stdout).toMatch(/added \d\d packages, and audited \d\d packages/);
    expect((await shell.run('test -f /app/node_modules/express/package.json && ls /root/.npm/_cacache')).code).toBe(0);
    expect(
      (await shell.run('cd /app && rm -rf node_modules && npm ci --omit=dev && ls node_modules | wc -l')).stdout,
    ).toMatch(/6\d\n$/);
    expect((await shell.run('cd /tmp && npm ci')).stderr).toContain('ENOENT');
    const asked = `node -e 'console.log(process.version, process.env.GREETING, process.argv[1])' word; node -e 'process.exit(3)'; echo $?`;
    expect((await shell.run(`GREETING=hi; export GREETING; ${asked}`)).stdout).toMatch(/^v\d+\.\d+\.\d+ hi word\n3\n$/);
    expect((await shell.run('cd /app && npm ls')).stdout).toMatch(/^.* \/app\n(?:\+-- \S+@\d.*\n)*`-- \S+@\d/);
    expect((await shell.run('cd /app && npm link')).stderr).toContain('not simulated');
    expect((await shell.run(`cd /app && echo 'console.log("hi")' > a.js && node a.js`)).stdout).toBe('hi\n');
  });
});

describe('gcc and make', () => {
  it('build a program that prints its greeting', async () => {
    const shell = await openImageShell('alpine');
    await shell.run('apk add --no-cache gcc musl-dev make');
    await shell.run(
      `printf '#include <stdio.h>\nint main(void) {\n  printf("hello, world\\\\n");\n  return 3;\n}\n' > /hello.c`,
    );
    const made = await shell.run('cd / && make hello && ./hello');
    expect(made).toMatchObject({ code: 3, stderr: '' });
    expect(made.stdout).toBe('cc     hello.c   -o hello\nhello, world\n');
    expect((await shell.run('cd / && make hello')).stdout).toBe("make: 'hello' is up to date.\n");
    expect((await shell.run('echo "#include <nope.h>" > /x.c; gcc /x.c')).stderr).toContain(
      'fatal error: nope.h: No such file',
    );
    const makefile = [
      'OBJS := $(patsubst %.c,build/%.o,$(wildcard h*.c))',
      'ifneq ($(DEBUG),1)',
      'CFLAGS += -O2',
      'endif',
      'all: greet ; @echo made $@',
      'greet: $(OBJS)',
      '\t$(CC) -o $@ $^',
      'build/%.o: %.c',
      '\t@mkdir -p $(@D)',
      '\t$(CC) $(CFLAGS) -c -o $@ $<',
      'fail:; false',
    ].join('\n');
    await shell.run(`cat > /Makefile <<'E'\n${makefile}\nE`);
    expect(await shell.run('cd / && make -j4 CC=gcc && ./greet')).toMatchObject({
      stdout: 'gcc -O2 -c -o build/hello.o hello.c\ngcc -o greet build/hello.o\nmade all\nhello, world\n',
      code: 3,
    });
    expect(await shell.run('cd / && make -n fail && make -C / fail')).toMatchObject({
      stdout: "false\nmake: Entering directory '/'\nfalse\nmake: Leaving directory '/'\n",
      stderr: 'make: *** [Makefile:11: fail] Error 1\n',
      code: 2,
    });
  });
});
