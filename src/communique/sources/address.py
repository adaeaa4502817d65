"""Pages fetched from http(s) addresses, within limits of time, size and redirects, from public hosts only.

In: an address. Out: a Release, or a Failure that says what to do. The name is looked up once for each connection, every
address it has is checked, and the connection goes to the address that was checked: a name that changes its answer
between the check and the connection gains nothing. Redirects connect in the same way. Proxies are not used.
"""

import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import certifi
import httpcore
import httpx

from communique import __version__
from communique.errors import IntakeError
from communique.text.intake import LARGEST_FILE
from communique.text.intake.address import Answer, read_answer
from communique.text.release import Failure, Release

_SAVE = "save the page in a browser and read the file"
_HEADERS = {
    "User-Agent": f"communique/{__version__}",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip",
}
_CHUNK = 65_536
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
_SEVERAL_TRIES = 3  # addresses of one name


class Limits(NamedTuple):
    """What one address may cost: seconds for all of it and for one wait, bytes, redirects."""

    seconds: float = 30.0
    wait: float = 10.0
    size: int = LARGEST_FILE
    redirects: int = 5


def fetch_release(address: str, *, allow_private: bool = False, limits: Limits | None = None) -> Release | Failure:
    """The release at an address, or why it cannot be had."""
    try:
        answer = fetch(address, allow_private=allow_private, limits=limits)
    except IntakeError as error:
        known = Release(text="", original=b"", url=address, source=address)
        return Failure(source=address, code=error.code, message=str(error), known=known)
    return read_answer(answer, address)


def fetch(address: str, *, allow_private: bool = False, limits: Limits | None = None) -> Answer:
    """What an address answers, after redirects; raises IntakeError with the remedy."""
    limits = limits or Limits()
    end = time.monotonic() + limits.seconds
    url = _parse_address(address)
    with _our_words(limits), _client(_Network(allow_private, end), limits) as client:
        for _ in range(limits.redirects + 1):
            with client.stream("GET", url) as response:
                if response.next_request is None:
                    _check_status(response.status_code)
                    return _adapt_response(response, limits)
                url = _parse_address(str(response.next_request.url))
    raise IntakeError(
        f"it redirects more than {limits.redirects} times; open it in a browser and give the address you end at",
        "redirects",
    )


def _parse_address(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address).copy_with(fragment=None)
    except (httpx.InvalidURL, ValueError):
        raise IntakeError("this is no address; write it as https://president.vl/ru/events/12", "address") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise IntakeError(f"it leads to {str(url)[:200]!r}, and only http and https are fetched; {_SAVE}", "address")
    if url.userinfo:
        raise IntakeError("the address has a name or a password in it, which would be kept; leave them out", "address")
    return url


def _client(network: "_Network", limits: Limits) -> httpx.Client:
    return httpx.Client(
        transport=_Transport(network), headers=_HEADERS, timeout=limits.wait, follow_redirects=False, trust_env=False
    )


def _check_status(status: int) -> None:
    if 200 <= status < 300 and status not in (204, 205, 206):
        return
    remedy = {
        401: f"it wants a password: {_SAVE}",
        403: f"it refuses programs: {_SAVE}",
        404: "there is no such page; check the address",
        410: "the page was taken down; look for it in a web archive",
        429: "it is asked too often; wait and try again",
    }.get(status, f"the server is in trouble; try again later, or {_SAVE}" if status >= 500 else _SAVE)
    raise IntakeError(f"it answers {status}: {remedy}", "http_status")


def _adapt_response(response: httpx.Response, limits: Limits) -> Answer:
    _check_size(int(length) if (length := response.headers.get("content-length", "")).isdecimal() else 0, limits)
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    data = b"".join(_iter_limited(response, limits))
    return Answer(url=str(response.url), data=data, content_type=kind, charset=response.charset_encoding)


def _iter_limited(response: httpx.Response, limits: Limits) -> Iterator[bytes]:
    size = 0
    for piece in _unpacked(response):
        size += len(piece)
        _check_size(size, limits)
        yield piece


