"""Files that people attach and files that do harm, all made here."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache

import openpyxl
from PIL import Image

WORD, SHEET, SLIDES = "wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation"
MAIN = {WORD: "word/document.xml", SHEET: "xl/workbook.xml", SLIDES: "ppt/presentation.xml"}
OPEN = "application/vnd.oasis.opendocument."
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PLACE = b"51.5074"  # where a photograph was taken, which nobody else should learn


def picture(kind: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    with Image.new(mode, size, 128) as drawn:
        drawn.save(out := io.BytesIO(), kind, **more)
    return out.getvalue()


def photograph() -> bytes:
    """On its side, with a place, a camera and a comment in it."""
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "Camera"
    notes.get_ifd(0x8825)[1] = PLACE.decode()
    return picture("JPEG", exif=notes.tobytes(), comment=b"<script>alert(1)</script>")


def enormous_png(width: int, height: int) -> bytes:
    """A PNG that says it is enormous, in a few bytes."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(b"\0" * 100_000)) + part(b"IEND", b"")


def enormous_webp() -> bytes:
    head = b"\0\0\0\0" + (16_382).to_bytes(3, "little") * 2
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + head


def packed(parts: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def office(kind: str, more: dict[str, bytes] | None = None, suffix: str = ".main+xml") -> bytes:
    types = f'<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{kind}{suffix}"/></Types>'
    return packed({"[Content_Types].xml": types.encode(), MAIN[kind]: b"<x/>", **(more or {})})


def open_document(kind: str, more: dict[str, bytes] | None = None) -> bytes:
    return packed({"mimetype": (OPEN + kind).encode(), "content.xml": b"<x/>", **(more or {})})


def workbook() -> bytes:
    openpyxl.Workbook().save(out := io.BytesIO())
    return out.getvalue()


@cache
def accepted() -> list[tuple[str, bytes, str]]:
    """Name, content and the name it is kept by."""
    return [
        ("photo.jpg", photograph(), "photo.jpg"),
        ("photo.JPEG", picture("JPEG"), "photo.jpg"),
        ("print.jpg", picture("JPEG", mode="CMYK"), "print.jpg"),
        ("plan.png", picture("PNG"), "plan.png"),
        ("clear.png", picture("PNG", mode="RGBA"), "clear.png"),
        ("scan.png", picture("PNG", mode="I;16"), "scan.png"),
        ("fax.png", picture("PNG", mode="1"), "fax.png"),
        ("wide.png", picture("PNG", (5_000, 100)), "wide.png"),
        ("from a phone.jpg", picture("JPEG", (6_000, 4_000)), "from a phone.jpg"),
        ("poster.png", picture("PNG", (4_500, 3_000)), "poster.png"),
        ("modern.webp", picture("WEBP"), "modern.jpg"),
        ("clear.webp", picture("WEBP", mode="RGBA", lossless=True), "clear.png"),
        ("moving.gif", picture("GIF", save_all=True, append_images=[Image.new("RGB", (60, 40))]), "moving.png"),
        ("two in one.gif", picture("GIF") + b"<script>alert(1)</script>", "two in one.png"),
        ("two in one.jpg", picture("JPEG") + packed({"a.js": b"alert(1)"}), "two in one.jpg"),
        ("minutes.pdf", PDF, "minutes.pdf"),
        ("minutes.docx", office(WORD), "minutes.docx"),
        ("figures.xlsx", workbook(), "figures.xlsx"),
        ("slides.pptx", office(SLIDES), "slides.pptx"),
        ("minutes.odt", open_document("text"), "minutes.odt"),
        ("figures.ods", open_document("spreadsheet"), "figures.ods"),
        ("slides.odp", open_document("presentation"), "slides.odp"),
        ("figures.csv", "ward,falls\nÉtoile,5\n".encode(), "figures.csv"),
        ("notes.txt", b"MZ: we tried it.\r\n", "notes.txt"),
        ("../../etc/passwd.txt", b"x", "passwd.txt"),
        ("C:\\windows\\win.txt", b"x", "win.txt"),
        ("gpj.\u202etxt", b"x", "gpj.txt"),
        ("a\0b\r\nc\x1b.txt", b"x", "abc.txt"),
        ("NUL.txt", b"x", "file NUL.txt"),
        ("com1.old.txt", b"x", "file com1.old.txt"),
        ("<b>'a'</b>.txt", b"x", "b.txt"),
        ("--.txt", b"x", "file.txt"),
        ("ward \ud800 7.txt", b"x", "ward 7.txt"),
        ("é" * 300 + ".txt", b"x", "é" * 100 + ".txt"),
    ]


@cache
def refused() -> list[tuple[str, bytes, str]]:
    """Name, content and what is said."""
    return [
        ("a.txt", b"", "The file is empty."),
        ("a.txt", b"x" * 10_000_001, "The file is larger than 10 MB."),
        ("a.svg", b"<svg onload='alert(1)'/>", "This kind of file (.svg) cannot be attached."),
        ("a.html", b"<p>", "This kind of file (.html) cannot be attached."),
        ("a.exe", b"MZ\x90\0", "This kind of file (.exe) cannot be attached."),
        ("a.pdf.exe", b"MZ\x90\0", "This kind of file (.exe) cannot be attached."),
        ("a.zip", packed({"a": b""}), "This kind of file (.zip) cannot be attached."),
        (".htaccess", b"x", "The name of the file has no ending"),
        ("README", b"x", "The name of the file has no ending"),
        ("", b"x", "The name of the file has no ending"),
        ("fdp.\u202eexe", b"MZ\x90\0", "This kind of file (.exe) cannot be attached."),
        ("a.png", b"<svg onload='alert(1)'/>", "The name of the file ends in .png, but it holds a web page"),
        ("a.png", picture("JPEG"), "The name of the file ends in .png, but it holds a JPEG picture."),
        ("a.pdf", b"MZ\x90\0\0", "The name of the file ends in .pdf, but it holds a program."),
        ("a.pdf", b"junk\n" + PDF, "The name of the file ends in .pdf, but that is not what it holds."),
        ("a.txt", PDF, "The name of the file ends in .txt, but it holds a PDF."),
        ("a.txt", b" \n<!DOCTYPE html><script>", "The name of the file ends in .txt, but it holds a web page"),
        ("a.csv", workbook(), "The name of the file ends in .csv, but it holds a ZIP file or an office document."),
        ("a.txt", b"#!/bin/sh\n", "The name of the file ends in .txt, but it holds a program."),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1", "The name of the file ends in .docx, but it holds an old office document"),
        ("a.txt", b"a\0b", "The file is not text in UTF-8."),
        ("a.csv", "café".encode("cp1252"), "The file is not text in UTF-8."),
        ("a.png", enormous_png(30_000, 30_000), "The picture has more than 50 million pixels."),
        ("a.png", enormous_png(7_100, 7_100), "The picture has more than 50 million pixels."),
        ("a.webp", enormous_webp(), "The picture has more than 50 million pixels."),
        ("a.png", picture("PNG")[:60], "The picture is damaged and cannot be opened."),
        ("a.jpg", b"\xff\xd8\xff\xe0 no picture", "The picture is damaged and cannot be opened."),
        *refused_documents(),
    ]


def refused_documents() -> list[tuple[str, bytes, str]]:
    return [
        ("a.pdf", PDF[:40], "The PDF is cut short."),
        ("a.pdf", PDF + packed({"a.js": b""}), "The PDF has another file hidden in it."),
        ("a.pdf", PDF.replace(b"/Type", b"/S/Java#53cript/Type"), "The PDF holds a program or another file."),
        ("a.pdf", PDF.replace(b"/Type", b"/S/Launch/Type"), "The PDF holds a program or another file."),
        ("a.docx", office(SHEET), "The name ends in .docx, but the file is not a document of that kind."),
        ("a.docx", packed({"a": b""}), "The name ends in .docx, but the file is not a document of that kind."),
        ("a.docx", office(WORD, {"word/vbaProject.bin": b"x"}), "The document holds macros, which are small programs."),
        (
            "a.xlsx",
            office(SHEET, suffix=".macroEnabled.main+xml"),
            "The document holds macros, which are small programs.",
        ),
        ("a.odt", open_document("text", {"Basic/a.xml": b""}), "The document holds macros, which are small programs."),
        ("a.docx", office(WORD, {"a.xml": b"<!DOCTYPE a>"}), "The file declares XML entities of its own"),
        ("a.docx", office(WORD, {"../../a.exe": b"x"}), "A part of the file would be unpacked outside its own folder."),
        ("a.docx", office(WORD) + b"<script>", "Something else is hidden at the end of the file."),
        ("a.xlsx", bomb(), "The file unpacks to more than 200 MB."),
        ("a.docx", office(WORD)[:-30], "The file is damaged: it cannot be unpacked."),
        ("a.docx", far_template(), "The document fetches a template from elsewhere."),
    ]


def bomb() -> bytes:
    """250 MB of nothing in a few hundred kB."""
    with zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a", "w") as part:
        for _ in range(250):
            part.write(b"\0" * (1 << 20))
    return out.getvalue()


def far_template() -> bytes:
    link = b'<Relationship Type="x/attachedTemplate" Target="https://b.example" TargetMode="External"/>'
    return office(WORD, {"word/_rels/settings.xml.rels": link})
