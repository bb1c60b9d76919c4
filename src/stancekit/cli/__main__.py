from stancekit.cli.main import main

main()
