/** `socket`: names of hosts; connections there are none here but those of http.server. */
import type { BundledModule } from './index.ts';

export const socket: BundledModule = {
  kind: 'source',
  source: String.raw`
import os as _os

AF_INET, AF_INET6, SOCK_STREAM, SOCK_DGRAM, SOL_SOCKET, SO_REUSEADDR = 2, 10, 1, 2, 1, 2
error = OSError
gaierror = OSError
timeout = TimeoutError

def gethostname():
    return _os.uname().nodename

def getfqdn(name=''):
    return name or gethostname()

def gethostbyname(name):
    return '127.0.0.1' if name in ('localhost', '127.0.0.1') else '172.17.0.2'

class socket:
    def __init__(self, *args, **keywords):
        raise OSError('Strata simulates Python and opens no sockets; http.server serves')
`,
};
