/** What `tar -t` and `-v` print of an entry. */
import type { TarEntry, TarEntryType, TarHeader } from '../../../codec/tar-entry.ts';
import type { AppletContext } from '../context.ts';
import { modeText } from '../modes.ts';
import { formatTime } from '../time-format.ts';

/** Columns of owner, group and size together, until something longer comes. */
const OWNER_AND_SIZE_COLUMNS = 18;
const BUSYBOX_SIZE_COLUMNS = 9;

const KINDS: Readonly<Record<TarEntryType, Parameters<typeof modeText>[0]>> = {
  file: 'file',
  hardlink: 'file',
  directory: 'directory',
  symlink: 'symlink',
  character: 'character',
  block: 'block',
  fifo: 'fifo',
};

/** Prints entries line by line; columns widen as they need to, as in GNU tar. */
export class EntryPrinter {
  readonly #context: AppletContext;
  readonly #numericOwner: boolean;
  #columns = OWNER_AND_SIZE_COLUMNS;

  constructor(context: AppletContext, numericOwner: boolean) {
    this.#context = context;
    this.#numericOwner = numericOwner;
  }

  /** `-rw-r--r-- root/root  12 2020-01-02 03:04 name`. */
  describe(entry: TarHeader & Partial<Pick<TarEntry, 'sizeBytes'>>, name: string): string {
    const gnu = this.#context.flavour === 'gnu';
    const user = this.#ownerName(entry.uname, entry.uid);
    const group = this.#ownerName(entry.gname, entry.gid);
    const size =
      entry.device === undefined ? String(entry.sizeBytes ?? 0) : `${entry.device.major},${entry.device.minor}`;
    const taken = user.length + group.length + size.length + 1;
    this.#columns = Math.max(this.#columns, taken);
    const width = gnu ? this.#columns - taken + size.length : BUSYBOX_SIZE_COLUMNS;
    const time = formatTime(gnu ? '%Y-%m-%d %H:%M' : '%Y-%m-%d %H:%M:%S', entry.mtimeMs);
    return `${this.#mode(entry, gnu)} ${user}/${group} ${size.padStart(width)} ${time} ${name}${linkText(entry, gnu)}`;
  }

  #mode(entry: TarHeader, gnu: boolean): string {
    const text = modeText(KINDS[entry.type], entry.mode);
    return gnu && entry.type === 'hardlink' ? `h${text.slice(1)}` : text;
  }

  #ownerName(name: string | undefined, id: number): string {
    return this.#numericOwner || name === undefined || name === '' ? String(id) : name;
  }
}

function linkText({ type, linkTarget }: TarHeader, gnu: boolean): string {
  if (linkTarget === undefined) return '';
  return type === 'hardlink' && gnu ? ` link to ${linkTarget}` : ` -> ${linkTarget}`;
}