def _check_size(size: int, limits: Limits) -> None:
    if size > limits.size:
        raise IntakeError(
            f"it sends more than {limits.size / 1e6:.0f} MB and was stopped; give the address of one release",
            "too_long",
        )


def _unpacked(response: httpx.Response) -> Iterator[bytes]:
    """The body in small pieces: httpx would unpack a whole packet at once, a thousand times its size."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("identity", ""):
        yield from response.iter_raw(_CHUNK)
    elif encoding in ("gzip", "x-gzip"):
        yield from _gunzipped(response.iter_raw(_CHUNK))
    else:
        raise IntakeError(f"it is packed as {encoding[:40]!r}, which was not asked for; {_SAVE}", "unsupported_format")


def _gunzipped(packed: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(wbits=31)
    for chunk in packed:
        while chunk:
            yield unpacker.decompress(chunk, _CHUNK)
            chunk = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise IntakeError("it breaks off before its end; try again", "network")


@contextmanager
def _our_words(limits: Limits) -> Iterator[None]:
    """What goes wrong on the way, as IntakeError."""
    try:
        yield
    except (httpcore.TimeoutException, httpx.TimeoutException):
        message = (
            f"it does not answer in time ({limits.seconds:.0f} seconds for all of it); try again later, or {_SAVE}"
        )
        raise IntakeError(message, "timeout") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, zlib.error) as error:
        raise _adapt_network_error(error) from None


def _adapt_network_error(error: Exception) -> IntakeError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            reason = getattr(cause, "verify_message", "") or cause.reason or "no secure connection"
            return IntakeError(f"its certificate cannot be trusted ({reason}); check the address, or {_SAVE}", "tls")
        cause = cause.__cause__ or cause.__context__
    return IntakeError(f"the connection failed ({error}); check the address and your network, and try again", "network")


class _Transport(httpx.BaseTransport):
    """httpx over a pool whose connections are made by `_Network`."""

    def __init__(self, network: "_Network") -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_certificates(), network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        asked = httpcore.Request(
            request.method,
            httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


def _certificates() -> ssl.SSLContext:
    """Those of certifi and those of the machine, where a ministry's own may have been installed."""
    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()
    return context


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _Network(httpcore.NetworkBackend):
    """Connects to checked addresses only, and ends when the time for the whole fetch is over."""

    def __init__(self, allow_private: bool, end: float) -> None:
        self._allow_private = allow_private
        self._end = end
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        checked = look_up(host, port, allow_private=self._allow_private)[:_SEVERAL_TRIES]
        for number, address in enumerate(checked, start=1):
            try:
                stream = self._plain.connect_tcp(address, port, _time_left(timeout, self._end), None, socket_options)
                return _TimedStream(stream, self._end)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(checked):
                    raise
        raise httpcore.ConnectError("the name has no address")


class _TimedStream(httpcore.NetworkStream):
    """A connection that waits no longer than the whole fetch may take: a drop a second never ends otherwise."""

    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self._stream = stream
        self._end = end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _time_left(timeout, self._end))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _time_left(timeout, self._end))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _time_left(timeout, self._end))
        return _TimedStream(stream, self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _time_left(timeout: float | None, end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the time for the whole fetch is over")
    return min(left, timeout or left)


def look_up(host: str, port: int, *, allow_private: bool = False) -> list[str]:
    """The IP addresses of a name; raises IntakeError if it has none, or if one of them is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise IntakeError(f"no server is known by the name {host!r}; check the address", "no_host") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise IntakeError(
                f"{host} is {address}, which is not a public address; if you trust it, add --allow-private", "private"
            )
    return addresses


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open Internet; an IPv4 address inside an IPv6 one decides for it.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not (ip.is_multicast or ip.is_reserved)
    inner = _inner_address(ip)
    return is_public(str(inner)) if inner else ip in _GLOBAL_V6 and ip.is_global


def _inner_address(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
