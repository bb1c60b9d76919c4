"""File endings → readers, imported on use: reading text files loads neither pyarrow nor trafilatura."""

READERS: dict[str, str] = {
    ".txt": "stancekit.sources.formats.text:TextReader",
    ".md": "stancekit.sources.formats.text:TextReader",
    ".html": "stancekit.sources.formats.html:HtmlReader",
    ".htm": "stancekit.sources.formats.html:HtmlReader",
    ".jsonl": "stancekit.sources.formats.jsonl:JsonlReader",
    ".csv": "stancekit.sources.formats.csv:CsvReader",
    ".tsv": "stancekit.sources.formats.csv:CsvReader",
    ".parquet": "stancekit.sources.formats.parquet:ParquetReader",
}
"""File ending → `module:Class`. Every one is read with `.gz` behind it too."""

TABLES = (".jsonl", ".csv", ".tsv", ".parquet")
"""The endings of files that hold a row a document."""
