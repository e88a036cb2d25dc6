/** What a scan tells of an image: plain structured-clonable values, as the page and the command line show them. */

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'unspecified';

/** Worst first. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unspecified'];

/** Package types, as package URLs name them. */
export type PackageType = 'deb' | 'apk' | 'npm' | 'pypi';

/** What `/etc/os-release` says of the system. */
export interface Distribution {
  /** `debian`, `ubuntu`, `alpine`. */
  readonly id: string;
  /** `12`, `24.04`, `3.22.0`; empty where it is not told. */
  readonly versionID: string;
  /** For people: `Debian GNU/Linux 12 (bookworm)`. */
  readonly title: string;
}

export interface ScannedPackage {
  readonly type: PackageType;
  readonly name: string;
  readonly version: string;
  /** The package URL: unique, and equal on every machine. */
  readonly purl: string;
  /** What it was built from, where that has another name or version: distributions tell advisories by it. */
  readonly source?: { readonly name: string; readonly version: string };
  readonly architecture?: string;
  /** As the package writes it. */
  readonly license?: string;
  /** The layer that brought this version, 0 lowest. */
  readonly layer: number;
  /** The database or file that names it. */
  readonly path: string;
}

/** An advisory that an installed version falls under; once, however many packages come of the same source. */
export interface AdvisoryMatch {
  /** As people know it: the CVE where there is one, else the advisory's own ID. */
  readonly id: string;
  /** ID of the OSV document. */
  readonly osvID: string;
  readonly severity: Severity;
  /** CVSS base score, where a vector is given. */
  readonly score?: number;
  readonly summary: string;
  /** Where it is told in full. */
  readonly url?: string;
  /** What it is about: of a distribution the source package, by which its advisories are told. */
  readonly subject: { readonly type: PackageType; readonly name: string; readonly version: string };
  /** The packages of the image that are affected, by their package URLs. */
  readonly purls: readonly string[];
  /** As Docker Scout writes it: `>=1.2.0, <1.2.6`. */
  readonly affectedRange: string;
  /** The next version that has it no more; absent where there is none yet. */
  readonly fixedVersion?: string;
  /** Name of the {@link AdvisorySource} it is from. */
  readonly source: string;
}

/** A set of advisories that was asked. */
export interface AdvisorySource {
  readonly name: string;
  /** True for the set that Strata brings. */
  readonly bundled: boolean;
  readonly advisories: number;
  /** The day it stands for, `2026-03-01`; absent where nothing says. */
  readonly date?: string;
}

/** A secret that someone who has the image can read. */
export interface SecretFinding {
  /** What it is: `RSA private key`. */
  readonly title: string;
  readonly severity: Severity;
  /** Where it lies: a file of a layer, the image's environment, or a line of its history. */
  readonly place:
    | { readonly kind: 'file'; readonly path: string; readonly layer: number; readonly line: number }
    | { readonly kind: 'env'; readonly name: string }
    | { readonly kind: 'history'; readonly row: number; readonly name: string };
  /** Of a file that is no longer seen: the layer that deleted or replaced it. The bytes stay in the layer below. */
  readonly hidden?: { readonly by: number; readonly how: 'deleted' | 'overwritten' };
  /** The secret, all but its beginning struck out. */
  readonly masked: string;
  readonly why: string;
  readonly advice: string;
}

export type WeakSpotKind = 'setuid' | 'setgid' | 'world-writable' | 'root-user' | 'old-base';

/** Something about an image that makes an intruder's life easier. */
export interface WeakSpot {
  readonly kind: WeakSpotKind;
  readonly title: string;
  readonly severity: Severity;
  readonly path?: string;
  /** Absent where it is about the configuration. */
  readonly layer?: number;
  readonly why: string;
  readonly advice: string;
}

/** What of an image's files the scan for secrets read. */
export interface ScanCoverage {
  /** Files of all layers, those deleted later too. */
  readonly files: number;
  /** Of them: text that was read whole. */
  readonly read: number;
  /** Binaries, empty files and files whose body is not stored. */
  readonly binary: number;
  /** Texts too large to be read to their end. */
  readonly cut: number;
}

/** What an image holds, whatever advisories say of it. */
export interface ImageContents {
  readonly imageID: string;
  readonly platform: string;
  readonly distribution?: Distribution;
  /** By type and name. */
  readonly packages: readonly ScannedPackage[];
  /** Worst first. */
  readonly secrets: readonly SecretFinding[];
  readonly weakSpots: readonly WeakSpot[];
  readonly coverage: ScanCoverage;
}

export interface ScanReport extends ImageContents {
  /** Worst first. */
  readonly advisories: readonly AdvisoryMatch[];
  readonly sources: readonly AdvisorySource[];
}
