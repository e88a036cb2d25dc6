/** What a scan of the fixtures' image tells: something of everything. */
import type { ScanReport } from '../../worker/api/types.ts';
import { IMAGE } from './fixture-image.ts';

const OPENSSL = 'pkg:apk/alpine/libssl3@3.5.0-r0?arch=x86_64&distro=alpine-3.22.0';

export const SCAN: ScanReport = {
  imageID: IMAGE.id,
  platform: 'linux/amd64',
  distribution: { id: 'alpine', versionID: '3.22.0', title: 'Alpine Linux v3.22' },
  packages: [
    {
      type: 'apk',
      name: 'libssl3',
      version: '3.5.0-r0',
      purl: OPENSSL,
      source: { name: 'openssl', version: '3.5.0-r0' },
      layer: 0,
      path: '/lib/apk/db/installed',
    },
  ],
  advisories: [
    {
      id: 'CVE-2025-9230',
      osvID: 'CVE-2025-9230',
      severity: 'high',
      summary: 'OpenSSL reads and writes outside a buffer.',
      url: 'https://security.alpinelinux.org/vuln/CVE-2025-9230',
      subject: { type: 'apk', name: 'openssl', version: '3.5.0-r0' },
      purls: [OPENSSL],
      affectedRange: '<3.5.4-r0',
      fixedVersion: '3.5.4-r0',
      source: 'fixtures',
    },
  ],
  secrets: [
    {
      title: 'SSH private key',
      severity: 'critical',
      place: { kind: 'file', path: '/root/.ssh/id_rsa', layer: 2, line: 1 },
      hidden: { by: 3, how: 'deleted' },
      masked: '-----BEGIN OPENSSH PRIVATE KEY----- … (400 characters)',
      why: 'Who has the key is whom it stands for.',
      advice: 'Revoke it.',
    },
  ],
  weakSpots: [
    {
      kind: 'root-user',
      title: 'Containers run as root',
      severity: 'medium',
      why: 'It may do all.',
      advice: 'Set a USER.',
    },
  ],
  sources: [{ name: 'fixtures', bundled: true, advisories: 1, date: '2026-02-01' }],
  coverage: { files: 120, read: 80, binary: 40, cut: 0 },
};
