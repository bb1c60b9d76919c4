"""The command line: thin commands over the library. What is heavy is imported by the command that needs it."""
