"""Self-contained pages, opened in a browser without a server."""
