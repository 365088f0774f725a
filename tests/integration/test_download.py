"""Downloads against a real socket: what breaks off goes on, and only a whole PDF ever takes its place."""

import json
import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from readinglist.domain.errors import Cancelled, EnvironmentFault, UserError
from readinglist.net.client import Client
from readinglist.net.download import NotPdfFault
from readinglist.net.exchange import Limits
from readinglist.net.faults import HttpFault
from readinglist.net.limits import HeldFault, Pace
from readinglist.net.part_file import PartFile
from tests.helpers.http_server import HeldFile, Reply, Seen, WebServer
from tests.helpers.killing import KILLS, kill_after, moments

QUICK = Limits(connect_s=2, read_s=0.5, total_s=5, size_bytes=3_000_000, redirects=3, attempts=3, backoff_s=0.01)
PDF = b"%PDF-1.7\n" + random.Random(1).randbytes(300_000) + b"\nstartxref\n0\n%%EOF\n"  # noqa: S311 - no secret
DATED = "Wed, 21 Oct 2015 07:28:00 GMT"
LOGIN = b"<!doctype html><title>Log in</title><p>Your institution&hellip;" + b" " * 2000
CHILD = """
import sys
from pathlib import Path
from readinglist.net.client import Client
from readinglist.net.limits import Pace

print("begins", flush=True)
Client(pace=Pace({})).download(sys.argv[1], Path(sys.argv[2]))
print("done", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def client() -> Iterator[Client]:
    made = Client(pace=Pace({}), download_limits=QUICK)
    yield made
    made.close()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "files" / "paper.pdf"


def left(target: Path) -> list[str]:
    """Names of what lies in the target's folder."""
    return sorted(one.name for one in target.parent.glob("*"))


def stop_when(is_time: Callable[[], bool]) -> Callable[[], None]:
    def check() -> None:
        if is_time():
            message = "stopped"
            raise Cancelled(message)

    return check


def ranges(server: WebServer) -> list[str]:
    return [one.headers.get("range", "") for one in server.seen]


def break_off(server: WebServer, client: Client, target: Path, held: HeldFile, *, after: int) -> None:
    """Leave a part of so many bytes behind."""
    server.handle("/a", held)
    held.cut_bytes, whole = after, held.cut_bytes
    reached = 0

    def note(done: int, _total: int | None) -> None:
        nonlocal reached
        reached = done

    with pytest.raises(Cancelled):
        client.download(
            f"{server.base}/a", target, on_progress=note, check_cancelled=stop_when(lambda: reached >= after)
        )
    held.cut_bytes = whole
    server.seen.clear()


def test_a_pdf_arrives_with_its_bytes_and_leaves_nothing_else(server: WebServer, client: Client, target: Path) -> None:
    server.handle("/a", HeldFile(content=PDF))
    told: list[tuple[int, int | None]] = []
    done = client.download(f"{server.base}/a", target, on_progress=lambda *one: told.append(one))
    assert (done.path, done.address, done.size_bytes) == (target, f"{server.base}/a", len(PDF))
    assert target.read_bytes() == PDF
    assert left(target) == ["paper.pdf"]
    assert told[-1] == (len(PDF), len(PDF))
    assert [one for one, _ in told] == sorted({one for one, _ in told})
    assert server.seen[0].headers["accept-encoding"] == "identity"


def test_a_file_that_was_there_stays_until_the_new_one_is_whole(
    server: WebServer, client: Client, target: Path
) -> None:
    target.parent.mkdir()
    target.write_bytes(b"old")
    server.answer("/a", Reply(body=LOGIN), PDF)
    with pytest.raises(NotPdfFault):
        client.download(f"{server.base}/a", target)
    assert target.read_bytes() == b"old"
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF


@pytest.mark.parametrize("held", [HeldFile(content=PDF), HeldFile(content=PDF, etag='W/"1"', modified=DATED)])
def test_a_connection_that_breaks_again_and_again_is_taken_up_where_it_broke(
    server: WebServer, client: Client, target: Path, held: HeldFile
) -> None:
    held.cut_bytes = 70_000
    server.handle("/a", held)
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF
    assert ranges(server) == ["", "bytes=70000-", "bytes=140000-", "bytes=210000-", "bytes=280000-"]
    assert {one.headers["if-range"] for one in server.seen[1:]} == {held.modified or held.etag}


def test_what_one_call_left_the_next_one_takes_up(server: WebServer, client: Client, target: Path) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    assert left(target) == ["paper.pdf.part", "paper.pdf.part.json"]
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF
    assert ranges(server) == ["bytes=100000-"]
    assert left(target) == ["paper.pdf"]


