"""What may be uploaded: known types, whole, passive, and only what their name says."""

from members.uploads.checking import Checked, Upload, check

__all__ = ["Checked", "Upload", "check"]
