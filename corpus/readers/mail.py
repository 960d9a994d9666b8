"""Mail (EML, MHT): its subject, its text, and what is attached, each part by the reader of its own format."""

from __future__ import annotations

import email
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.message import EmailMessage, MIMEPart
from pathlib import Path

from ..kinds import kind_of
from ..parsed import Element, Paragraph, Parsed, Remark, UnreadableFile
from . import html, reader

_MOST_PARTS = 200
_CODED = ("plain", "html")


def read(data: bytes) -> Parsed:
    """The letter and what is attached, below the name of each; what cannot be read of it is named."""
    message = email.message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage):
        raise UnreadableFile("damaged", "MIME")
    subject = str(message["Subject"] or "").strip()
    elements: list[Element] = [Paragraph(subject, "heading", 1)] if subject else []
    body = message.get_body(preferencelist=_CODED)
    if body is not None:
        elements.extend(_text(body))
    remarks: list[Remark] = []
    for part in _attached(message, body):
        name = part.get_filename() or part.get_content_type()
        payload = part.get_payload(decode=True)
        found = _read(payload, name) if isinstance(payload, bytes) else None
        if found is None:
            remarks.append(Remark("attachment-left-out", what=name))
        else:
            elements += [Paragraph(name, "heading", 1), *(replace(each, page=None) for each in found.elements)]
            remarks.extend(replace(each, what=each.what or name) for each in found.remarks)
    return Parsed(tuple(elements), "mail", tuple(remarks))


def _attached(message: EmailMessage, body: MIMEPart | None) -> Iterator[EmailMessage]:
    """What hangs on a letter, but the pictures and styles that its text shows."""
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            return
        told = part.get_content_disposition() == "attachment" or part.get_filename()
        if isinstance(part, EmailMessage) and part is not body and told and not part.is_multipart():
            yield part


def _text(part: MIMEPart) -> tuple[Element, ...]:
    try:
        text = str(part.get_content())
    except (LookupError, ValueError, KeyError):  # an encoding that nobody knows
        return ()
    if part.get_content_subtype() == "html":
        return html.read(text.encode("utf-8", "replace")).elements
    return tuple(Paragraph(line) for line in text.splitlines())


def _read(data: bytes, name: str) -> Parsed | None:
    kind = kind_of(data, Path(name).suffix)
    if kind is None or not kind.reader or kind.reader == "mail":
        return None
    try:
        return reader(kind.reader).read(data)
    except UnreadableFile:
        return None
