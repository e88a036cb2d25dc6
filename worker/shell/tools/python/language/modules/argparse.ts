/** `argparse`: command lines, with the messages and the help that Python 3.11 writes. */
import type { BundledModule } from './index.ts';

export const argparse: BundledModule = {
  kind: 'source',
  source: String.raw`
import os as _os
import sys as _sys

SUPPRESS = '==SUPPRESS=='
OPTIONAL, ZERO_OR_MORE, ONE_OR_MORE, REMAINDER = '?', '*', '+', '...'

class ArgumentTypeError(Exception):
    pass

class ArgumentError(Exception):
    pass

class Namespace:
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)
    def __repr__(self):
        return 'Namespace(' + ', '.join(f'{name}={value!r}' for name, value in self.__dict__.items()) + ')'
    def __eq__(self, other):
        return self.__dict__ == other.__dict__
    def __contains__(self, name):
        return name in self.__dict__

class HelpFormatter:
    pass
RawDescriptionHelpFormatter = RawTextHelpFormatter = ArgumentDefaultsHelpFormatter = HelpFormatter

class Action:
    def __init__(self, names, action, nargs, const, default, type, choices, required, help, metavar, dest, version):
        self.option_strings = [name for name in names if name.startswith('-')]
        self.action, self.nargs, self.const, self.default = action, nargs, const, default
        self.type, self.choices, self.help, self.metavar, self.version = type, choices, help, metavar, version
        long = [name for name in self.option_strings if name.startswith('--')]
        self.dest = dest or ((long or self.option_strings)[0].lstrip('-').replace('-', '_') if self.option_strings else names[0])
        self.required = required
        self.group = None
    def takes_value(self):
        return self.action in ('store', 'append', 'extend')
    def label(self):
        if self.metavar:
            return self.metavar
        if self.choices is not None:
            return '{' + ','.join(map(str, self.choices)) + '}'
        return self.dest.upper() if self.option_strings else self.dest
    def values_label(self):
        label = self.label()
        return {None: label, '?': f'[{label}]', '*': f'[{label} ...]', '+': f'{label} [{label} ...]', '...': '...'}.get(self.nargs, ' '.join([label] * self.nargs) if isinstance(self.nargs, int) else label)
    def display(self):
        if not self.option_strings:
            return self.label()
        return '/'.join(self.option_strings)

class _Group:
    def __init__(self, parser, title, description=None):
        self._parser, self.title, self.description = parser, title, description
        self.actions = []
    def add_argument(self, *names, **options):
        action = self._parser._make(*names, **options)
        self.actions.append(action)
        return action

class _Exclusive:
    def __init__(self, parser, required):
        self._parser, self.required = parser, required
        self.actions = []
    def add_argument(self, *names, **options):
        action = self._parser.add_argument(*names, **options)
        action.group = self
        self.actions.append(action)
        return action

class _SubParsers:
    def __init__(self, parser, action, required):
        self._parser, self.action, self.required = parser, action, required
        self.choices = {}
        self.helps = []
    def add_parser(self, name, *, help=None, aliases=(), **options):
        positionals = [one.label() for one in self._parser._actions if not one.option_strings and one is not self.action]
        inner = ArgumentParser(prog=' '.join([self._parser.prog, *positionals, name]), **options)
        for one in (name, *aliases):
            self.choices[one] = inner
        self.action.choices = self.choices
        if help is not None:
            self.helps.append((name, help))
        return inner

class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=(), formatter_class=HelpFormatter, prefix_chars='-', add_help=True, allow_abbrev=True, exit_on_error=True, **options):
        self.prog = prog or _os.path.basename(_sys.argv[0])
        self.usage, self.description, self.epilog = usage, description, epilog
        self._actions = []
        self._positionals = _Group(self, 'positional arguments')
        self._options = _Group(self, 'options')
        self._groups = [self._positionals, self._options]
        self._defaults = {}
        self._subparsers = None
        if add_help:
            self.add_argument('-h', '--help', action='help', default=SUPPRESS, help='show this help message and exit')
        for parent in parents:
            for action in parent._actions:
                if action.dest != 'help':
                    self._actions.append(action)
                    (self._options if action.option_strings else self._positionals).actions.append(action)
    def _make(self, *names, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None, version=None):
        if action == 'store_true':
            default, const = (False if default is None else default), True
        elif action == 'store_false':
            default, const = (True if default is None else default), False
        one = Action(names, action, nargs, const, default, type, choices, required, help, metavar, dest, version)
        if not one.option_strings:
            one.required = nargs not in ('?', '*', '...')
        self._actions.append(one)
        return one
    def add_argument(self, *names, **options):
        if names and not names[0].startswith('-') or not names:
            return self._positionals.add_argument(*(names or (options.get('dest'),)), **options)
        return self._options.add_argument(*names, **options)
    def add_argument_group(self, title=None, description=None):
        group = _Group(self, title, description)
        self._groups.append(group)
        return group
    def add_mutually_exclusive_group(self, required=False):
        return _Exclusive(self, required)
    def add_subparsers(self, *, title=None, dest=None, required=False, help=None, metavar=None, description=None, **options):
        group = self.add_argument_group(title, description) if title else self._positionals
        action = group.add_argument(dest or '==command==', action='parsers', help=help, metavar=metavar, choices={})
        action.required = required
        self._subparsers = _SubParsers(self, action, required)
        return self._subparsers
    def set_defaults(self, **values):
        self._defaults.update(values)
    def get_default(self, dest):
        return self._defaults.get(dest)
    def format_usage(self):
        if self.usage:
            return f'usage: {self.usage}\n'
        parts = []
        shown = set()
        for one in [a for a in self._actions if a.option_strings] + [a for a in self._actions if not a.option_strings]:
            if one in shown or one.help == SUPPRESS:
                continue
            members = one.group.actions if one.group else [one]
            shown.update(members)
            texts = []
            for member in members:
                if member.action == 'parsers':
                    text = f'{member.label()} ...'
                elif member.option_strings:
                    text = member.option_strings[0] + (f' {member.values_label()}' if member.takes_value() else '')
                    if one.group is None and not member.required:
                        text = f'[{text}]'
                else:
                    text = member.values_label()
                texts.append(text)
            joined = ' | '.join(texts)
            if one.group is not None:
                joined = f'({joined})' if one.group.required else f'[{joined}]'
            parts.append(joined)
        line = f'usage: {" ".join([self.prog, *parts])}'
        if len(line) <= 78:
            return line + '\n'
        indent = ' ' * (len('usage: ') + len(self.prog) + 1)
        options = [part for part in parts if part.startswith(('[-', '-', '(-'))]
        others = [part for part in parts if part not in options]
        lines = []
        for group in (options, others):
            current = ''
            for part in group:
                if current and len(indent) + len(current) + 1 + len(part) > 78:
                    lines.append(current)
                    current = part
                else:
                    current = f'{current} {part}' if current else part
            if current:
                lines.append(current)
        return f'usage: {self.prog} ' + ('\n' + indent).join(lines) + '\n'
    def _rows(self, group):
        rows = []
        for one in group.actions:
            if one.help == SUPPRESS:
                continue
            if one.action == 'parsers':
                rows.append((2, one.label(), one.help))
                rows.extend((4, name, text) for name, text in self._subparsers.helps)
                continue
            if not one.option_strings:
                name = one.label()
            elif one.takes_value():
                name = ', '.join(f'{text} {one.values_label()}' for text in one.option_strings)
            else:
                name = ', '.join(one.option_strings)
            rows.append((2, name, one.help))
        return rows
    def format_help(self):
        import textwrap
        text = self.format_usage()
        if self.description:
            text += '\n' + textwrap.fill(self.description, 78) + '\n'
        groups = [(group, self._rows(group)) for group in self._groups]
        width = min(24, max([indent + len(name) for _, rows in groups for indent, name, _ in rows] + [0]) + 2)
        for group, rows in groups:
            if not rows:
                continue
            text += f'\n{group.title}:\n'
            if group.description:
                text += f'  {group.description}\n\n'
            for indent, name, about in rows:
                head = ' ' * indent + name
                if about is None:
                    text += head + '\n'
                    continue
                action = next((one for one in group.actions if one.help == about), None)
                values = {'prog': self.prog, **(vars(action) if action else {})}
                lines = textwrap.wrap(about % values if '%' in about else about, 78 - width)
                if len(head) > width - 2:
                    text += head + '\n' + ' ' * width + lines[0] + '\n'
                else:
                    text += head.ljust(width) + (lines[0] if lines else '') + '\n'
                for line in lines[1:]:
                    text += ' ' * width + line + '\n'
        if self.epilog:
            text += '\n' + textwrap.fill(self.epilog, 78) + '\n'
        return text
    def print_help(self, file=None):
        (file or _sys.stdout).write(self.format_help())
    def print_usage(self, file=None):
        (file or _sys.stdout).write(self.format_usage())
    def exit(self, status=0, message=None):
        if message:
            _sys.stderr.write(message)
        _sys.exit(status)
    def error(self, message):
        self.print_usage(_sys.stderr)
        self.exit(2, f'{self.prog}: error: {message}\n')
    def _convert(self, action, text):
        value = text
        if action.type is not None:
            try:
                value = action.type(text)
            except ArgumentTypeError as problem:
                self.error(f'argument {action.display()}: {problem}')
            except (TypeError, ValueError):
                self.error(f'argument {action.display()}: invalid {getattr(action.type, "__name__", repr(action.type))} value: {text!r}')
        if action.choices is not None and action.action != 'parsers' and value not in action.choices:
            self.error(f'argument {action.display()}: invalid choice: {value!r} (choose from {", ".join(map(repr, action.choices))})')
        return value
    def parse_args(self, args=None, namespace=None):
        known, rest = self.parse_known_args(args, namespace)
        if rest:
            self.error('unrecognized arguments: ' + ' '.join(rest))
        return known
    def parse_known_args(self, args=None, namespace=None):
        words = list(_sys.argv[1:] if args is None else args)
        result = Namespace() if namespace is None else namespace
        for one in self._actions:
            if one.default != SUPPRESS and one.dest != '==command==' and not hasattr(result, one.dest):
                default = self._defaults.get(one.dest, one.default)
                setattr(result, one.dest, self._convert(one, default) if isinstance(default, str) and one.type else default)
        for name, value in self._defaults.items():
            if not hasattr(result, name):
                setattr(result, name, value)
        seen, loose, rest = set(), [], []
        positionals = [one for one in self._actions if not one.option_strings]
        before_sub = len([one for one in positionals if one.action != 'parsers'])
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            if word == '--':
                loose.extend(words[at:])
                break
            if not word.startswith('-') or word == '-' or (word[1:].replace('.', '', 1).isdigit() and not self._find(word)):
                if self._subparsers is not None and len(loose) >= before_sub:
                    self._enter(word, words[at:], result, seen, rest)
                    break
                loose.append(word)
                continue
            name, has_value, value = word.partition('=')
            action = self._find(name)
            if action is None and not word.startswith('--') and len(word) > 2:
                action = self._find(word[:2])
                if action is not None and action.takes_value():
                    name, has_value, value = word[:2], '=', word[2:]
                elif action is not None:
                    name, has_value = word[:2], ''
                    words.insert(at, '-' + word[2:])
            if action is None:
                rest.append(word)
                continue
            for other in seen:
                if action.group is not None and other.group is action.group and other is not action:
                    self.error(f'argument {action.display()}: not allowed with argument {other.display()}')
            seen.add(action)
            if not action.takes_value():
                if has_value:
                    self.error(f'argument {action.display()}: ignored explicit argument {value!r}')
                self._flag(action, result)
                continue
            taken = [value] if has_value else []
            if not has_value:
                limit = 1 if action.nargs in (None, '?') else action.nargs if isinstance(action.nargs, int) else len(words)
                while at < len(words) and len(taken) < limit and (not words[at].startswith('-') or words[at][1:].replace('.', '', 1).isdigit()):
                    taken.append(words[at])
                    at += 1
            if action.nargs is None and not taken:
                self.error(f'argument {action.display()}: expected one argument')
            if action.nargs == '+' and not taken:
                self.error(f'argument {action.display()}: expected at least one argument')
            if isinstance(action.nargs, int) and len(taken) != action.nargs:
                self.error(f'argument {action.display()}: expected {action.nargs} argument{"s" if action.nargs != 1 else ""}')
            self._store(action, taken, result)
        self._place(positionals, loose, result, seen, rest)
        missing = [one.dest if one.action == 'parsers' and one.dest != '==command==' else one.display() for one in self._actions if one.required and one not in seen]
        if missing:
            self.error('the following arguments are required: ' + ', '.join(missing))
        for one in self._actions:
            group = one.group
            if group is not None and group.required and not any(member in seen for member in group.actions):
                self.error('one of the arguments ' + ' '.join(member.display() for member in group.actions) + ' is required')
        return result, rest
    def _find(self, name):
        found = [one for one in self._actions if name in one.option_strings]
        if not found and name.startswith('--'):
            found = [one for one in self._actions if any(text.startswith(name) for text in one.option_strings)]
        return found[0] if found else None
    def _enter(self, name, words, result, seen, rest):
        action = self._subparsers.action
        seen.add(action)
        if name not in self._subparsers.choices:
            label = action.dest if action.dest != '==command==' else action.label()
            self.error(f'argument {label}: invalid choice: {name!r} (choose from {", ".join(map(repr, self._subparsers.choices))})')
        if action.dest != '==command==':
            setattr(result, action.dest, name)
        inner, more = self._subparsers.choices[name].parse_known_args(words)
        for key, value in vars(inner).items():
            setattr(result, key, value)
        rest.extend(more)
    def _flag(self, action, result):
        if action.action == 'help':
            self.print_help()
            self.exit()
        if action.action == 'version':
            _sys.stdout.write((action.version or '') % {'prog': self.prog} + '\n')
            self.exit()
        if action.action == 'count':
            setattr(result, action.dest, (getattr(result, action.dest) or 0) + 1)
        elif action.action == 'append_const':
            setattr(result, action.dest, [*(getattr(result, action.dest) or []), action.const])
        else:
            setattr(result, action.dest, action.const)
    def _store(self, action, taken, result):
        values = [self._convert(action, text) for text in taken]
        value = values if action.nargs in ('*', '+', '...') or isinstance(action.nargs, int) else values[0] if values else action.const
        if action.action == 'append':
            value = [*(getattr(result, action.dest) or []), value]
        elif action.action == 'extend':
            value = [*(getattr(result, action.dest) or []), *value]
        setattr(result, action.dest, value)
    def _place(self, positionals, loose, result, seen, rest):
        for index, action in enumerate(positionals):
            if action.action == 'parsers':
                continue
            later = sum(one.nargs if isinstance(one.nargs, int) else 1 for one in positionals[index + 1:] if one.required and one.action != 'parsers')
            if action.nargs is None or action.nargs == '?':
                count = 1 if loose and (action.nargs is None or len(loose) > later) else 0
            elif isinstance(action.nargs, int):
                count = action.nargs if len(loose) >= action.nargs else 0
            else:
                count = max(0, len(loose) - later)
            taken, loose = loose[:count], loose[count:]
            if taken:
                seen.add(action)
                self._store(action, taken, result)
            elif action.nargs == '*':
                setattr(result, action.dest, [] if action.default is None else action.default)
        rest.extend(loose)

class FileType:
    def __init__(self, mode='r'):
        self._mode = mode
    def __call__(self, name):
        if name == '-':
            return _sys.stdin if 'r' in self._mode else _sys.stdout
        try:
            return open(name, self._mode)
        except OSError as problem:
            raise ArgumentTypeError(f"can't open '{name}': {problem}")
`,
};
