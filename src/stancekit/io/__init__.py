"""Reading strictly, writing whole: files, folders, and the guard over both."""
