"""Pure decisions about doses and plans. Nothing here imports Django."""
