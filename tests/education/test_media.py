"""Photos and videos: kept as they should be, described for everybody, served to whoever is signed in and nobody else."""

import io
import struct

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from clinic.models import AuditEvent
from education.actions import keep_medium
from education.blocks import MODULE_BLOCKS, frozen_stream, written_stream
from education.models import Medium, Module, ModuleVersion
from education.rules import media
from education.rules.parts import complete
from tests.education import desk
from tests.factories import make_medium, photo

pytestmark = pytest.mark.django_db
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nLift your hips.\n"
LIST, ADD = "/cms/snippets/education/medium/", "/cms/snippets/education/medium/add/"


def box(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data) + 8) + name + data


def mp4(width: int = 640, height: int = 360) -> bytes:
    """The frame of a video file: enough to be known as one, with a note about where it was filmed."""
    track = box(b"tkhd", bytes(76) + struct.pack(">II", width << 16, height << 16))
    moov = box(b"trak", track) + box(b"udta", b"+52.5200+013.4050/")
    return box(b"ftyp", b"isom\0\0\0\0") + box(b"moov", moov) + box(b"mdat", bytes(range(256)) * 8)


def webm(width: int = 320, height: int = 240) -> bytes:
    def element(name: str, data: bytes) -> bytes:
        return bytes.fromhex(name) + struct.pack(">Q", len(data) | 1 << 56) + data

    video = element("b0", struct.pack(">H", width)) + element("ba", struct.pack(">H", height))
    tracks = element("1654ae6b", element("ae", element("e0", video)))
    return element("1a45dfa3", b"\x42\x82\x84webm") + element("18538067", tracks)


def stored(medium: Medium) -> bytes:
    return default_storage.open(medium.path).read()


def make_video() -> Medium:
    words = {"alt": "A bridge, done slowly.", "captions": CAPTIONS}
    return keep_medium(upload=media.kept(mp4()), words=words, by=None)


@pytest.fixture
def at_desk(db) -> Client:
    return desk.signed_in(desk.make_editor())


def upload(client: Client, data: bytes, *, name: str = "x.png", address: str = ADD, **words: str):
    form = {"alt": "A bridge seen from the side.", "captions": "", "caption": "", "credit": "", "licence": ""}
    return client.post(address, {**form, **words, "file": SimpleUploadedFile(name, data)})


def test_a_photo_is_drawn_anew_smaller_and_without_what_the_camera_noted():
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Secret camera", 6  # its maker, and that it was held sideways

    kept = media.kept(photo(3200, 1600, "JPEG", exif=exif))

    opened = Image.open(io.BytesIO(kept.data))
    assert (kept.kind, kept.ext, kept.width, kept.height) == ("image", "webp", 800, 1600)
    assert (opened.format, opened.size, dict(opened.getexif()), b"Secret" in kept.data) == ("WEBP", (800, 1600), {}, False)  # fmt: skip


@pytest.mark.parametrize(("data", "found"), [(mp4(), ("mp4", 640, 360)), (webm(), ("webm", 320, 240))])
def test_a_video_is_known_by_its_bytes(data, found):
    kept = media.kept(data)

    assert (kept.kind, kept.ext, kept.width, kept.height) == ("video", *found)


def test_where_a_video_was_filmed_is_blanked_and_nothing_moves():
    kept = media.kept(mp4()).data

    assert (b"+52.52" in mp4(), b"+52.52" in kept, b"udta" in kept) == (True, False, False)
    assert (len(kept), kept[-2048:]) == (len(mp4()), mp4()[-2048:])


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<svg onload='alert(1)'/>", "no_picture"), (b"", "no_picture"), (photo()[:60], "no_picture"),
        (b"\0\0\0\x18ftypisom", "no_video"), (b"\x1a\x45\xdf\xa3\x80", "no_video"), (mp4(0, 0), "no_video"),
        (photo(4, 4, "BMP"), "no_picture"), (bytes(13 * media.MEGABYTE), "big_picture"),
        (mp4() + bytes(21 * media.MEGABYTE), "big_video"), (photo(9000, 9000), "big_picture"),
    ],
    ids=["svg", "nothing", "half", "half a video", "no tracks", "no size", "kind", "heavy", "long", "many pixels"],
)  # fmt: skip
def test_what_is_not_a_photo_or_video_of_a_sane_size_is_refused(data, code):
    with pytest.raises(media.Unusable, match=code):
        media.kept(data)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", None), ("bytes=0-", (0, 99)), ("bytes=10-19", (10, 19)), ("bytes=-5", (95, 99)), ("bytes=90-500", (90, 99)),
     ("bytes=0-1,5-6", None), ("lines=1-2", None), ("bytes=-", None)],
)  # fmt: skip
def test_which_bytes_a_player_asked_for(asked, given):
    assert media.span(asked, 100) == given


def test_an_editor_uploads_a_photo_once(at_desk):
    taken = photo(50, 50)

    first, again = upload(at_desk, taken), upload(at_desk, taken, name="y.png", alt="The same.")

    medium = Medium.objects.get()
    assert (first.status_code, medium.kind, medium.is_stored) == (302, "image", True)
    assert again.context["form"].errors["file"] == [
        "This one is there already: “A bridge seen from the side.”."
    ]
    assert AuditEvent.objects.filter(verb="medium.uploaded").count() == 1


