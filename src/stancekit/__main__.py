"""`python -m stancekit` is the command line."""

from stancekit.cli.main import main

main()
