"""Five made-up reports with planted contradictions; see README.md."""
