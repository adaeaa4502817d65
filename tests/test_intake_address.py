"""Addresses, against a real server in a thread: limits of time, size and redirects; private hosts refused."""

import datetime
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from communique import decode
from communique.cli import run
from communique.sources import address as source
from communique.sources import iter_inputs
from communique.sources.address import Limits, fetch_release, is_public
from communique.text.release import Failure, Release, document_of
from made_pdf import drawn, lines, made_pdf

TEXT = "14 мая в Остре Президент Веланды Иван Берег принял Премьер-министра Лирии Анну Холм."
PAGE = f"""<!DOCTYPE html><html><head><title>Иван Берег принял Анну Холм</title>
<meta property="article:published_time" content="2022-05-15T10:30:00+05:00"><link rel="canonical" href="CANONICAL">
</head><body><article><h1>Иван Берег принял Анну Холм</h1><p>{TEXT}</p></article></body></html>"""
QUICK = Limits(seconds=1.0, wait=0.5, size=200_000)
Answer = Callable[["Server"], None]


class Server(BaseHTTPRequestHandler):
    """Answers by path; see `PATHS`."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        try:
            PATHS[self.path.split("?")[0]](self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *args: object) -> None:
        pass

    def answer(self, data: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **more: str) -> None:
        self.send_response(status)
        heads = {"Content-Type": kind, "Content-Length": str(len(data))} | {
            k.replace("_", "-"): v for k, v in more.items()
        }
        for name, value in heads.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def go_on(self, piece: bytes, *, wait: float = 0.0, pieces: int = 100_000) -> None:
        """A body without a length that ends only when the reader leaves."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _ in range(pieces):
            self.wfile.write(piece)
            self.wfile.flush()
            time.sleep(wait)

    def break_off(self) -> None:
        self.close_connection = True
        self.answer(PAGE.encode(), Content_Length="99999")

    def drip_heads(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(100):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.1)


def redirect(to: str) -> Answer:
    return lambda s: s.answer(b"", status=302, Location=to.replace("PORT", str(s.server.server_address[1])))


