"""Sends a file to the API as a multipart form: the fields first, then the file, which is read while it is sent."""

from __future__ import annotations

import io
import json
import os
import re
import secrets
from typing import IO, Any, Callable, Dict, Iterator, Mapping, NamedTuple, Optional, Union

#: A path, bytes, or a file opened for reading bytes.
FileSource = Union[str, "os.PathLike[str]", bytes, IO[bytes]]

_CHUNK_BYTES = 64 * 1024
_FALLBACK_NAME = "list.csv"


class UploadProgress(NamedTuple):
    sent_bytes: int
    #: None if the size of the source is not known.
    total_bytes: Optional[int]


class Upload:
    """A path, bytes and a seekable file can be sent again when a connection breaks."""

    def __init__(
        self,
        file: FileSource,
        file_name: Optional[str],
        fields: Mapping[str, Any],
        on_progress: Optional[Callable[[UploadProgress], None]],
    ) -> None:
        self._file = file
        self._on_progress = on_progress
        self._boundary = f"ev-{secrets.token_hex(16)}"
        self._start = file.tell() if not isinstance(file, (str, bytes, os.PathLike)) and file.seekable() else None
        name = re.sub(r'["\r\n]', "_", file_name or _name_of(file))
        parts = [_field(self._boundary, key, value) for key, value in fields.items() if value is not None]
        head = f'--{self._boundary}\r\ncontent-disposition: form-data; name="file"; filename="{name}"\r\n'
        self._head = ("".join(parts) + head + "content-type: application/octet-stream\r\n\r\n").encode()
        self._tail = f"\r\n--{self._boundary}--\r\n".encode()
        self._size = self._size_of()

    @property
    def can_replay(self) -> bool:
        return isinstance(self._file, (str, bytes, os.PathLike)) or self._start is not None

    @property
    def headers(self) -> Dict[str, str]:
        headers = {"content-type": f"multipart/form-data; boundary={self._boundary}"}
        if self._size is not None:
            headers["content-length"] = str(len(self._head) + self._size + len(self._tail))
        return headers

    def chunks(self) -> Iterator[bytes]:
        yield self._head
        sent = 0
        source = self._open()
        try:
            for chunk in iter(lambda: source.read(_CHUNK_BYTES), b""):
                yield chunk
                sent += len(chunk)
                if self._on_progress:
                    self._on_progress(UploadProgress(sent, self._size))
        finally:
            if source is not self._file:
                source.close()
        yield self._tail

    def _open(self) -> IO[bytes]:
        if isinstance(self._file, bytes):
            return io.BytesIO(self._file)
        if isinstance(self._file, (str, os.PathLike)):
            return open(self._file, "rb")
        if self._start is not None:
            self._file.seek(self._start)
        return self._file

    def _size_of(self) -> Optional[int]:
        if isinstance(self._file, bytes):
            return len(self._file)
        if isinstance(self._file, (str, os.PathLike)):
            return os.stat(self._file).st_size
        if self._start is None:
            return None
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(self._start)
        return end - self._start


def _name_of(file: FileSource) -> str:
    path = file if isinstance(file, (str, os.PathLike)) else getattr(file, "name", None)
    return os.path.basename(path) if isinstance(path, (str, os.PathLike)) else _FALLBACK_NAME


def _field(boundary: str, name: str, value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
