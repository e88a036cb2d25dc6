/** `textwrap`: paragraphs of a width. */
import type { BundledModule } from './index.ts';

export const textwrap: BundledModule = {
  kind: 'source',
  source: String.raw`
import re as _re

def _chunks(text, width, initial_indent='', subsequent_indent='', break_long_words=True):
    lines = []
    line = ''
    for word in text.split():
        indent = subsequent_indent if lines else initial_indent
        while break_long_words and len(indent) + len(word) > width:
            if line:
                room = width - len(line) - 1
                if room > 0 and len(word) > width - len(subsequent_indent):
                    line += ' ' + word[:room]
                    word = word[room:]
                lines.append(line)
                line = ''
                indent = subsequent_indent
                continue
            lines.append(indent + word[:width - len(indent)])
            word = word[width - len(indent):]
            indent = subsequent_indent
        if not word:
            continue
        if not line:
            line = (subsequent_indent if lines else initial_indent) + word
        elif len(line) + 1 + len(word) <= width:
            line += ' ' + word
        else:
            lines.append(line)
            line = subsequent_indent + word
    if line:
        lines.append(line)
    return lines

def wrap(text, width=70, *, initial_indent='', subsequent_indent='', break_long_words=True, **options):
    return _chunks(text, width, initial_indent, subsequent_indent, break_long_words)

def fill(text, width=70, **options):
    return '\n'.join(wrap(text, width, **options))

def shorten(text, width, *, placeholder=' [...]', **options):
    words = text.split()
    if len(' '.join(words)) <= width:
        return ' '.join(words)
    while words and len(' '.join(words)) + len(placeholder) > width:
        words.pop()
    return ' '.join(words) + placeholder if words else placeholder.strip()

def dedent(text):
    lines = text.split('\n')
    margin = None
    for line in lines:
        if not line.strip():
            continue
        indent = line[:len(line) - len(line.lstrip())]
        if margin is None:
            margin = indent
        else:
            while not indent.startswith(margin):
                margin = margin[:-1]
    cut = len(margin or '')
    return '\n'.join(line[cut:] if line.strip() else '' for line in lines)

def indent(text, prefix, predicate=None):
    return ''.join(prefix + line if (predicate(line) if predicate else line.strip()) else line for line in text.splitlines(True))
`,
};
