"""One file a format, behind the registry of readers."""
