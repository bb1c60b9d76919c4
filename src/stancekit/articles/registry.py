"""File endings → readers, imported on use: reading text files loads neither pyarrow nor trafilatura."""

READERS: dict[str, str] = {
    ".txt": "stancekit.articles.text:TextReader",
    ".md": "stancekit.articles.text:TextReader",
    ".html": "stancekit.articles.html:HtmlReader",
    ".htm": "stancekit.articles.html:HtmlReader",
    ".jsonl": "stancekit.articles.jsonl:JsonlReader",
    ".csv": "stancekit.articles.csv:CsvReader",
    ".tsv": "stancekit.articles.csv:CsvReader",
    ".parquet": "stancekit.articles.parquet:ParquetReader",
}
"""File ending → `module:Class`. Every one is read with `.gz` behind it too."""

TABLES = (".jsonl", ".csv", ".tsv", ".parquet")
"""The endings of files that hold a row a document."""