def test_a_file_that_has_changed_meanwhile_begins_anew(server: WebServer, client: Client, target: Path) -> None:
    held = HeldFile(content=PDF)
    break_off(server, client, target, held, after=100_000)
    held.content, held.etag = PDF[:9] + b"other" + PDF[9:], '"2"'
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == held.content
    assert len(server.seen) == 1


def test_a_part_of_another_address_is_thrown_away(server: WebServer, client: Client, target: Path) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    server.handle("/b", HeldFile(content=PDF + b"\n"))
    client.download(f"{server.base}/b", target)
    assert ranges(server) == [""]
    assert target.read_bytes() == PDF + b"\n"


def test_what_has_no_name_of_its_version_begins_anew(server: WebServer, client: Client, target: Path) -> None:
    held = HeldFile(content=PDF, etag="", cut_bytes=100_000)
    server.handle("/a", held)
    with pytest.raises(EnvironmentFault, match="broke off"):
        client.download(f"{server.base}/a", target)
    assert left(target) == []
    assert set(ranges(server)) == {""}
    held.cut_bytes = None
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF


@pytest.mark.parametrize("note", [b"", b"[]", b'{"format": 0}', b'{"format": 1, "source": 3}'])
def test_a_part_whose_note_is_damaged_begins_anew(server: WebServer, client: Client, target: Path, note: bytes) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    target.with_name("paper.pdf.part.json").write_bytes(note)
    client.download(f"{server.base}/a", target)
    assert (target.read_bytes(), ranges(server)) == (PDF, [""])


def test_bytes_that_the_note_does_not_vouch_for_are_fetched_again(
    server: WebServer, client: Client, target: Path
) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    part, note = target.with_name("paper.pdf.part"), target.with_name("paper.pdf.part.json")
    facts = json.loads(note.read_text())
    note.write_text(json.dumps({**facts, "kept": 60_000}))
    part.write_bytes(PDF[:60_000] + b"\0" * 40_000)
    client.download(f"{server.base}/a", target)
    assert (target.read_bytes(), ranges(server)) == (PDF, ["bytes=60000-"])


def test_a_part_that_was_whole_is_put_in_its_place_without_asking(
    server: WebServer, client: Client, target: Path
) -> None:
    with PartFile(target, f"{server.base}/a") as part:
        part.restart('"1"', len(PDF))
        part.write(PDF)
    client.download(f"{server.base}/a", target)
    assert (target.read_bytes(), server.seen) == (PDF, [])


@pytest.mark.parametrize(
    "lie",
    [
        Reply(body=PDF[5:], status=206, headers={"Content-Range": f"bytes 5-{len(PDF) - 1}/{len(PDF)}"}),
        Reply(body=PDF[100_000:], status=206, headers={"Content-Range": "bytes 100000-100001/9"}),
        Reply(body=PDF, status=206),
        Reply(status=416, headers={"Content-Range": "bytes */3"}),
        Reply(
            body=PDF[100_000:],
            status=206,
            headers={"ETag": '"2"', "Content-Range": f"bytes 100000-{len(PDF) - 1}/{len(PDF)}"},
        ),
    ],
    ids=["other start", "other length", "no range", "out of range", "other version"],
)
def test_a_continuation_that_does_not_continue_is_not_appended(
    server: WebServer, client: Client, target: Path, lie: Reply
) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    server.answer("/a", lie, Reply(body=PDF))
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF
    assert ranges(server) == ["bytes=100000-", ""]


def test_a_continuation_that_does_not_say_how_long_the_whole_is_continues(
    server: WebServer, client: Client, target: Path
) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    span = {"Content-Range": f"bytes 100000-{len(PDF) - 1}/*", "ETag": '"1"'}
    server.answer("/a", Reply(body=PDF[100_000:], status=206, headers=span))
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF


