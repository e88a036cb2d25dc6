import { beforeAll, describe, expect, it } from 'vitest';
import { openTestTerminal } from '../../../tests/cli/terminal.ts';

const DOCKERFILE = String.raw`FROM alpine\nCOPY id_rsa /root/.ssh/\nRUN rm /root/.ssh/id_rsa\nENV API_TOKEN=abcd1234\n`;
const KEY = String.raw`-----BEGIN RSA PRIVATE KEY-----\n${'MIIEpAIBAAKCAQEA'.repeat(4)}\n-----END RSA PRIVATE KEY-----\n`;

describe('commands that scan', () => {
  let say: (line: string) => Promise<string>;

  beforeAll(async () => {
    ({ say } = await openTestTerminal());
    await say(`mkdir app; printf -- '${KEY}' > app/id_rsa; printf '${DOCKERFILE}' | docker build -q -t app -f - app`);
  });

  it('scout quickview counts the image and its base', async () => {
    const text = await say('docker scout quickview app');
    expect(text).toMatch(/✓ SBOM obtained from image layers, 13 packages indexed/);
    expect(text).toMatch(
      /Advisories: a small set of \d+ that Strata brings \([^)]+\), as of \d{4}-\d\d-\d\d\. Not Docker's database/,
    );
    expect(text).toMatch(/ {2}Target {5}│ {2}app:latest {4}│( +\d+[CHML]){4}/);
    expect(text).toMatch(/ {2}Base image │ {2}alpine +│( +\d+[CHML]){4}/);
    expect(text).toContain(
      'View 2 secrets in the image, 1 of them deleted later and still in a layer → docker scan app:latest',
    );
    expect(await say('docker scout qv 2>/dev/null')).toContain('app:latest');
  });

  it('scout cves groups by package, filters, and ends as it was asked', async () => {
    const all = await say('docker scout cves app');
    expect(all).toMatch(
      / {3}\dC {5}\dH {5}\dM {5}\dL {2}openssl 3\.5\.0-r0\npkg:apk\/alpine\/openssl@3\.5\.0-r0\?os_name=alpine/,
    );
    expect(all).toMatch(
      /✗ HIGH CVE-2025-9230 \[[^\n]+\n {6}https:[^\n]+\n {6}Affected range : <3\.5\.4-r0\n {6}Fixed version {2}: 3\.5\.4-r0/,
    );
    expect(await say('docker scout cves --only-severity low -e app 2>/dev/null')).toMatch(/HIGH {8}0\n[^]*\[2\]$/);
    expect(await say('docker scout cves --ignore-base --exit-code app')).toContain('No vulnerable package detected');
    expect(JSON.parse(await say('docker scout cves --format sarif app 2>/dev/null'))).toMatchObject({
      version: '2.1.0',
    });
    expect(await say('docker scout cves --format nosuch app')).toMatch(/^ERROR: unknown format "nosuch"[^\n]*\n\[1\]$/);
  });

  it('scout sbom writes every form', async () => {
    expect(await say('docker scout sbom --format list --only-package-type apk app')).toMatch(
      / {2}musl +1\.2\.5-r10 +apk\n/,
    );
    expect(JSON.parse(await say('docker scout sbom app 2>/dev/null'))).toMatchObject({
      source: { image: { name: 'app:latest' } },
    });
    expect(await say('docker scout sbom --format spdx -o s.json app')).toContain('✓ Report written to s.json');
    expect(JSON.parse(await say('cat s.json'))).toMatchObject({ spdxVersion: 'SPDX-2.3', name: 'app:latest' });
    expect(JSON.parse(await say('docker scout sbom --format cyclonedx app 2>/dev/null'))).toMatchObject({
      bomFormat: 'CycloneDX',
    });
  });

  it('scan tells secrets too, with the layer that keeps them and the one that hides them', async () => {
    const text = await say('docker scan app');
    expect(text).toContain(
      '✗ Critical severity secret found: RSA private key\n  Where: /root/.ssh/id_rsa:1 of layer 2 (COPY id_rsa /root/.ssh/)',
    );
    expect(text).toContain(
      'Still recoverable: layer 3 (RUN rm /root/.ssh/id_rsa) has it deleted, the layer below keeps it',
    );
    expect(text).toMatch(
      /Tested 13 dependencies for known issues, found \d+ issues\. Beside them: 2 secrets, 1 weak spot\.\n\n?\[1\]$/,
    );
    expect(text).not.toContain('MIIEpA');
    expect(
      JSON.parse((await say('docker scan --json --severity high app 2>/dev/null')).replace('[1]', '')),
    ).toMatchObject({ ok: false, dependencyCount: 13 });
    expect(await say('docker scan busybox 2>/dev/null')).toMatch(/no vulnerable paths found/);
  });
});
