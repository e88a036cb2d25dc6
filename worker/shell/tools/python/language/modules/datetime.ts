/** `datetime`: dates and times. */
import type { BundledModule } from './index.ts';

export const datetime: BundledModule = {
  kind: 'source',
  source: String.raw`
import time as _time

MINYEAR, MAXYEAR = 1, 9999
_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

def _month_days(year, month):
    return 29 if month == 2 and _leap(year) else _DAYS[month - 1]

def _ordinal(year, month, day):
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + sum(_month_days(year, m) for m in range(1, month)) + day

def _from_ordinal(n):
    year = max(1, n // 366)
    while _ordinal(year + 1, 1, 1) <= n:
        year += 1
    month = 1
    while month < 12 and _ordinal(year, month + 1, 1) <= n:
        month += 1
    return year, month, n - _ordinal(year, month, 1) + 1

class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = (days + weeks * 7) * 86400 * 10**6 + (seconds + minutes * 60 + hours * 3600) * 10**6 + milliseconds * 1000 + microseconds
        total = round(total)
        self.days, rest = divmod(total, 86400 * 10**6)
        self.seconds, self.microseconds = divmod(rest, 10**6)
    def _micro(self):
        return (self.days * 86400 + self.seconds) * 10**6 + self.microseconds
    def total_seconds(self):
        return self._micro() / 10**6
    def __add__(self, other):
        return timedelta(microseconds=self._micro() + other._micro()) if isinstance(other, timedelta) else NotImplemented
    def __sub__(self, other):
        return timedelta(microseconds=self._micro() - other._micro()) if isinstance(other, timedelta) else NotImplemented
    def __mul__(self, factor):
        return timedelta(microseconds=self._micro() * factor)
    __rmul__ = __mul__
    def __truediv__(self, other):
        return self._micro() / other._micro() if isinstance(other, timedelta) else timedelta(microseconds=self._micro() / other)
    def __floordiv__(self, other):
        return self._micro() // other._micro() if isinstance(other, timedelta) else timedelta(microseconds=self._micro() // other)
    def __mod__(self, other):
        return timedelta(microseconds=self._micro() % other._micro())
    def __neg__(self):
        return timedelta(microseconds=-self._micro())
    def __abs__(self):
        return timedelta(microseconds=abs(self._micro()))
    def __bool__(self):
        return self._micro() != 0
    def __eq__(self, other):
        return isinstance(other, timedelta) and self._micro() == other._micro()
    def __lt__(self, other):
        return self._micro() < other._micro()
    def __le__(self, other):
        return self._micro() <= other._micro()
    def __gt__(self, other):
        return self._micro() > other._micro()
    def __ge__(self, other):
        return self._micro() >= other._micro()
    def __hash__(self):
        return hash(self._micro())
    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f'{hours}:{minutes:02d}:{seconds:02d}'
        if self.days:
            text = f'{self.days} day{"" if abs(self.days) == 1 else "s"}, {text}'
        return text + (f'.{self.microseconds:06d}' if self.microseconds else '')
    def __repr__(self):
        parts = [f'{name}={getattr(self, name)}' for name in ('days', 'seconds', 'microseconds') if getattr(self, name)]
        return f'datetime.timedelta({", ".join(parts) or 0})'

class tzinfo:
    pass

class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._offset = offset
        self._name = name
    def utcoffset(self, when):
        return self._offset
    def tzname(self, when):
        return self._name or ('UTC' if not self._offset else 'UTC' + _sign(self._offset, ':'))
    def __eq__(self, other):
        return isinstance(other, timezone) and self._offset == other._offset
    def __hash__(self):
        return hash(self._offset)
    def __str__(self):
        return self.tzname(None)
    def __repr__(self):
        return 'datetime.timezone.utc' if not self._offset else f'datetime.timezone({self._offset!r})'

def _sign(offset, between):
    minutes = offset._micro() // (60 * 10**6)
    return f'{"-" if minutes < 0 else "+"}{abs(minutes) // 60:02d}{between}{abs(minutes) % 60:02d}'

timezone.utc = timezone(timedelta(0))
UTC = timezone.utc

class date:
    def __init__(self, year, month, day):
        if not 1 <= year <= 9999:
            raise ValueError(f'year {year} is out of range')
        if not 1 <= month <= 12:
            raise ValueError('month must be in 1..12')
        if not 1 <= day <= _month_days(year, month):
            raise ValueError('day is out of range for month')
        self.year, self.month, self.day = year, month, day
    @classmethod
    def today(cls):
        return cls.fromtimestamp(_time.time())
    @classmethod
    def fromtimestamp(cls, seconds):
        t = _time.gmtime(seconds)
        return cls(t.tm_year, t.tm_mon, t.tm_mday)
    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))
    @classmethod
    def fromisoformat(cls, text):
        try:
            year, month, day = text[:10].split('-')
            return cls(int(year), int(month), int(day))
        except ValueError:
            raise ValueError(f'Invalid isoformat string: {text!r}') from None
    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)
    def weekday(self):
        return (self.toordinal() + 6) % 7
    def isoweekday(self):
        return self.weekday() + 1
    def isocalendar(self):
        return (int(self.strftime('%G')), int(self.strftime('%V')), self.isoweekday())
    def timetuple(self):
        return _time.struct_time((self.year, self.month, self.day, 0, 0, 0, self.weekday(), int(self.strftime('%j')), -1))
    def isoformat(self):
        return f'{self.year:04d}-{self.month:02d}-{self.day:02d}'
    def replace(self, **changes):
        return type(self)(**{**{'year': self.year, 'month': self.month, 'day': self.day}, **changes})
    def strftime(self, format):
        return _time._format(format, (self.year, self.month, self.day, 0, 0, 0, 0, '', ''))
    def ctime(self):
        return self.strftime('%a %b %e %H:%M:%S %Y')
    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)
    def __add__(self, other):
        return date.fromordinal(self.toordinal() + other.days) if isinstance(other, timedelta) else NotImplemented
    __radd__ = __add__
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return date.fromordinal(self.toordinal() - other.days)
        return timedelta(days=self.toordinal() - other.toordinal())
    def _key(self):
        return (self.year, self.month, self.day)
    def __eq__(self, other):
        return isinstance(other, date) and self._key() == other._key()
    def __lt__(self, other):
        return self._key() < other._key()
    def __le__(self, other):
        return self._key() <= other._key()
    def __gt__(self, other):
        return self._key() > other._key()
    def __ge__(self, other):
        return self._key() >= other._key()
    def __hash__(self):
        return hash(self._key())
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return f'datetime.date({self.year}, {self.month}, {self.day})'

class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        if not 0 <= hour <= 23:
            raise ValueError('hour must be in 0..23')
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    def isoformat(self):
        return f'{self.hour:02d}:{self.minute:02d}:{self.second:02d}' + (f'.{self.microsecond:06d}' if self.microsecond else '')
    def strftime(self, format):
        return _time._format(format, (1900, 1, 1, self.hour, self.minute, self.second, self.microsecond, '', ''))
    def _key(self):
        return (self.hour, self.minute, self.second, self.microsecond)
    def __eq__(self, other):
        return isinstance(other, time) and self._key() == other._key()
    def __lt__(self, other):
        return self._key() < other._key()
    def __hash__(self):
        return hash(self._key())
    def __str__(self):
        return self.isoformat()
    def __repr__(self):
        return f'datetime.time({self.hour}, {self.minute}' + (f', {self.second}' if self.second or self.microsecond else '') + (f', {self.microsecond}' if self.microsecond else '') + ')'

class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        super().__init__(year, month, day)
        for name, value, limit in (('hour', hour, 23), ('minute', minute, 59), ('second', second, 59)):
            if not 0 <= value <= limit:
                raise ValueError(f'{name} must be in 0..{limit}')
        self.hour, self.minute, self.second, self.microsecond, self.tzinfo = hour, minute, second, microsecond, tzinfo
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_time.time(), tz)
    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(_time.time())
    @classmethod
    def fromtimestamp(cls, seconds, tz=None):
        whole = int(seconds // 1)
        made = datetime(1970, 1, 1) + timedelta(seconds=whole, microseconds=round((seconds - whole) * 10**6))
        if tz is not None:
            made = (made + tz.utcoffset(None)).replace(tzinfo=tz)
        return made
    @classmethod
    def strptime(cls, text, format):
        return cls(*_time._parse(text, format))
    @classmethod
    def combine(cls, day, moment):
        return cls(day.year, day.month, day.day, moment.hour, moment.minute, moment.second, moment.microsecond, moment.tzinfo)
    @classmethod
    def fromisoformat(cls, text):
        day = date.fromisoformat(text)
        rest = text[11:]
        zone = None
        if rest.endswith('Z'):
            rest, zone = rest[:-1], timezone.utc
        elif len(rest) > 5 and rest[-6] in '+-':
            sign = -1 if rest[-6] == '-' else 1
            zone = timezone(sign * timedelta(hours=int(rest[-5:-3]), minutes=int(rest[-2:])))
            rest = rest[:-6]
        clock, _, fraction = rest.partition('.')
        parts = [int(part) for part in clock.split(':')] if clock else []
        return cls(day.year, day.month, day.day, *(parts + [0, 0, 0])[:3], int(fraction.ljust(6, '0')) if fraction else 0, zone)
    def date(self):
        return date(self.year, self.month, self.day)
    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)
    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)
    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)
    def timestamp(self):
        return (self - datetime(1970, 1, 1, tzinfo=None if self.tzinfo is None else timezone.utc)).total_seconds()
    def astimezone(self, tz=None):
        offset = self.utcoffset() or timedelta(0)
        zone = tz or timezone.utc
        return (self.replace(tzinfo=None) - offset + zone.utcoffset(None)).replace(tzinfo=zone)
    def replace(self, **changes):
        names = ('year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond', 'tzinfo')
        return datetime(**{**{name: getattr(self, name) for name in names}, **changes})
    def timetuple(self):
        return _time.gmtime(self.replace(tzinfo=None).timestamp())
    def isoformat(self, sep='T', timespec='auto'):
        clock = f'{self.hour:02d}:{self.minute:02d}:{self.second:02d}'
        if timespec == 'minutes':
            clock = clock[:5]
        elif timespec == 'milliseconds':
            clock += f'.{self.microsecond // 1000:03d}'
        elif self.microsecond and timespec == 'auto' or timespec == 'microseconds':
            clock += f'.{self.microsecond:06d}'
        return date.isoformat(self) + sep + clock + ('' if self.tzinfo is None else _sign(self.utcoffset(), ':'))
    def strftime(self, format):
        zone = '' if self.tzinfo is None else _sign(self.utcoffset(), '')
        return _time._format(format, (self.year, self.month, self.day, self.hour, self.minute, self.second, self.microsecond, zone, self.tzname() or ''))
    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        total = ((self.toordinal() * 86400 + self.hour * 3600 + self.minute * 60 + self.second) * 10**6 + self.microsecond) + other._micro()
        days, rest = divmod(total, 86400 * 10**6)
        seconds, micro = divmod(rest, 10**6)
        return datetime(*_from_ordinal(days), seconds // 3600, seconds // 60 % 60, seconds % 60, micro, self.tzinfo)
    __radd__ = __add__
    def _absolute(self):
        own = (self.toordinal() * 86400 + self.hour * 3600 + self.minute * 60 + self.second) * 10**6 + self.microsecond
        return own - (self.utcoffset() or timedelta(0))._micro()
    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if (self.tzinfo is None) != (other.tzinfo is None):
            raise TypeError("can't subtract offset-naive and offset-aware datetimes")
        return timedelta(microseconds=self._absolute() - other._absolute())
    def _key(self):
        return self._absolute()
    def __eq__(self, other):
        return isinstance(other, datetime) and self._key() == other._key()
    def __hash__(self):
        return hash(self._key())
    def __str__(self):
        return self.isoformat(' ')
    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        zone = '' if self.tzinfo is None else f', tzinfo={self.tzinfo!r}'
        return f'datetime.datetime({", ".join(map(str, parts))}{zone})'
`,
};
