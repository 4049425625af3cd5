"""The demo: the composition that the regulation names, invented people, and meetings relative to today."""
