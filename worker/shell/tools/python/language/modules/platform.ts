/** `platform`: what the program runs on. */
import type { BundledModule } from './index.ts';

export const platform: BundledModule = {
  kind: 'source',
  source: String.raw`
import os as _os
import sys as _sys

def system(): return 'Linux'
def node(): return _os.uname().nodename
def release(): return _os.uname().release
def version(): return _os.uname().version
def machine(): return 'x86_64'
def processor(): return ''
def architecture(executable=None): return ('64bit', 'ELF')
def python_version(): return '.'.join(map(str, _sys.version_info[:3]))
def python_version_tuple(): return tuple(map(str, _sys.version_info[:3]))
def python_implementation(): return 'CPython'
def python_compiler(): return 'GCC 12.2.0'
def libc_ver(): return ('glibc', '2.36')
def platform(aliased=False, terse=False): return f'Linux-{release()}-x86_64-with-glibc2.36'
def uname(): return _os.uname()
def freedesktop_os_release():
    found = {}
    with open('/etc/os-release') as file:
        for line in file:
            name, _, value = line.strip().partition('=')
            if name:
                found[name] = value.strip('"')
    return found
`,
};
