/** What a package of the catalogue puts into a file system. */

/** A path that a package holds or its scripts make. */
export type CatalogueFile =
  | {
      readonly kind: 'directory';
      readonly path: string;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly sizeBytes: number;
      /** Begins as programs and libraries do. */
      readonly elf: boolean;
      readonly mode: number;
      readonly uid: number;
      readonly gid: number;
    }
  | { readonly kind: 'symlink'; readonly path: string; readonly target: string };

export interface PackageContents {
  readonly name: string;
  /** dpkg names its files with the architecture (`libc6:amd64.list`). */
  readonly multiArch: boolean;
  /** Modification time of its files. */
  readonly mtimeMs: number;
  /** What is in the package, in the order of its archive. */
  readonly files: readonly CatalogueFile[];
  /** What its maintainer scripts make or change. */
  readonly effects: readonly CatalogueFile[];
  /** Lines they add to /etc/passwd, group, shadow, gshadow. */
  readonly accounts: Readonly<Partial<Record<'passwd' | 'group' | 'shadow' | 'gshadow', readonly string[]>>>;
  /** Names of the users and groups that own files of it and have no number every Debian has, by number. */
  readonly owners: {
    readonly users: Readonly<Record<string, string>>;
    readonly groups: Readonly<Record<string, string>>;
  };
  /** Texts by path: whole, or how a longer file begins. */
  readonly bodies: Readonly<Record<string, string>>;
  /** dpkg's own files about it: size in bytes by ending (`postinst`, `md5sums`). */
  readonly info: Readonly<Record<string, number>>;
  /** Its configuration files with their MD5 sums, as in dpkg's status; a line each. */
  readonly conffiles: string;
}
