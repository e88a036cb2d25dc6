/** What a package database is: one value. Adding one is a file that exports one, and a line in `packages/index.ts`. */
import type { Distribution, PackageType, ScannedPackage } from '../report.ts';

/** A package as its database names it; where it lies is added by who reads the layers. */
export type NamedPackage = Omit<ScannedPackage, 'layer' | 'path'>;

export interface PackageDatabase {
  readonly type: PackageType;
  /** True for a file that names packages. */
  holds(path: string): boolean;
  /** The packages a file names; none for a file that is not what its name says. Never throws. */
  read(text: string, path: string, distribution: Distribution | undefined): readonly NamedPackage[];
}
