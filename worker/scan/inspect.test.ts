import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directory, file, treeOf, type ArchiveEntry } from '../../tests/fuzz/layer-fixtures.ts';
import { createUnstoppableJob } from '../base/job.ts';
import { createNodeClock } from '../host/node/clock.ts';
import type { ContainerConfig, HistoryEntry } from '../oci/config.ts';
import { inspectImage } from './inspect.ts';
import { PACKAGE_DATABASES } from './packages/index.ts';
import type { ImageContents } from './report.ts';
import { writeSbom } from './sbom/index.ts';

const KEY = `-----BEGIN OPENSSH PRIVATE KEY-----\n${'b3BlbnNzaC1rZXk'.repeat(6)}\n-----END OPENSSH PRIVATE KEY-----\n`;
const OS_RELEASE = 'PRETTY_NAME="Alpine Linux v3.18"\nID=alpine\nVERSION_ID=3.18.12\n';
const apk = (...packages: readonly string[]): string =>
  packages.map((one) => `P:${one.split('=')[0]}\nV:${one.split('=')[1]}\nA:x86_64\nL:MIT\no:source\n\n`).join('');

async function inspected(
  layers: readonly (readonly ArchiveEntry[])[],
  config: ContainerConfig = {},
  history: readonly HistoryEntry[] = [],
): Promise<ImageContents> {
  const tree = await treeOf(...layers);
  const rootfs = { type: 'layers' as const, diff_ids: [] };
  return inspectImage(
    {
      imageID: `sha256:${'a1'.repeat(32)}`,
      config: { os: 'linux', architecture: 'amd64', config, history, rootfs },
      tree,
    },
    Date.parse('2026-01-01'),
    createUnstoppableJob('scan', createNodeClock()),
    () => undefined,
  );
}

describe('secrets in layers', () => {
  it('are found where a later layer deleted or replaced them, and said to be recoverable', async () => {
    const { secrets } = await inspected([
      [directory('root/.ssh'), file('root/.ssh/id_rsa', `# mine\n${KEY}`), file('srv/key', KEY)],
      [file('root/.ssh/.wh.id_rsa')],
      [file('srv/key', 'gone')],
    ]);
    expect(secrets).toEqual([
      expect.objectContaining({
        title: 'SSH private key',
        severity: 'critical',
        place: { kind: 'file', path: '/root/.ssh/id_rsa', layer: 0, line: 2 },
        hidden: { by: 1, how: 'deleted' },
      }),
      expect.objectContaining({
        place: { kind: 'file', path: '/srv/key', layer: 0, line: 1 },
        hidden: { by: 2, how: 'overwritten' },
      }),
    ]);
    expect(JSON.stringify(secrets)).not.toContain('b3Blbn');
  });

  it.each([
    ['/a.txt', `token ghp_${'aB3'.repeat(12)}`, 'GitHub token'],
    ['/a.txt', `github_pat_${'a'.repeat(22)}_${'B'.repeat(59)}`, 'GitHub token'],
    ['/a.txt', `glpat-${'x1Y'.repeat(7)}`, 'GitLab token'],
    ['/a.js', `"npm_${'a1B'.repeat(12)}"`, 'npm token'],
    ['/root/.npmrc', '//registry.example/:_authToken=0b5e-77', 'Login of an npm registry'],
    ['/a.txt', 'AKIAQ3EGUVNLKJHG2345', 'AWS access key ID'],
    ['/root/.aws/credentials', `aws_secret_access_key = ${'aB3/'.repeat(10)}`, 'AWS secret access key'],
    ['/a.txt', 'xoxb-123456789012-abcdefABCDEF12', 'Slack token'],
    ['/root/.docker/config.json', '{"auths":{"r.io":{"auth":"bWU6c2VjcmV0"}}}', 'Login of a container registry'],
    ['/root/.netrc', 'machine h login me password hunter22', 'Password in a .netrc'],
    ['/root/.git-credentials', 'https://me:hunter22@git.test', 'Password in an address'],
    ['/app/.env', 'DEBUG=1\nDB_PASSWORD="hunter22"', 'DB_PASSWORD in a .env file'],
    ['/root/.ssh/id_ed25519', 'PuTTY-User-Key-File-3: ssh-ed25519', 'SSH identity file'],
    ['/k.pem', `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${'A'.repeat(64)}`, 'Encrypted private key'],
  ])('are known by their form: %s %s', async (path, text, title) => {
    const { secrets } = await inspected([[file(path.slice(1), text)]]);
    expect(secrets.map((secret) => secret.title)).toEqual([title]);
    expect(secrets[0]!.masked).not.toContain(text.slice(-8));
  });

  it.each([
    ['/a.py', "if '-----BEGIN RSA PRIVATE KEY-----' in text: pass"],
    ['/a.txt', 'AKIAIOSFODNN7EXAMPLE'],
    ['/root/.npmrc', '//registry.example/:_authToken=${NPM_TOKEN}'],
    ['/root/.npmrc', 'registry=https://registry.example'],
    ['/root/.docker/config.json', '{"auths":{"r.io":{}}}'],
    ['/app/.env', 'PASSWORD_FILE=/run/secrets/x\nTOKEN=${TOKEN}\nSECRET='],
    ['/app/.env.example', 'DB_PASSWORD=hunter22'],
    ['/bin/tool', `\0ghp_${'aB3'.repeat(12)}`],
  ])('are not seen where there is none: %s %s', async (path, text) => {
    expect((await inspected([[file(path.slice(1), text)]])).secrets).toEqual([]);
  });

  it('are found across the pieces that a large file is read in, once, with their line', async () => {
    const filler = `${'x'.repeat(1023)}\n`.repeat(1024);
    const { secrets, coverage } = await inspected([
      [file('big.log', `${filler.slice(40)}ghp_${'aB3'.repeat(12)}\n${filler}`)],
    ]);
    expect(secrets.map(({ place }) => place)).toEqual([{ kind: 'file', path: '/big.log', layer: 0, line: 1025 }]);
    expect(coverage).toEqual({ files: 1, read: 1, binary: 0, cut: 0 });
  });

  it('are found in the environment and the history, each once', async () => {
    const { secrets } = await inspected([], { Env: ['PATH=/bin', 'GPG_KEY=7169605F62C7', 'API_TOKEN=abcd1234'] }, [
      { created_by: 'ENV API_TOKEN=abcd1234' },
      { created_by: 'RUN |2 VERSION=1 DB_PASSWORD=hunter22 /bin/sh -c make # buildkit' },
      { created_by: `RUN curl -H "x: ghp_${'aB3'.repeat(12)}" host` },
    ]);
    expect(secrets.map(({ place }) => place)).toEqual([
      { kind: 'history', row: 2, name: '' },
      { kind: 'env', name: 'API_TOKEN' },
      { kind: 'history', row: 1, name: 'DB_PASSWORD' },
    ]);
  });
});

