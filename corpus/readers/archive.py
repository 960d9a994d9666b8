"""Archives of strangers (DOCX, XLSX, ODF are ZIP files): looked at before anything is unpacked, and read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from ..parsed import UnreadableFile

_MOST_PARTS = 20_000
_MOST_BYTES = 400_000_000
"""All parts unpacked; the list of the archive tells their sizes."""
_LARGEST_PART = 200_000_000
_STEEPEST = 250
"""So many times smaller than its content no honest part of that size is packed."""
_STEEP_FROM = 20_000_000
_ENCRYPTED = 0x1


class Archive:
    """The parts of an archive by name, each read in full or not at all."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableFile("damaged", "ZIP") from error
        parts = self._zip.infolist()
        if len(parts) > _MOST_PARTS:
            raise UnreadableFile("too-large", f"{len(parts)} > {_MOST_PARTS} parts")
        whole = sum(part.file_size for part in parts)
        if whole > _MOST_BYTES:
            raise UnreadableFile("too-large", f"{whole} > {_MOST_BYTES} bytes unpacked")
        for part in parts:
            steep = part.file_size > _STEEP_FROM and part.file_size > _STEEPEST * max(part.compress_size, 1)
            if part.file_size > _LARGEST_PART or steep:
                raise UnreadableFile("too-large", f"{part.filename}: {part.compress_size} -> {part.file_size} bytes")
            if part.flag_bits & _ENCRYPTED:
                raise UnreadableFile("encrypted")
        self.names = frozenset(part.filename for part in parts)

    def read(self, name: str) -> bytes:
        """The bytes of a part; never more than the list of the archive has told."""
        try:
            size = self._zip.getinfo(name).file_size
            with self._zip.open(name) as part:
                data = part.read(size + 1)
        except (KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise UnreadableFile("damaged", name) from error
        if len(data) > size:
            raise UnreadableFile("too-large", name)
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of a part. Nothing is fetched, no entity of its own is expanded."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root of an XML document, or what is left of a damaged one; never with a document type of its own."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise UnreadableFile("damaged", f"{name}: DOCTYPE")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("damaged", name) from error


def local(element: etree._Element) -> str:
    """The name of an element or attribute without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its name without namespace: the transitional and the strict variety differ in nothing else."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


def child(element: etree._Element | None, *names: str) -> etree._Element | None:
    """The first child of that name, and its child, and so on; None where there is none."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if local(each) == name), None)
    return element


def whole_number(value: str | None, default: int, most: int) -> int:
    """A count in an attribute, within reason."""
    try:
        return max(min(int(value or default), most), 0)
    except ValueError:
        return default