def test_a_part_of_the_answer_that_nobody_asked_for_is_refused(server: WebServer, client: Client, target: Path) -> None:
    server.answer("/a", Reply(body=PDF[:1000], status=206))
    with pytest.raises(HttpFault, match="answer 206"):
        client.download(f"{server.base}/a", target)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=LOGIN, headers={"Content-Type": "application/pdf"}),
        Reply(body=b"<html>short</html>", headers={"Content-Type": "application/pdf"}),
        Reply(body=b"", headers={"Content-Type": "application/pdf"}),
        Reply(body=b" " * 1024 + PDF, headers={"Content-Type": "application/pdf"}),
        Reply(body=b"PK\x03\x04" + b"\0" * 5000),
    ],
    ids=["log-in", "short page", "nothing", "head too late", "archive"],
)
def test_what_is_no_pdf_is_told_and_not_kept(server: WebServer, client: Client, target: Path, reply: Reply) -> None:
    server.answer("/a", reply)
    with pytest.raises(NotPdfFault, match=r"sent a page instead of the PDF.*drop the file\.") as caught:
        client.download(f"{server.base}/a", target)
    assert not caught.value.is_retryable
    assert left(target) == []
    assert len(server.seen) == 1


def test_a_redirect_to_a_page_that_wants_a_log_in_is_no_pdf(server: WebServer, client: Client, target: Path) -> None:
    server.answer("/a", Reply(status=302, headers={"Location": "/login"}))
    server.answer("/login", LOGIN)
    with pytest.raises(NotPdfFault):
        client.download(f"{server.base}/a", target)
    assert left(target) == []


def test_a_pdf_is_one_whatever_its_server_calls_it(server: WebServer, client: Client, target: Path) -> None:
    body = b"\xef\xbb\xbf\n" + PDF
    server.answer("/a", Reply(body=body, headers={"Content-Type": "text/html"}))
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == body


def test_a_server_that_never_sends_all_it_announced_is_given_up(
    server: WebServer, client: Client, target: Path
) -> None:
    server.answer("/a", Reply(body=PDF, declared_length=len(PDF) + 10))
    with pytest.raises(EnvironmentFault, match="broke off"):
        client.download(f"{server.base}/a", target)
    assert len(server.seen) == 4  # the first one brought something
    assert left(target) == []


@pytest.mark.parametrize("headers", [{}, {"Content-Length": ""}], ids=["too short a length", "no length"])
def test_half_a_pdf_that_calls_itself_whole_is_not_kept(
    server: WebServer, client: Client, target: Path, headers: dict[str, str]
) -> None:
    body = PDF[:150_000] if headers else PDF
    server.answer("/a", Reply(body=body, declared_length=150_000, headers=headers))
    with pytest.raises(EnvironmentFault, match="is not whole"):
        client.download(f"{server.base}/a", target)
    assert left(target) == []


def test_a_pdf_without_announced_length_arrives(server: WebServer, client: Client, target: Path) -> None:
    server.answer("/a", Reply(body=PDF, headers={"Content-Length": ""}))
    told: list[int | None] = []
    client.download(f"{server.base}/a", target, on_progress=lambda _, total: told.append(total))
    assert target.read_bytes() == PDF
    assert set(told) == {None}


@pytest.mark.parametrize("declared", [None, 5_000_000])
@pytest.mark.parametrize("headers", [{"ETag": '"1"'}, {"ETag": '"1"', "Content-Length": ""}])
def test_too_large_a_file_is_not_read_and_not_kept(
    server: WebServer, client: Client, target: Path, declared: int | None, headers: dict[str, str]
) -> None:
    server.answer("/a", Reply(body=PDF + bytes(3_500_000), declared_length=declared, headers=headers))
    with pytest.raises(EnvironmentFault, match="larger than 2 MB"):
        client.download(f"{server.base}/a", target)
    assert left(target) == []
    assert len(server.seen) == 1


def test_a_continuation_cannot_grow_beyond_the_limit(server: WebServer, client: Client, target: Path) -> None:
    held = HeldFile(content=PDF[:9] + bytes(3_200_000), cut_bytes=None)
    with PartFile(target, f"{server.base}/a") as part:
        part.restart('"1"', None)
        part.write(held.content[:2_900_000])
    server.handle("/a", held)
    with pytest.raises(EnvironmentFault, match="larger than"):
        client.download(f"{server.base}/a", target)
    assert ranges(server) == ["bytes=2900000-"]
    assert left(target) == []


def test_a_circle_of_redirects_ends(server: WebServer, client: Client, target: Path) -> None:
    server.answer("/a", Reply(status=302, headers={"Location": "/b"}))
    server.answer("/b", Reply(status=302, headers={"Location": "/a"}))
    with pytest.raises(EnvironmentFault, match="in circles"):
        client.download(f"{server.base}/a", target)
    assert left(target) == []


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://127.0.0.1/x.pdf", "data:application/pdf,%25PDF-"])
def test_a_redirect_out_of_the_web_is_refused(server: WebServer, client: Client, target: Path, place: str) -> None:
    server.answer("/a", Reply(status=302, headers={"Location": place}))
    with pytest.raises(EnvironmentFault, match="no web page"):
        client.download(f"{server.base}/a", target)
    assert left(target) == []


