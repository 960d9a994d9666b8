"""Time: how dates are written, what they mean, of what time a report speaks, and of what time each figure."""
