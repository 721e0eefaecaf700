"""Causes one fault after another in a portal started for it, and writes docs/reliability.md."""
