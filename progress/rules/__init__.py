"""Pure decisions of the progress room. No Django."""