def test_its_words_may_be_corrected_and_its_bytes_stay(at_desk):
    medium = make_medium()
    words = {"alt": "A bridge.", "captions": "", "caption": "", "credit": "Jo", "licence": ""}

    at_desk.post(desk.edit_address(medium), {**words, "file": SimpleUploadedFile("z.png", photo(9, 9))})

    now = Medium.objects.get()
    assert (now.pk, now.bytes, now.alt, now.credit) == (medium.pk, medium.bytes, "A bridge.", "Jo")


@pytest.mark.parametrize(
    ("data", "words", "field"),
    [
        (photo(), {"alt": ""}, "alt"), (photo(), {"alt": "   "}, "alt"), (photo(), {"captions": CAPTIONS}, "captions"),
        (mp4(), {}, "captions"), (mp4(), {"captions": "Lift your hips."}, "captions"), (b"MZ...", {}, "file"),
    ],
    ids=["no alt", "blank alt", "captions of a photo", "no captions", "not captions", "a program"],
)  # fmt: skip
def test_what_somebody_could_not_see_or_hear_is_not_kept(at_desk, data, words, field):
    answer = upload(at_desk, data, **words)

    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert Medium.objects.count() == 0


def test_the_chooser_shows_what_is_there_and_takes_an_upload(at_desk):
    medium = make_medium()

    choose = at_desk.get(reverse(Medium.snippet_viewset.chooser_viewset.get_url_name("choose"))).json()[
        "html"
    ]
    made = upload(at_desk, photo(60, 60), address=reverse(Medium.snippet_viewset.chooser_viewset.get_url_name("create")))  # fmt: skip

    assert [words in choose for words in (medium.url, "Upload", 'type="file"', "multipart/form-data")] == [
        True
    ] * 4
    assert made.json()["step"] == "chosen"
    assert Medium.objects.exclude(pk=medium.pk).get().uploaded_by is not None


def test_the_database_itself_wants_words_for_everybody(db):
    video = make_video()

    for words in ({"alt": ""}, {"captions": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Medium.objects.filter(pk=video.pk).update(**words)


def test_a_photo_is_served_to_people_who_are_signed_in_and_kept_for_good(phone):
    medium = make_medium()
    answer = phone.get(medium.url)

    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/webp", "nosniff")  # fmt: skip
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert b"".join(answer.streaming_content) == stored(medium)
    assert Client().get(medium.url).status_code == 302


def test_a_player_gets_the_part_of_a_video_that_it_asks_for(phone):
    video = make_video()

    part = phone.get(video.url, headers={"Range": "bytes=100-149", "Accept-Encoding": "gzip"})
    beyond = phone.get(video.url, headers={"Range": "bytes=999999-"})

    assert (part.status_code, part["Content-Range"], part["Content-Length"]) == (206, f"bytes 100-149/{video.bytes}", "50")  # fmt: skip
    assert b"".join(part.streaming_content) == stored(video)[100:150]
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{video.bytes}")


def test_captions_are_served_beside_their_video_only(phone):
    video, image = make_video(), make_medium()

    answer = phone.get(reverse("medium", args=[video.pk, "vtt"]))

    assert (answer["Content-Type"], answer.content.decode()) == ("text/vtt; charset=utf-8", CAPTIONS)
    assert phone.get(reverse("medium", args=[image.pk, "vtt"])).status_code == 404
    assert phone.get(reverse("medium", args=[video.pk, "webp"])).status_code == 404


def test_pages_may_play_our_own_media_only(phone):
    policy = phone.get("/modules/")["Content-Security-Policy"]

    assert [part for part in policy.split("; ") if part.startswith("media-src")] == ["media-src 'self'"]


def test_a_picture_comes_back_from_its_block_as_it_went_in():
    part = complete({"kind": "picture", "key": "p1", "medium": make_medium().pk, "caption": "From the side."})

    module = Module(sections=written_stream(MODULE_BLOCKS, [part]))

    assert frozen_stream(module.sections, kind="kind") == [part]


def test_a_module_keeps_its_picture_with_what_it_shows(phone, patient, clinician):
    medium, module = make_medium(credit="Jo"), desk.make_module()
    part = complete({"kind": "picture", "key": "p1", "medium": medium.pk, "caption": "Here."})
    module.sections = written_stream(MODULE_BLOCKS, [*module.written_sections, part])
    module.save_revision().publish()

    kept = ModuleVersion.objects.get(number=2).sections[-1]

    size = {"ext": "webp", "width": 40, "height": 30}
    assert kept == {**part, **size, "alt": medium.alt, "caption": "Here.", "credit": "Jo"}


def test_a_module_without_the_picture_it_names_is_not_published():
    module = desk.make_module()
    part = complete({"kind": "picture", "key": "p1"})
    module.sections = written_stream(MODULE_BLOCKS, [*module.written_sections, part])

    with pytest.raises(ValueError, match="medium"):
        module.save_revision().publish()
