"""Bounds on what is read of an input. `docs/limits.md` lists them with all others."""

MAX_BYTES = 64 * 2**20
"""Bytes of a document, of a line of a file, of a cell of a table: one of more is rejected."""

MAX_SKIPPED = 2**30
"""Bytes of a line that is rejected for its length: a file whose line goes on for more is not read on."""

MAX_PAGE = 20 * 2**20
"""Characters of a web page."""

MAX_BLANK = 100_000
"""Blank lines on end: a file with more is not read on."""

MAX_UNUSABLE = 10_000
"""Rows on end that a reader can't make out, as of a file that is no table: one with more is not read on."""

MAX_COPY = 2 * 2**30
"""Bytes that are copied to the disk of what can be read but once: standard input, and packed Parquet."""

MAX_MANIFEST = 16 * 2**20
"""Bytes of a folder's manifest: some 80 000 files."""

MAX_LISTED = 16 * 2**30
"""Bytes of a file that a manifest lists, which is digested before it is read."""

FREE = 64 * 2**20
"""Bytes that gzip may make of however few."""

MAX_RATIO = 200
"""What makes more bytes of one is no coverage, once it has made the bytes that are free: text makes three to ten of one."""

MAX_IDLE = 2**20
"""Bytes on end of which gzip makes none: padding."""

FREE_PARQUET = 2**30
"""Bytes that Parquet may make of however few: a column of one value packs better than gzip does."""

MAX_PARQUET_PAGE = 320 * 2**20
"""Bytes of a page, the piece of a column that Parquet unpacks at once, which takes three times as many of memory, or five."""

MAX_WORKBOOK = 256 * 2**20
"""Bytes that a workbook unpacks to; its strings take up to three times as many of memory."""

MAX_PDF = 256 * 2**20
"""Bytes of a PDF."""

MAX_PAGES = 5_000
"""Pages of a PDF."""

ROW = 64
"""A row of Parquet counts as at least this many bytes: a billion equal rows are no longer than one."""


def endless(taken: int, made: int, free: int) -> bool:
    """Tell whether packed bytes have become more than text ever does."""
    return made > free and made > MAX_RATIO * taken
