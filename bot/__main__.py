"""`python -m bot` is `listwright`."""

from bot.cli import main

if __name__ == "__main__":
    main()
