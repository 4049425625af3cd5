"""The regulation as code: pure Python over plain dates and numbers; no Django, no clock, no database."""
