/** `http.server`: servers written in Python, which listen at ports of the container. */
import type { BundledModule } from './index.ts';

export const httpServer: BundledModule = {
  kind: 'source',
  source: String.raw`
import sys as _sys
import time as _time
from http import HTTPStatus as _HTTPStatus
from io import BytesIO as _BytesIO
from _http import listen as _listen, accept as _accept, respond as _respond

_REASONS = {status.value: status.phrase for status in _HTTPStatus}

class _Headers(dict):
    def _key(self, name):
        return next((key for key in self if key.lower() == name.lower()), name)
    def __getitem__(self, name):
        return dict.get(self, self._key(name))
    def get(self, name, default=None):
        return dict.get(self, self._key(name), default)
    def __contains__(self, name):
        return self._key(name) in list(self.keys())

class BaseHTTPRequestHandler:
    server_version = 'BaseHTTP/0.6'
    sys_version = 'Python/' + _sys.version.split()[0]
    protocol_version = 'HTTP/1.0'
    error_content_type = 'text/html;charset=utf-8'
    def __init__(self, request, client_address, server):
        self.command, self.path, headers, body = request
        self.headers = _Headers(headers)
        self.client_address = client_address
        self.server = server
        self.request_version = 'HTTP/1.1'
        self.requestline = f'{self.command} {self.path} HTTP/1.1'
        self.rfile = _BytesIO(body)
        self.wfile = _BytesIO()
        self._status, self._reason, self._fields = 200, None, []
        self.handle()
    def handle(self):
        method = getattr(self, 'do_' + self.command, None)
        if method is None:
            self.send_error(501, f'Unsupported method ({self.command!r})')
        else:
            method()
    def version_string(self):
        return self.server_version + ' ' + self.sys_version
    def date_time_string(self, timestamp=None):
        return _time.strftime('%a, %d %b %Y %H:%M:%S GMT', _time.gmtime(timestamp))
    def log_date_time_string(self):
        return _time.strftime('%d/%b/%Y %H:%M:%S')
    def address_string(self):
        return self.client_address[0]
    def log_message(self, format, *args):
        _sys.stderr.write('%s - - [%s] %s\n' % (self.address_string(), self.log_date_time_string(), format % args))
    def log_request(self, code='-', size='-'):
        self.log_message('"%s" %s %s', self.requestline, str(int(code)), str(size))
    def log_error(self, format, *args):
        self.log_message(format, *args)
    def send_response(self, code, message=None):
        self.log_request(code)
        self.send_response_only(code, message)
        self.send_header('Server', self.version_string())
        self.send_header('Date', self.date_time_string())
    def send_response_only(self, code, message=None):
        self._status, self._reason = int(code), message or _REASONS.get(int(code), '')
    def send_header(self, keyword, value):
        self._fields.append((keyword, str(value)))
    def end_headers(self):
        pass
    def flush_headers(self):
        pass
    def send_error(self, code, message=None, explain=None):
        text = message or _REASONS.get(code, '???')
        self.log_error('code %d, message %s', code, text)
        body = f'''<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: {code}</p>
        <p>Message: {text}.</p>
        <p>Error code explanation: {code} - {explain or text}.</p>
    </body>
</html>
'''.encode()
        self.send_response(code, message)
        self.send_header('Connection', 'close')
        self.send_header('Content-Type', self.error_content_type)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

class SimpleHTTPRequestHandler(BaseHTTPRequestHandler):
    server_version = 'SimpleHTTP/0.6'
    directory = None
    def translate_path(self, path):
        import os
        return os.path.normpath(os.path.join(self.directory or os.getcwd(), path.split('?')[0].lstrip('/')))
    def guess_type(self, path):
        kinds = {'.html': 'text/html', '.htm': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.txt': 'text/plain', '.png': 'image/png', '.svg': 'image/svg+xml', '.jpg': 'image/jpeg'}
        return kinds.get(path[path.rfind('.'):], 'application/octet-stream')
    def do_GET(self):
        import os
        path = self.translate_path(self.path)
        if os.path.isdir(path):
            index = os.path.join(path, 'index.html')
            if not os.path.exists(index):
                names = sorted(os.listdir(path), key=str.lower)
                rows = ''.join(f'<li><a href="{name}">{name}</a></li>\n' for name in names)
                return self._send(f'<!DOCTYPE HTML>\n<title>Directory listing for {self.path}</title>\n<ul>\n{rows}</ul>\n'.encode(), 'text/html; charset=utf-8')
            path = index
        if not os.path.isfile(path):
            return self.send_error(404, 'File not found')
        with open(path, 'rb') as file:
            self._send(file.read(), self.guess_type(path))
    do_HEAD = do_GET
    def _send(self, body, kind):
        self.send_response(200)
        self.send_header('Content-type', kind)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

class HTTPServer:
    allow_reuse_address = True
    def __init__(self, server_address, RequestHandlerClass, bind_and_activate=True):
        self.server_address = (server_address[0] or '0.0.0.0', server_address[1])
        self.server_name, self.server_port = self.server_address
        self.RequestHandlerClass = RequestHandlerClass
        self._open = True
        _listen(self.server_port)
    def handle_request(self):
        number, request, client = _accept(self.server_port)
        try:
            handler = self.RequestHandlerClass(request, client, self)
            _respond(number, handler._status, handler._reason, handler._fields, handler.wfile.getvalue())
        except Exception:
            import traceback
            _sys.stderr.write('-' * 40 + f'\nException occurred during processing of request from {client}\n')
            traceback.print_exc()
            _sys.stderr.write('-' * 40 + '\n')
            _respond(number, 500, 'Internal Server Error', [], b'')
    def serve_forever(self, poll_interval=0.5):
        while self._open:
            self.handle_request()
    def shutdown(self):
        self._open = False
    def server_close(self):
        self._open = False
    def __enter__(self):
        return self
    def __exit__(self, *exc):
        self.server_close()

ThreadingHTTPServer = HTTPServer
TCPServer = HTTPServer
`,
};