describe('packages', () => {
  it('are told with the layer that brought them, and of a database as it is seen at last', async () => {
    const { packages, distribution } = await inspected([
      [file('etc/os-release', OS_RELEASE), file('lib/apk/db/installed', apk('musl=1.2.4-r3', 'old=1-r0'))],
      [file('lib/apk/db/installed', apk('musl=1.2.4-r3', 'curl=8.0-r0'))],
      [
        file('app/node_modules/@s/x/package.json', '{"name":"@s/x","version":"1.0.0","license":"MIT"}'),
        file('usr/lib/python3/site-packages/A_b-2.dist-info/METADATA', 'Name: A_b\nVersion: 2.0\n\nName: no\n'),
      ],
    ]);
    expect(distribution).toEqual({ id: 'alpine', versionID: '3.18.12', title: 'Alpine Linux v3.18' });
    expect(packages.map(({ purl, layer }) => `${layer} ${purl}`)).toEqual([
      '1 pkg:apk/alpine/curl@8.0-r0?arch=x86_64&distro=alpine-3.18.12',
      '0 pkg:apk/alpine/musl@1.2.4-r3?arch=x86_64&distro=alpine-3.18.12',
      '2 pkg:npm/%40s/x@1.0.0',
      '2 pkg:pypi/a-b@2.0',
    ]);
  });

  it('of dpkg are those that are installed, with their source', async () => {
    const status =
      'Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nSource: glibc (2.36-9)\nVersion: 1:2.36-9+b1\n\n' +
      'Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n';
    const { packages } = await inspected([[file('var/lib/dpkg/status', status)]]);
    expect(packages).toEqual([
      expect.objectContaining({
        purl: 'pkg:deb/debian/libc6@1:2.36-9%2Bb1?arch=amd64',
        source: { name: 'glibc', version: '2.36-9' },
      }),
    ]);
  });

  it('of a database with any content are read or left out, never crash', () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .array(fc.tuple(fc.constantFrom('P', 'V', 'Package', 'Version', 'Name', 'Status'), fc.string()))
        .map((fields) => fields.map(([name, value]) => `${name}: ${value}`).join('\n')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...PACKAGE_DATABASES), text, (database, content) => {
        for (const { name, version, purl } of database.read(content, '/x', undefined)) {
          expect(name !== '' && version !== '' && purl.startsWith('pkg:')).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('weak spots', () => {
  it('are setuid programs, what everyone may write, root, and releases out of support', async () => {
    const { weakSpots } = await inspected([
      [
        file('etc/os-release', OS_RELEASE),
        file('bin/su', 'x', { mode: 0o4755 }),
        file('bin/wall', 'x', { mode: 0o2755 }),
        file('etc/app.conf', 'x', { mode: 0o666 }),
        directory('tmp', 0o1777),
        directory('srv', 0o777),
      ],
    ]);
    expect(weakSpots.map(({ kind, path }) => `${kind} ${path ?? ''}`)).toEqual([
      'old-base ',
      'root-user ',
      'setuid /bin/su',
      'setgid /bin/wall',
      'world-writable /etc/app.conf',
      'world-writable /srv',
    ]);
  });

  it.each([
    ['', true],
    ['root', true],
    ['0:0', true],
    ['root:adm', true],
    ['app', false],
    ['1000:0', false],
  ])('USER %s is root: %s', async (User, isRoot) => {
    const { weakSpots } = await inspected([], { User });
    expect(weakSpots.some(({ kind }) => kind === 'root-user')).toBe(isRoot);
  });
});

describe('a bill of materials', () => {
  const contentsOf = () =>
    inspected([[file('etc/os-release', OS_RELEASE), file('lib/apk/db/installed', apk('musl=1.2.4-r3'))]]);

  it('in SPDX has what the schema requires, and every package under an ID of its own', async () => {
    const input = {
      contents: await contentsOf(),
      name: 'app:latest',
      createdMs: Date.parse('2026-01-02T03:04:05.678Z'),
      advisories: [],
    };
    const text = writeSbom('spdx', input);
    expect(writeSbom('spdx', input)).toBe(text);
    expect(JSON.parse(text)).toMatchObject({
      spdxVersion: 'SPDX-2.3',
      dataLicense: 'CC0-1.0',
      SPDXID: 'SPDXRef-DOCUMENT',
      documentNamespace: `https://spdx.org/spdxdocs/strata-${'a1'.repeat(32)}`,
      creationInfo: { created: '2026-01-02T03:04:05Z', creators: ['Tool: Strata'] },
      packages: [
        { SPDXID: 'SPDXRef-Image', downloadLocation: 'NOASSERTION' },
        {
          SPDXID: 'SPDXRef-Package-apk-1',
          licenseDeclared: 'MIT',
          externalRefs: [
            {
              referenceType: 'purl',
              referenceLocator: 'pkg:apk/alpine/musl@1.2.4-r3?arch=x86_64&distro=alpine-3.18.12',
            },
          ],
        },
      ],
      relationships: [
        { relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-Image' },
        { relationshipType: 'CONTAINS', relatedSpdxElement: 'SPDXRef-Package-apk-1' },
      ],
    });
  });

  it('in CycloneDX names components and what was found of them', async () => {
    const contents = await contentsOf();
    const { purl } = contents.packages[0]!;
    const document = JSON.parse(
      writeSbom('cyclonedx', {
        contents,
        name: 'app:latest',
        createdMs: 0,
        advisories: [
          {
            id: 'CVE-2025-1',
            osvID: 'ALPINE-CVE-2025-1',
            severity: 'unspecified',
            summary: 'Something.',
            subject: { type: 'apk', name: 'musl', version: '1.2.4-r3' },
            purls: [purl],
            affectedRange: '>=0',
            source: 'mine',
          },
        ],
      }),
    ) as Record<string, unknown>;
    expect(document).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: 'urn:uuid:a1a1a1a1-a1a1-81a1-a1a1-a1a1a1a1a1a1',
      components: [
        { type: 'operating-system', name: 'alpine' },
        { 'bom-ref': purl, licenses: [{ expression: 'MIT' }] },
      ],
      vulnerabilities: [{ id: 'CVE-2025-1', ratings: [{ severity: 'unknown' }], affects: [{ ref: purl }] }],
    });
  });
});
