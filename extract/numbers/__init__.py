"""Numbers of running text: where they stand, what they are worth, what they count or measure."""
