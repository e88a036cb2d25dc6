/** Opening what is no regular file: devices, pipes with a name, directories, and open files by their number. */
import type { Inode } from '../../vfs/inode.ts';
import { openDevice } from './devices.ts';
import { systemError } from './errno.ts';
import type { Location } from './namespace.ts';
import { UNSEEKABLE, type Description, type OpenFile } from './open-file.ts';
import type { Process } from './process.ts';
import type { OpenFlags } from './regular-file.ts';

/** What /dev/tty is. */
const CONTROLLING_TERMINAL = { major: 5, minor: 0 };

/** Throws ENXIO for what cannot be opened (sockets). A pipe waits for its other end. */
export async function openSpecialFile(
  process: Process,
  location: Location,
  inode: Inode,
  flags: OpenFlags,
  path: string,
): Promise<OpenFile> {
  switch (inode.kind) {
    case 'character': {
      const { major, minor } = inode.device;
      if (major === CONTROLLING_TERMINAL.major && minor === CONTROLLING_TERMINAL.minor)
        return controllingTerminal(process, path);
      return openDevice(location.path, inode, inode.device, process.kernel.random);
    }
    case 'fifo':
      return openFifo(process, location, inode, flags);
    case 'directory':
      return openDirectory(location, inode);
    default:
      throw systemError('ENXIO', path);
  }
}

/** Another description of what an open file without a path is (/proc/self/fd/3 of a pipe); it shares the file. */
export function reopen({ descriptors }: Process, file: OpenFile, path: string): Description {
  for (const descriptor of descriptors.numbers()) {
    const description = descriptors.description(descriptor);
    if (description.file === file) return description.retain();
  }
  throw systemError('ENXIO', path);
}

async function openFifo(process: Process, location: Location, inode: Inode, flags: OpenFlags): Promise<OpenFile> {
  const pipe = process.kernel.fifos.at(location, inode);
  const end = flags.write === true ? pipe.openWriter() : pipe.openReader();
  if (flags.write !== true || flags.read !== true) {
    await pipe.waitForPeer(flags.write === true ? 'reader' : 'writer', process);
  }
  return end;
}

function controllingTerminal({ descriptors }: Process, path: string): OpenFile {
  for (const descriptor of descriptors.numbers()) {
    const file = descriptors.get(descriptor);
    if (file.terminal) return file;
  }
  throw systemError('ENXIO', path);
}

function openDirectory(location: Location, inode: Inode): OpenFile {
  const refuse = (): never => {
    throw systemError('EISDIR', location.path);
  };
  return {
    ...UNSEEKABLE,
    inode: () => inode,
    label: location.path,
    path: () => location.path,
    terminal: false,
    read: refuse,
    write: refuse,
    close: () => undefined,
  };
}
