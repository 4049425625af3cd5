"""What waits for a person about meetings, computed from the records (never stored)."""

from meetings.duties.home import duties

__all__ = ["duties"]
