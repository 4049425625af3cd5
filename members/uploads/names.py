"""Names of uploaded files: kept as a fact for people, never as a path."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 150
# Most systems keep a name in 255 bytes; a Kazakh letter takes two of them.
MAX_BYTES = 240
FORBIDDEN = re.compile(r'[<>:"|?*]')
# Names that Windows keeps for devices: a file called so cannot be saved there.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)", re.IGNORECASE)
# Control and invisible characters (turning of the direction of text among them), and what has no meaning.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
PROGRAMS = {
    "bat", "cmd", "com", "cpl", "exe", "hta", "htm", "html", "jar", "js", "jse", "lnk", "mht", "msi", "php",
    "ps1", "scr", "sh", "svg", "url", "vbe", "vbs", "wsf", "zip",
}  # fmt: skip


def clean_name(raw: str) -> str:
    """Return a name of a file that shows what it is: no folders, nothing unseen, no second extension.

    Letters of every language stay; the real extension is the last one.
    """
    last = PurePosixPath(raw.replace("\\", "/")).name
    seen = "".join(letter for letter in last if unicodedata.category(letter) not in UNSEEN)
    seen = FORBIDDEN.sub("_", " ".join(unicodedata.normalize("NFC", seen).split())).rstrip(" .")
    stem, dot, extension = seen.rpartition(".")
    if not dot:
        stem, extension = seen, ""
    stem = "_".join(_without_programs(stem.lstrip(" .").split(".")))
    # Windows looks at what stands before the first dot, without spaces and with ¹ for 1.
    device = unicodedata.normalize("NFKC", stem.split(".")[0]).strip()
    if RESERVED.fullmatch(device) or not stem:
        stem = f"_{stem}"
    ending = f"{dot}{extension}"
    return f"{_cut(stem, MAX_BYTES - len(ending.encode()))[: LONGEST - len(ending)]}{ending}"


def _cut(text: str, size: int) -> str:
    """Return the beginning of `text` that takes at most `size` bytes."""
    return text.encode()[: max(size, 1)].decode(errors="ignore")


def _without_programs(parts: list[str]) -> list[str]:
    """Return the parts of a stem, put together again except before an extension of a program."""
    joined = parts[:1]
    for part in parts[1:]:
        if part.strip().lower() in PROGRAMS:
            joined.append(part)
        else:
            joined[-1] = f"{joined[-1]}.{part}"
    return joined
