/** `subprocess`: other programs, run to their end. */
import type { BundledModule } from './index.ts';

export const subprocess: BundledModule = {
  kind: 'source',
  source: String.raw`
import os as _os
from _os import _run

PIPE, STDOUT, DEVNULL = -1, -2, -3

class SubprocessError(Exception):
    pass

class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        super().__init__(returncode, cmd)
        self.returncode, self.cmd, self.output, self.stderr = returncode, cmd, output, stderr
    @property
    def stdout(self):
        return self.output
    def __str__(self):
        return f"Command '{self.cmd}' returned non-zero exit status {self.returncode}."

class TimeoutExpired(SubprocessError):
    pass

CalledProcessError.__module__ = TimeoutExpired.__module__ = 'subprocess'

class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args, self.returncode, self.stdout, self.stderr = args, returncode, stdout, stderr
    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)
    def __repr__(self):
        parts = [f'args={self.args!r}', f'returncode={self.returncode!r}']
        if self.stdout is not None:
            parts.append(f'stdout={self.stdout!r}')
        if self.stderr is not None:
            parts.append(f'stderr={self.stderr!r}')
        return f'CompletedProcess({", ".join(parts)})'

def run(args, *, stdin=None, input=None, stdout=None, stderr=None, capture_output=False, shell=False, cwd=None, timeout=None, check=False, encoding=None, errors=None, text=None, env=None, universal_newlines=None, **options):
    is_text = bool(text or encoding or universal_newlines)
    if capture_output:
        stdout = stderr = PIPE
    if shell:
        words = ['/bin/sh', '-c', args if isinstance(args, str) else args[0]]
    else:
        words = [args] if isinstance(args, str) else [_os.fspath(one) for one in args]
    given = input.encode() if isinstance(input, str) else input
    if given is None and stdin == DEVNULL:
        given = b''
    code, out, err, failure = _run(words, given, stdout or 0, stderr or 0, None if cwd is None else _os.fspath(cwd), env)
    if failure is not None:
        number, message = failure
        raise OSError(number, message, words[0])
    if is_text:
        out, err = out.decode(), err.decode()
    done = CompletedProcess(args, code, out if stdout == PIPE else None, err if stderr == PIPE else None)
    if check:
        done.check_returncode()
    return done

def call(args, **options):
    return run(args, **options).returncode

def check_call(args, **options):
    return run(args, check=True, **options).returncode

def check_output(args, **options):
    return run(args, check=True, stdout=PIPE, **options).stdout

def getoutput(command):
    return run(command, shell=True, stdout=PIPE, stderr=STDOUT, text=True).stdout.removesuffix('\n')

def getstatusoutput(command):
    done = run(command, shell=True, stdout=PIPE, stderr=STDOUT, text=True)
    return done.returncode, done.stdout.removesuffix('\n')

class Popen:
    def __init__(self, args, **options):
        self.args = args
        self._options = options
        self._done = None
        self.pid = 0
        self.returncode = None
        if options.get('stdin') != PIPE:
            self._finish(None)
    def _finish(self, input):
        if self._done is None:
            options = {key: value for key, value in self._options.items() if key != 'stdin'}
            self._done = run(self.args, input=input, **options)
            self.returncode = self._done.returncode
        return self._done
    def communicate(self, input=None, timeout=None):
        done = self._finish(input)
        return done.stdout, done.stderr
    def wait(self, timeout=None):
        return self._finish(None).returncode
    def poll(self):
        return self.returncode
    @property
    def stdout(self):
        import io
        data = self._finish(None).stdout
        return io.StringIO(data) if isinstance(data, str) else io.BytesIO(data or b'')
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        self.wait()
`,
};
