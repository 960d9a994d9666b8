"""The commands, one module each, and what they stand on; ``cli`` puts them together."""
