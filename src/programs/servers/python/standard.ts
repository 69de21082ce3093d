/** Modules that come with Python 3.13, whether they are modelled or not. */
export const STANDARD: ReadonlySet<string> = new Set(
  `_native __future__ abc argparse array ast asyncio base64 bisect builtins bz2 calendar cmath code codecs collections collections.abc concurrent
  concurrent.futures configparser contextlib contextvars copy csv ctypes curses dataclasses datetime decimal difflib dis email enum errno
  fcntl fileinput fnmatch fractions ftplib functools gc getopt getpass gettext glob grp gzip hashlib heapq hmac html html.parser http http.client
  http.cookies http.server imaplib importlib inspect io ipaddress itertools json json.tool keyword linecache locale logging logging.handlers lzma
  mailbox math mimetypes mmap multiprocessing numbers operator os os.path pathlib pdb pickle pkgutil platform poplib posix pprint profile pty
  pwd queue random re readline reprlib resource runpy sched secrets select selectors shelve shlex shutil signal site smtplib socket
  socketserver sqlite3 ssl stat statistics string struct subprocess sys sysconfig syslog tarfile tempfile termios textwrap this threading time
  timeit tkinter token tokenize tomllib trace traceback tracemalloc tty types typing unicodedata unittest unittest.mock urllib urllib.error
  urllib.parse urllib.request uuid venv warnings wave weakref webbrowser wsgiref xml xml.etree xml.etree.ElementTree xmlrpc zipfile zlib
  zoneinfo`.split(/\s+/),
);
