"""What is known, as data and as checks: units, agencies, indicators, marks, and the consistency checks."""
