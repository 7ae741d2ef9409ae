"""Words for doses in templates."""
