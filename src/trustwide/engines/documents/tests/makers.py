"""Documents made for tests."""

from __future__ import annotations

import io
import zipfile

import typst

ODT = "application/vnd.oasis.opendocument.text"


def packed(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def docx(body: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    compatible = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    return packed({"word/document.xml": f"<w:document {space} {compatible}><w:body>{body}</w:body></w:document>"})


def docx_of(*paragraphs: str) -> bytes:
    return docx("".join(f"<w:p><w:r><w:t>{each}</w:t></w:r></w:p>" for each in paragraphs))


def odt(body: str) -> bytes:
    office, text = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text"))
    whole = f"<o:body><o:text>{body}</o:text></o:body>"
    content = f'<o:document-content xmlns:o="{office}" xmlns:t="{text}">{whole}</o:document-content>'
    return packed({"mimetype": ODT, "content.xml": content})


def pdf(source: str) -> bytes:
    made: bytes = typst.compile(source.encode())
    return made
