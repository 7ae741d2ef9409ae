"""How it is going: daily checks, state rows, and the pages that show everything together."""
