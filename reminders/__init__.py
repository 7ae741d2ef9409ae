"""What is due: reminder rules, slots planned once per local day, and their mail."""
