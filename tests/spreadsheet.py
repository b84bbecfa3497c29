#!/usr/bin/env python3
"""Opens what `lfx-match rank` writes as CSV in LibreOffice: the columns and rows are right, and no formula is live.

    cargo build --release && python3 tests/spreadsheet.py [PROGRAM]

Needs LibreOffice (`soffice`; on Debian `apt-get install libreoffice-calc`). Not part of `cargo test`, for few machines
have it. The applicants try every way that is known to start a formula, in every column that reaches the result.
"""

import csv
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from xml.etree import ElementTree

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\u202e=1+1",
    "＝1+1",
    "＠SUM(1+1)",
    '"=1+1"',
    '=HYPERLINK("http://example.org/";"x")',
    "a;=1+1",
    "a,=1+1",
    "a\t=1+1",
    "a\n=1+1",
    'a"\n"=1+1',
    "'=1+1",
    "{=1+1}",
    "日本語, Ελληνικά; 🦀",
]


def cells(file: Path) -> tuple[list[list[str]], int]:
    """The texts of a workbook's only sheet, row by row, and how many formulas it has."""
    with zipfile.ZipFile(file) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(t.text or "" for t in s.iter(SHEET + "t")) for s in shared.iter(SHEET + "si")]
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    rows = []
    for row in sheet.iter(SHEET + "row"):
        found = {}
        for cell in row.iter(SHEET + "c"):
            value = cell.find(SHEET + "v")
            if value is not None:
                text = texts[int(value.text)] if cell.get("t") == "s" else value.text
                found[column(cell.get("r"))] = text
        rows.append([found.get(at, "") for at in range(max(found, default=-1) + 1)])
    return rows, sum(1 for _ in sheet.iter(SHEET + "f"))


def column(reference: str) -> int:
    """`B7` is in column 1."""
    number = 0
    for letter in reference:
        if letter.isalpha():
            number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def opened(file: Path) -> tuple[list[list[str]], int]:
    """What LibreOffice makes of a file of CSV: UTF-8, commas, formulas where it would take something for one."""
    # Tokens: comma, double quote, UTF-8, first row, no columns set, language, quoted fields are no text, detect numbers,
    # no export, ..., evaluate formulas.
    filter_options = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation={file.parent.as_uri()}/profile",
         f"--infilter={filter_options}", "--convert-to", "xlsx", "--outdir", str(file.parent), str(file)],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return cells(file.with_suffix(".xlsx"))


def same(written: str, shown: str) -> bool:
    """Numbers may be shown in another way."""
    try:
        return float(written) == float(shown)
    except ValueError:
        return written == shown


def main() -> None:
    program = sys.argv[1] if len(sys.argv) > 1 else "target/release/lfx-match"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # That the check can fail: the same cells as they are.
        (folder / "raw.csv").write_text("a,b\n=1+1,2\n", encoding="utf-8")
        _, formulas = opened(folder / "raw.csv")
        assert formulas == 1, "LibreOffice takes no formula for one: the check shows nothing"
        with (folder / "applicants.csv").open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["id", "skills", "learn", "interests", "remark", "=1+1"])
            for number, cell in enumerate(HOSTILE):
                # Each first in a cell, and within one.
                writer.writerow([f"{cell}{number}", f"{cell}, Go", cell, cell, cell, cell])
                writer.writerow([f"b{number}", f"Go, {cell}", "Rust", f"Lamps. {cell}", f"x {cell}", f"{cell} x"])
        for by in ["mentee", "project"]:
            goal = folder / f"{by}.csv"
            subprocess.run(
                [program, "rank", str(folder / "applicants.csv"), "--by", by, "--top", "50", "--quiet",
                 "--keep", "remark", "--keep", "=1+1", "--output", str(goal)],
                check=True,
            )  # fmt: skip
            with goal.open(encoding="utf-8", newline="") as text:
                written = list(csv.reader(text))
            assert len(written) == 1 + 18 * 2 * len(HOSTILE), len(written)
            shown, formulas = opened(goal)
            assert formulas == 0, f"{formulas} live formulas"
            assert len(shown) == len(written), f"{len(shown)} rows are shown of {len(written)}"
            for line, (a, b) in enumerate(zip(written, shown), 1):
                b += [""] * (len(a) - len(b))
                assert len(a) == len(b) and all(map(same, a, b)), f"row {line}: {a} is shown as {b}"
            print(f"by {by}: {len(shown)} rows of {len(shown[0])} columns are shown as written, no formula is live")


if __name__ == "__main__":
    main()
