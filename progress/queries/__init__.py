"""Reads that show everything together. The first argument says whose eyes, or whose record."""
