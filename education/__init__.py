"""What patients read: modules, their frozen versions, who was given which, and what they understood."""
