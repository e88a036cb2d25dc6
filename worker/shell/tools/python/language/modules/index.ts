/** The modules of the standard library that Strata has, each loaded when it is first imported. */
import type { Machine } from '../machine/machine.ts';
import type { ModuleObject, Value } from '../objects/values.ts';

/** A module made of Strata's own functions, or written in Python. */
export type BundledModule =
  | {
      readonly kind: 'native';
      readonly make: (machine: Machine, module: ModuleObject) => Iterable<readonly [string, Value]>;
    }
  | { readonly kind: 'source'; readonly source: string };

const LOADERS: Readonly<Record<string, () => Promise<BundledModule>>> = {
  math: async () => (await import('./math.ts')).math,
  time: async () => (await import('./time.ts')).time,
  _json: async () => (await import('./json-native.ts')).jsonNative,
  json: async () => (await import('./json.ts')).json,
  os: async () => (await import('./os.ts')).os,
  'os.path': async () => (await import('./os-path.ts')).osPath,
  _os: async () => (await import('./os-native.ts')).osNative,
  random: async () => (await import('./random.ts')).random,
  _random: async () => (await import('./random-native.ts')).randomNative,
  re: async () => (await import('./re.ts')).re,
  _re: async () => (await import('./re-native.ts')).reNative,
  collections: async () => (await import('./collections.ts')).collections,
  'collections.abc': async () => (await import('./collections-abc.ts')).collectionsAbc,
  itertools: async () => (await import('./itertools.ts')).itertools,
  functools: async () => (await import('./functools.ts')).functools,
  string: async () => (await import('./string.ts')).string,
  abc: async () => (await import('./abc.ts')).abc,
  enum: async () => (await import('./enum.ts')).enumModule,
  dataclasses: async () => (await import('./dataclasses.ts')).dataclasses,
  contextlib: async () => (await import('./contextlib.ts')).contextlib,
  typing: async () => (await import('./typing.ts')).typing,
  io: async () => (await import('./io.ts')).io,
  textwrap: async () => (await import('./textwrap.ts')).textwrap,
  copy: async () => (await import('./copy.ts')).copy,
  heapq: async () => (await import('./heapq.ts')).heapq,
  bisect: async () => (await import('./bisect.ts')).bisect,
  platform: async () => (await import('./platform.ts')).platform,
  socket: async () => (await import('./socket.ts')).socket,
  subprocess: async () => (await import('./subprocess.ts')).subprocess,
  hashlib: async () => (await import('./hashlib.ts')).hashlib,
  base64: async () => (await import('./base64.ts')).base64,
  binascii: async () => (await import('./binascii.ts')).binascii,
  pathlib: async () => (await import('./pathlib.ts')).pathlib,
  datetime: async () => (await import('./datetime.ts')).datetime,
  argparse: async () => (await import('./argparse.ts')).argparse,
  http: async () => (await import('./http.ts')).http,
  'http.server': async () => (await import('./http-server.ts')).httpServer,
  _http: async () => (await import('./http-native.ts')).httpNative,
  traceback: async () => (await import('./traceback.ts')).traceback,
  _traceback: async () => (await import('./traceback-native.ts')).tracebackNative,
  operator: async () => (await import('./operator.ts')).operator,
};

/** Modules of the standard library that are missing here: saying only that there is none would be untrue of a real Python. */
export const NOT_RUNNABLE: ReadonlySet<string> = new Set(
  'array ast asyncio bz2 calendar cmath codecs concurrent configparser csv ctypes curses decimal difflib dis email errno fcntl fileinput fnmatch fractions ftplib gc getopt getpass gettext glob gzip hmac html imaplib importlib inspect ipaddress keyword linecache locale logging lzma mailbox mimetypes mmap multiprocessing numbers optparse pickle pkgutil poplib pprint profile pty pwd queue reprlib resource sched secrets select selectors shelve shlex shutil signal site smtplib socketserver sqlite3 ssl stat statistics struct symtable sysconfig syslog tarfile tempfile termios threading timeit tkinter token tokenize tracemalloc types unicodedata unittest urllib uuid venv warnings wave weakref webbrowser wsgiref xml xmlrpc zipfile zipimport zlib zoneinfo'.split(
    ' ',
  ),
);

export async function loadBundled(name: string): Promise<BundledModule | undefined> {
  return LOADERS[name]?.();
}
