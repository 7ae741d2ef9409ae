"""Pure decisions of the clinic room."""
