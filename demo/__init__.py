"""Everything that must never exist in production: seeded people, one-click sign-in, the caught mail."""