PATHS: dict[str, Answer] = {
    "/page": lambda s: s.answer(PAGE.encode()),
    "/own": lambda s: s.answer(PAGE.replace("CANONICAL", "http://127.0.0.1/ru/events/12").encode()),
    "/foreign": lambda s: s.answer(PAGE.replace("CANONICAL", "https://president.vl/ru/events/12").encode()),
    "/cp1251": lambda s: s.answer(PAGE.encode("cp1251"), "text/html; charset=windows-1251"),
    "/koi8": lambda s: s.answer(TEXT.encode("koi8-r"), "text/plain; charset=koi8-r"),
    "/bad-charset": lambda s: s.answer(PAGE.encode("cp1251"), "text/html; charset=no-such"),
    "/plain": lambda s: s.answer(TEXT.encode(), "text/plain"),
    "/nothing-said": lambda s: s.answer(PAGE.encode(), ""),
    "/pdf": lambda s: s.answer(made_pdf([drawn(lines("Президент принял посла Лирии."))]), "application/octet-stream"),
    "/gzip": lambda s: s.answer(gzip.compress(PAGE.encode()), Content_Encoding="gzip"),
    "/gzip-bomb": lambda s: s.answer(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip"),
    "/gzip-broken": lambda s: s.answer(gzip.compress(PAGE.encode())[:-30], Content_Encoding="gzip"),
    "/gzip-no": lambda s: s.answer(PAGE.encode(), Content_Encoding="gzip"),
    "/brotli": lambda s: s.answer(b"x", Content_Encoding="br"),
    "/json": lambda s: s.answer(b"{}", "application/json"),
    "/picture": lambda s: s.answer(b"\x89PNG\r\n\x1a\n", "image/png"),
    "/empty": lambda s: s.answer(b""),
    "/not-found": lambda s: s.answer(b"no", status=404),
    "/refused": lambda s: s.answer(b"no", status=403),
    "/trouble": lambda s: s.answer(b"no", status=503),
    "/loop": redirect("/loop"),
    "/five": redirect("/four"),
    "/four": redirect("/three"),
    "/three": redirect("/two"),
    "/two": redirect("/one"),
    "/one": redirect("/page"),
    "/six": redirect("/five"),
    "/to-file": redirect("file:///etc/passwd"),
    "/to-password": redirect("http://ivan:bereg@127.0.0.1:PORT/page"),
    "/to-private": redirect("http://10.0.0.1/page"),
    "/to-localhost": redirect("http://localhost:PORT/page"),
    "/huge": lambda s: s.answer(b"", Content_Length="900000000000"),
    "/endless": lambda s: s.go_on(b"<p>" + b"x" * 60_000),
    "/silent": lambda s: time.sleep(1.2),
    "/drip": lambda s: s.go_on(b"x", wait=0.1, pieces=100),
    "/drip-heads": lambda s: s.drip_heads(),
    "/cut": lambda s: s.break_off(),
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    http = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    http.daemon_threads = True
    http.handle_error = lambda *args: None  # type: ignore[method-assign]  # readers that leave early are the matter here
    http.block_on_close = False
    threading.Thread(target=http.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{http.server_address[1]}"
    http.shutdown()
    http.server_close()


def release(address: str) -> Release:
    found = fetch_release(address, allow_private=True)
    assert isinstance(found, Release), found
    return found


def failure(address: str, *, allow_private: bool = True, limits: Limits = QUICK) -> Failure:
    found = fetch_release(address, allow_private=allow_private, limits=limits)
    assert isinstance(found, Failure), found
    return found


def test_page_gives_its_text_title_date_and_address(server: str) -> None:
    doc = document_of(release(server + "/page?utm_source=x#top"))
    assert TEXT in doc.text
    assert (doc.title, doc.publisher, doc.language) == ("Иван Берег принял Анну Холм", "127.0.0.1", "ru")
    assert doc.published is not None and doc.published.value == "2022-05-15"
    assert doc.id == server + "/page"


@pytest.mark.parametrize(
    "path", ["/cp1251", "/koi8", "/bad-charset", "/plain", "/nothing-said", "/gzip", "/five", "/to-localhost"]
)
def test_charsets_kinds_packings_and_redirects(server: str, path: str) -> None:
    assert TEXT in release(server + path).text


def test_pdf_by_its_bytes(server: str) -> None:
    found = release(server + "/pdf")
    assert (found.text, found.url) == ("Президент принял посла Лирии.", server + "/pdf")


def test_a_page_speaks_for_its_own_host_only(server: str) -> None:
    assert release(server + "/own").url == "http://127.0.0.1/ru/events/12"
    found = release(server + "/foreign")
    assert (found.url, found.publisher) == (server + "/foreign", "127.0.0.1")


def test_the_address_after_redirects_is_the_documents(server: str) -> None:
    assert release(server + "/one").url == server + "/page"


@pytest.mark.parametrize(
    ("path", "code", "sentence"),
    [
        ("/not-found", "http_status", "it answers 404: there is no such page; check the address"),
        ("/refused", "http_status", "save the page in a browser"),
        ("/trouble", "http_status", "try again later"),
        ("/loop", "redirects", "redirects more than 5 times; open it in a browser"),
        ("/six", "redirects", "redirects more than 5 times"),
        ("/to-file", "address", "only http and https are fetched"),
        ("/to-password", "address", "leave them out"),
        ("/json", "unsupported_format", "'application/json'"),
        ("/picture", "unsupported_format", "give the address of the page itself"),
        ("/brotli", "unsupported_format", "'br'"),
        ("/empty", "empty", "it is empty"),
        ("/huge", "too_long", "was stopped; give the address of one release"),
        ("/endless", "too_long", "was stopped"),
        ("/gzip-bomb", "too_long", "was stopped"),
        ("/gzip-broken", "network", "try again"),
        ("/gzip-no", "network", "try again"),
        ("/cut", "network", "try again"),
        ("/silent", "timeout", "does not answer in time"),
        ("/drip", "timeout", "does not answer in time"),
        ("/drip-heads", "timeout", "does not answer in time"),
    ],
)
def test_bad_answers_get_a_sentence_and_soon(server: str, path: str, code: str, sentence: str) -> None:
    started = time.monotonic()
    found = failure(server + path)
    assert (found.code, sentence in found.message) == (code, True), found.message
    assert found.known is not None and found.known.url
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "127.1", "10.0.0.1", "169.254.169.254"]
)
def test_private_hosts_are_refused(server: str, host: str) -> None:
    found = failure(f"http://{host}:{server.rsplit(':')[-1]}/page", allow_private=False)
    assert found.code == "private" and "add --allow-private" in found.message


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("::ffff:93.184.216.34", True),
        ("64:ff9b::5db8:d822", True),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("240.0.0.1", False),
        ("::", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fec0::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:db8::1", False),
        ("no address", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


class Names:
    """A name server of our own: `public.vl` is public when it is asked, and the connection goes to our server."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int, *more: object, **kinds: object) -> list[tuple[object, ...]]:
        if host[:1].isdigit():
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in answer.split()]


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Names]:
    """Makes 127.0.0.1 a public address, so that a redirect from a public host can be tried."""

    def put(*answers: str) -> Names:
        names = Names(*answers)
        monkeypatch.setattr(source.socket, "getaddrinfo", names)
        monkeypatch.setattr(source, "is_public", lambda address: address == "127.0.0.1")
        return names

    return put


def test_redirect_to_a_private_address_is_refused(server: str, public: Callable[..., Names]) -> None:
    public("127.0.0.1")
    found = failure(server + "/to-private", allow_private=False)
    assert found.code == "private" and "10.0.0.1" in found.message


def test_a_name_is_asked_once_and_the_answer_is_what_is_connected_to(server: str, public: Callable[..., Names]) -> None:
    names = public("127.0.0.1", "10.0.0.1")  # the second answer would be the trap
    port = server.rsplit(":", 1)[-1]
    found = fetch_release(f"http://public.vl:{port}/page", limits=QUICK)
    assert isinstance(found, Release) and names.asked == ["public.vl"]
    assert found.url == f"http://public.vl:{port}/page"


def test_one_private_address_among_several_is_enough_to_refuse(public: Callable[..., Names]) -> None:
    public("127.0.0.1 10.0.0.1")
    assert failure("http://public.vl/page", allow_private=False).code == "private"


@pytest.mark.parametrize("address", ["http://", "https://:80/", "http://[::1", "http://ivan:bereg@president.vl/"])
def test_what_is_no_address(address: str) -> None:
    assert failure(address).code == "address"


def test_unknown_host_and_closed_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*args: object, **more: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert failure(f"http://127.0.0.1:{port}/").code == "network"
    monkeypatch.setattr(source.socket, "getaddrinfo", nobody)
    found = failure("http://nobody.vl/")
    assert found.code == "no_host" and "check the address" in found.message


def test_certificate_that_nobody_signed(tmp_path: Path, server: str) -> None:
    certificate = tmp_path / "own.pem"
    certificate.write_bytes(own_certificate())
    http = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    http.socket = context.wrap_socket(http.socket, server_side=True)
    http.handle_error = lambda *args: None  # type: ignore[method-assign]
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        found = failure(f"https://127.0.0.1:{http.server_address[1]}/page")
    finally:
        http.shutdown()
        http.server_close()
    assert found.code == "tls" and "certificate cannot be trusted" in found.message
    assert failure(server.replace("http:", "https:") + "/page").code == "tls"  # no TLS behind the port


def own_certificate() -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "president.vl")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + datetime.timedelta(days=1))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def test_files_and_addresses_in_the_order_of_the_input(server: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    inputs = [server + "/plain", tmp_path / "a.txt", server + "/not-found"]
    found = list(iter_inputs(inputs, allow_private=True))
    assert [type(f) for f in found] == [Release, Release, Failure]
    assert [f.source for f in found] == [str(words) for words in inputs]


def test_the_command_line_fetches(server: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", server + "/page", "--allow-private", "--format", "json"]) == 0
    assert decode(capsys.readouterr().out).document.url == server + "/page"
    assert run(["read", server + "/page", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert "if you trust it, add --allow-private" in err
    assert decode(out).document.id == server + "/page"
