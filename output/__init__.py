"""Facts and findings go out: datasets, the audit page, the terminal. Imports the model alone."""
