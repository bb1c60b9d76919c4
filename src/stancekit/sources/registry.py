"""File endings → readers, imported on use: reading text files loads no library."""

READERS: dict[str, str] = {
    ".txt": "stancekit.sources.formats.text:TextReader",
    ".md": "stancekit.sources.formats.text:TextReader",
    ".srt": "stancekit.sources.formats.text:TextReader",
    ".vtt": "stancekit.sources.formats.text:TextReader",
    ".html": "stancekit.sources.formats.html:HtmlReader",
    ".htm": "stancekit.sources.formats.html:HtmlReader",
    ".docx": "stancekit.sources.formats.docx:DocxReader",
    ".pdf": "stancekit.sources.formats.pdf:PdfReader",
    ".json": "stancekit.sources.formats.json:JsonReader",
    ".jsonl": "stancekit.sources.formats.jsonl:JsonlReader",
    ".csv": "stancekit.sources.formats.csv:CsvReader",
    ".tsv": "stancekit.sources.formats.csv:CsvReader",
    ".parquet": "stancekit.sources.formats.parquet:ParquetReader",
    ".xlsx": "stancekit.sources.formats.xlsx:XlsxReader",
}
"""File ending → `module:Class`. Every one is read with `.gz` behind it too."""

TABLES = (".jsonl", ".csv", ".tsv", ".parquet", ".json", ".xlsx")
"""The endings of files that hold a row a document."""
