"""What is done about people and acts; one name for one act."""

from members.actions.seats import seat_person

__all__ = ["seat_person"]
