"""What tables for spreadsheets share."""

# A spreadsheet takes a cell that begins with one of these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """Return the text so that a spreadsheet never takes it for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