def test_passwords_in_addresses_and_in_the_readers_netrc_reach_no_server(
    client: Client, server: WebServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (Path.home() / ".netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(Path.home() / ".netrc"))
    with WebServer() as other:
        other.handle("/b", HeldFile(content=PDF))
        place = other.base.replace("127.0.0.1", "me:secret@127.0.0.1")
        server.answer(
            "/a",
            Reply(status=302, headers={"Location": f"{place}/b", "Set-Cookie": "who=me; Path=/; Domain=127.0.0.1"}),
        )
        client.download(server.base.replace("//", "//me:secret@") + "/a", target)
        assert target.read_bytes() == PDF
        for one in (*server.seen, *other.seen):
            assert not {"authorization", "cookie", "referer"} & one.headers.keys()


@pytest.mark.parametrize("status", [429, 503])
def test_the_wait_that_the_server_asks_for_is_kept(
    server: WebServer, client: Client, target: Path, status: int
) -> None:
    server.answer("/a", Reply(status=status, headers={"Retry-After": "1"}), PDF)
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF
    assert server.seen[1].at_s - server.seen[0].at_s >= 0.9


def test_too_long_a_wait_is_told_at_once_and_what_has_come_is_kept(
    server: WebServer, client: Client, target: Path
) -> None:
    held = HeldFile(content=PDF)
    break_off(server, client, target, held, after=100_000)
    server.answer("/a", Reply(status=429, headers={"Retry-After": "7200"}))
    with pytest.raises(HeldFault, match="another 120 minutes"):
        client.download(f"{server.base}/a", target)
    assert len(server.seen) == 1
    assert left(target) == ["paper.pdf.part", "paper.pdf.part.json"]


def test_a_file_that_is_gone_takes_its_part_with_it(server: WebServer, client: Client, target: Path) -> None:
    break_off(server, client, target, HeldFile(content=PDF), after=100_000)
    server.answer("/a", Reply(status=404))
    with pytest.raises(HttpFault, match="has nothing at this address"):
        client.download(f"{server.base}/a", target)
    assert left(target) == []


def test_two_downloads_from_a_paced_host_keep_its_pace(server: WebServer, target: Path) -> None:
    server.handle("/a", HeldFile(content=PDF))
    client = Client(pace=Pace({"127.0.0.1": 0.5}), download_limits=QUICK)
    for number in range(2):
        client.download(f"{server.base}/a", target.with_name(f"{number}.pdf"))
    client.close()
    assert server.seen[1].at_s - server.seen[0].at_s >= 0.5


def test_a_silent_server_is_given_up(server: WebServer, client: Client, target: Path) -> None:
    server.answer("/a", Reply(stall_s=10))
    with pytest.raises(EnvironmentFault, match="did not answer in time") as caught:
        client.download(f"{server.base}/a", target)
    assert caught.value.is_retryable


def test_a_dripping_server_is_given_up_and_its_drops_are_kept(server: WebServer, target: Path) -> None:
    slow = Limits(connect_s=2, read_s=1, total_s=0.3, attempts=2, backoff_s=0.01)
    client = Client(pace=Pace({}), download_limits=slow)
    server.handle("/a", HeldFile(content=PDF, drip_s=0.02))
    started = time.monotonic()
    with pytest.raises(EnvironmentFault, match="too slowly"):
        client.download(f"{server.base}/a", target)
    client.close()
    assert time.monotonic() - started < 10
    first, second = ranges(server)
    assert (first, second.startswith("bytes=")) == ("", True)


def test_a_slow_server_that_brings_enough_is_waited_for(server: WebServer, target: Path) -> None:
    slow = Limits(connect_s=2, read_s=1, total_s=0.15, attempts=2, backoff_s=0.01)
    client = Client(pace=Pace({}), download_limits=slow)
    server.handle("/a", HeldFile(content=PDF, drip_s=0.04, piece_bytes=30_000))
    client.download(f"{server.base}/a", target)
    client.close()
    assert target.read_bytes() == PDF
    assert len(server.seen) > 2


def test_nobody_listening_is_told_and_leaves_nothing(client: Client, target: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EnvironmentFault, match="broke off or was refused"):
        client.download(f"http://127.0.0.1:{port}/a", target)
    assert left(target) == []


@pytest.mark.parametrize("address", ["", "paper.pdf", "file:///etc/passwd"])
def test_what_is_no_web_address_is_refused(client: Client, target: Path, address: str) -> None:
    with pytest.raises(UserError, match="no web address"):
        client.download(address, target)


def test_a_folder_that_cannot_be_written_is_told(server: WebServer, client: Client, tmp_path: Path) -> None:
    (tmp_path / "files").write_bytes(b"a file")
    with pytest.raises(EnvironmentFault, match=r"“paper\.pdf” cannot be written: "):
        client.download(f"{server.base}/a", tmp_path / "files" / "paper.pdf")
    assert server.seen == []


def test_a_full_disk_is_told_and_its_room_given_back(server: WebServer, client: Client, target: Path) -> None:
    resource = pytest.importorskip("resource")
    server.handle("/a", HeldFile(content=PDF))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, before[1]))
    try:
        with pytest.raises(EnvironmentFault, match=r"“paper\.pdf” cannot be written: File too large\."):
            client.download(f"{server.base}/a", target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert left(target) == []
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF


def test_two_downloads_to_one_file_do_not_mix(server: WebServer, client: Client, target: Path) -> None:
    server.handle("/a", HeldFile(content=PDF))
    with (
        PartFile(target, f"{server.base}/a"),
        pytest.raises(EnvironmentFault, match=r"“paper\.pdf” is being downloaded already\."),
    ):
        client.download(f"{server.base}/a", target)
    assert server.seen == []
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF


def test_many_downloads_of_one_file_at_once_end_in_one_whole_file(
    server: WebServer, client: Client, target: Path
) -> None:
    server.handle("/a", HeldFile(content=PDF))
    outcomes: list[str] = []

    def fetch() -> None:
        for _ in range(5):
            try:
                client.download(f"{server.base}/a", target)
            except EnvironmentFault as fault:
                outcomes.append(fault.message)
            else:
                outcomes.append("done")
                assert target.read_bytes() == PDF

    threads = [threading.Thread(target=fetch) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) <= {"done", "“paper.pdf” is being downloaded already."}
    assert (len(outcomes), "done" in outcomes) == (30, True)
    assert target.read_bytes() == PDF
    assert left(target) == ["paper.pdf"]


def test_a_stop_reaches_a_slow_download_and_keeps_what_has_come(
    server: WebServer, client: Client, target: Path
) -> None:
    server.handle("/a", HeldFile(content=PDF, drip_s=0.02, piece_bytes=2000))
    stop = threading.Event()
    timer = threading.Timer(0.3, stop.set)
    timer.start()
    with pytest.raises(Cancelled):
        client.download(f"{server.base}/a", target, check_cancelled=stop_when(stop.is_set))
    timer.join()
    assert left(target) == ["paper.pdf.part", "paper.pdf.part.json"]
    server.handle("/a", HeldFile(content=PDF))
    client.download(f"{server.base}/a", target)
    assert target.read_bytes() == PDF
    assert ranges(server)[1].startswith("bytes=")


@pytest.mark.timeout(60 + 20 * KILLS)
def test_a_process_killed_at_any_moment_leaves_a_part_that_the_next_one_finishes(
    server: WebServer, target: Path
) -> None:
    content = PDF[:9] + random.Random(2).randbytes(6_000_000) + PDF[-30:]  # noqa: S311 - no secret
    server.handle("/a", HeldFile(content=content, drip_s=0.01, piece_bytes=100_000))
    cut = 0
    for delay_s in moments(3, 0.7):
        cut += kill_after(CHILD, [f"{server.base}/a", target], delay_s)
        assert set(left(target)) <= {"paper.pdf", "paper.pdf.part", "paper.pdf.part.json", "paper.pdf.part.new"}
        if target.exists():
            assert target.read_bytes() == content
            target.unlink()
    assert cut  # or nothing was shown
    assert any(ranges(server))
    client = Client(pace=Pace({}))
    client.download(f"{server.base}/a", target)
    client.close()
    assert target.read_bytes() == content
    assert left(target) == ["paper.pdf"]


def test_a_held_file_answers_as_servers_do() -> None:
    held = HeldFile(content=b"0123456789", etag='"x"')

    def ask(**headers: str) -> Reply:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return held(Seen(path="/", query={}, headers=named, at_s=0))

    assert ask().status == 200
    assert ask(range="bytes=4-", if_range='"x"').body == b"456789"
    assert ask(range="bytes=4-", if_range='"y"').body == held.content
    assert ask(range="bytes=10-", if_range='"x"').status == 416
