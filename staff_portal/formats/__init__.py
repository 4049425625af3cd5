"""How dates and numbers are written, one module per language (``FORMAT_MODULE_PATH``)."""
