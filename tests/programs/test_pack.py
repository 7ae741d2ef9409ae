"""The content pack: the same bytes for the same content, whole or not at all, and never over an editor's work."""

import contextlib
import io
import json
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clinic.models import AuditEvent
from education.models import GlossaryTerm, Medium, Module, Source
from programs.actions import PackRefused, export_pack, import_pack, make_own_version
from programs.figures import delivered
from programs.models import Exercise, ExerciseVersion, ProgramTemplate, WalkRunStage
from programs.rules import pack
from tests.education.desk import make_module
from tests.factories import make_clinic, make_medium, make_member
from tests.machinery import database
from tests.programs.test_desk import make_exercise, make_template


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        return {name: held.read(name) for name in held.namelist()}


def zipped(files: dict[str, bytes], **options: object) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", **options) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return held.getvalue()


def changed(data: bytes, name: str, /, **fields: object) -> bytes:
    """A well-made pack in which one member says something else."""
    said = pack.unpacked(data)
    return pack.packed({**said, name: {**said[name], **fields}})


@pytest.fixture
def small(db) -> bytes:
    """A pack of one source, one exercise, one module and one template, all of them here."""
    make_module()
    make_template(make_exercise())
    return export_pack(by=None)


def outcomes(data: bytes, **how: object) -> dict[str, str]:
    return {f"{row.kind}/{row.code}": str(row.outcome) for row in import_pack(data=data, by=None, **how)}


@pytest.mark.django_db(transaction=True)
def test_export_import_into_an_empty_database_and_export_again_gives_the_same_bytes(
    tmp_path: Path, figure
) -> None:
    file, again, told = tmp_path / "content.zip", tmp_path / "again.zip", StringIO()
    call_command("load_content", stdout=told)
    call_command("content_pack", "export", str(file), stdout=told)
    database.renew()
    there = Exercise.objects.count()

    call_command("content_pack", "import", str(file), "--publish", stdout=told)
    call_command("content_pack", "export", str(again), stdout=told)

    figure(f"{len(members(file.read_bytes()))} members, {file.stat().st_size // 1000} KB")
    assert (there, file.read_bytes() == again.read_bytes()) == (0, True)
    counted = (Exercise, ExerciseVersion, ProgramTemplate, Module, WalkRunStage)
    assert [model.objects.count() for model in counted] == [39, 39, 4, 15, 12]


def test_the_same_content_gives_the_same_bytes(small):
    assert export_pack(by=None) == small


def test_a_pack_can_be_read_by_people(small):
    said = json.loads(members(small)["exercises/CLAM.json"])
    assert (said["name"], said["steps"], list(said) == sorted(said)) == (
        "Exercise CLAM",
        "Lift.\nLower.",
        True,
    )


def test_drafts_and_own_versions_stay_at_home(small):
    exercise = Exercise.objects.get()
    clinic = make_clinic()
    copy = make_own_version(original=exercise, clinic=clinic, by=make_member(clinic, "editor"))
    copy.get_latest_revision_as_object().save_revision().publish()
    exercise.name = "Half an idea"
    exercise.save_revision()
    Exercise.objects.create(code="NEW", name="Not public", live=False)

    assert export_pack(by=None) == small


def test_bringing_in_what_is_here_changes_nothing(small):
    before = AuditEvent.objects.count()

    assert set(outcomes(small, publish=True).values()) == {"unchanged"}
    assert AuditEvent.objects.count() == before


def test_what_differs_arrives_as_a_draft_that_somebody_must_publish(small):
    Exercise.objects.update(loaded_hash=hash_of(small, "exercises/CLAM.json"))

    found = outcomes(changed(small, "exercises/CLAM.json", purpose="Get stronger"))

    row = Exercise.objects.get()
    assert found["exercises/CLAM"] == "changed"
    assert (row.purpose, row.get_latest_revision_as_object().purpose) == ("Strength", "Get stronger")
    assert row.versions.count() == 1


def hash_of(data: bytes, name: str) -> str:
    from education.actions.loading import Stored

    return Stored.fingerprint(pack.unpacked(data)[name])


def test_what_is_new_arrives_as_a_draft(small):
    new = {
        **pack.unpacked(small)["exercises/CLAM.json"],
        "code": "BRIDGE",
        "harder": ["CLAM"],
        "is_hardest": False,
    }

    found = outcomes(pack.packed({"exercises/BRIDGE.json": new}))

    row = Exercise.objects.get(code="BRIDGE")
    assert (found, row.live, row.versions.count()) == ({"exercises/BRIDGE": "new"}, False, 0)
    assert row.get_latest_revision_as_object().frozen["harder"] == ["CLAM"]


def test_whoever_runs_the_server_may_publish_at_once(small):
    found = outcomes(
        changed(small, "exercises/CLAM.json", purpose="Get stronger"), publish=True, overwrite=True
    )
    assert (found["exercises/CLAM"], Exercise.objects.get().versions.count()) == ("changed", 2)


def test_what_was_edited_here_wins_unless_told_otherwise(small):
    new = changed(small, "exercises/CLAM.json", purpose="Theirs")

    found = [outcomes(new)["exercises/CLAM"], outcomes(new, overwrite=True)["exercises/CLAM"]]

    assert found == ["edited here", "changed"]


def test_the_next_pack_from_the_same_place_is_not_taken_for_an_edit(small):
    outcomes(changed(small, "exercises/CLAM.json", purpose="Theirs"), overwrite=True)

    found = outcomes(changed(small, "exercises/CLAM.json", purpose="Theirs, better"))

    assert found["exercises/CLAM"] == "changed"


def test_what_somebody_has_locked_is_left_alone(small):
    row = Exercise.objects.get()
    Exercise.objects.update(locked=True, locked_at=row.first_published_at)

    found = outcomes(changed(small, "exercises/CLAM.json", purpose="Theirs"), overwrite=True)

    assert found["exercises/CLAM"] == "being edited"


@pytest.mark.parametrize(("overwrite", "says"), [(False, "Somebody 2020"), (True, "Theirs")])
def test_a_source_that_is_here_stays_unless_told_otherwise(small, overwrite, says):
    said = pack.unpacked(small)
    theirs = [{**row, "citation": "Theirs"} for row in said["sources.json"]]

    outcomes(pack.packed({**said, "sources.json": theirs}), overwrite=overwrite)

    assert set(Source.objects.values_list("citation", flat=True)) == {says}


def test_new_terms_and_stages_come_in(small):
    term = {"term": "cadence", "forms": "", "meaning": "Steps in a minute."}
    stage = {"stage": "R1", "position": 1, "repeats": 5, "walk_minutes": 4, "run_minutes": 1, "note": ""}

    outcomes(pack.packed({"glossary.json": [term], "walk_run.json": [stage]}))

    assert (GlossaryTerm.objects.get().meaning, WalkRunStage.objects.get().repeats) == (
        "Steps in a minute.",
        5,
    )


def test_a_dry_run_tells_the_same_and_does_nothing(small):
    new = changed(small, "exercises/CLAM.json", purpose="Theirs")
    before = AuditEvent.objects.count()

    dry = outcomes(new, overwrite=True, dry_run=True)

    assert (Exercise.objects.get().get_latest_revision_as_object().purpose, AuditEvent.objects.count()) == (
        "Strength",
        before,
    )
    assert outcomes(new, overwrite=True) == dry


def test_any_changed_byte_of_any_member_is_refused(small):
    files = members(small)
    for name, data in files.items():
        for place in range(0, len(data), max(1, len(data) // 40)):
            spoiled = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            with pytest.raises(pack.BadPack):
                pack.unpacked(zipped({**files, name: spoiled}))
    assert sorted(pack.unpacked(small)) == sorted(set(files) - {"manifest.json"})


def test_any_flipped_byte_of_the_file_is_refused_or_changes_nothing(small):
    whole = pack.unpacked(small)
    for place in range(0, len(small), max(1, len(small) // 200)):
        spoiled = small[:place] + bytes([small[place] ^ 255]) + small[place + 1 :]
        with contextlib.suppress(pack.BadPack):
            assert pack.unpacked(spoiled) == whole


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "/etc/passwd", "modules/../../x.json", "modules/", "..\\x.json", "modules/a/b.json", "x.py", "modules/\x00.json",
     "exercises/" + "A" * 41 + ".json", "C:/x.json", "modules/é.json"],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(small, name):
    with pytest.raises(pack.BadPack):
        pack.unpacked(zipped({**members(small), name: b"{}"}))


def test_a_bomb_is_refused_before_it_is_unpacked(small, figure):
    bomb = zipped(
        {**members(small), "modules/BOMB.json": b" " * 60_000_000}, compression=zipfile.ZIP_DEFLATED
    )

    with pytest.raises(pack.BadPack, match="too big"):
        pack.unpacked(bomb)

    many = {f"modules/M{number}.json": b"{}" for number in range(pack.MOST_FILES + 1)}
    with pytest.raises(pack.BadPack, match="more than"):
        pack.unpacked(zipped(many))


def manifest(**changes: object) -> bytes:
    return pack.written({"format": pack.FORMAT, "version": 1, "files": {}} | changes)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a content pack"),
        (b"PK\x03\x04 nonsense", "not a content pack"),
        (zipped({}), "manifest.json is missing"),
        (zipped({"manifest.json": manifest(format="other")}), "not a content pack"),
        (zipped({"manifest.json": manifest(version=2)}), "format that this version"),
        (zipped({"manifest.json": manifest(files={"modules/M01.json": "0"})}), "other files"),
        (zipped({"manifest.json": manifest(), "modules/M01.json": b"{}"}), "other files"),
        (zipped({"manifest.json": b"[" * 100_000}), "cannot be read"),
        (zipped({"manifest.json": manifest() + b" "}), "was changed"),
    ],
)
def test_what_is_not_a_pack_is_refused_in_words(data, message):
    with pytest.raises(pack.BadPack, match=message):
        pack.unpacked(data)


def test_a_member_that_is_there_twice_is_refused(small):
    held = io.BytesIO(small)
    with zipfile.ZipFile(held, "a") as more, pytest.warns(UserWarning, match="Duplicate"):
        more.writestr("exercises/CLAM.json", members(small)["exercises/CLAM.json"])

    with pytest.raises(pack.BadPack, match="twice"):
        pack.unpacked(held.getvalue())


BAD = [
    ("exercises/CLAM.json", {"code": "OTHER"}, "does not say the code"),
    ("exercises/CLAM.json", {"surprise": 1}, "not known here"),
    ("exercises/CLAM.json", {"name": "x" * 121}, "at most 120"),
    ("exercises/CLAM.json", {"name": None}, "exercises/CLAM.json"),
    ("exercises/CLAM.json", {"profile": "yoga"}, "not a valid choice"),
    ("exercises/CLAM.json", {"harder": ["NOBODY"]}, "NOBODY"),
    ("exercises/CLAM.json", {"dose": {}}, "exercises/CLAM.json"),
    ("modules/T1.json", {"minutes": 99}, "modules/T1.json"),
    ("modules/T1.json", {"sections": [{"kind": "video", "key": "v"}]}, "modules/T1.json"),
    ("modules/T1.json", {"checks": "none"}, "modules/T1.json"),
    ("templates/P1.json", {"phases": [{"key": "a"}]}, "templates/P1.json"),
    ("templates/P1.json", {"weeks_low": "two"}, "templates/P1.json"),
]


@pytest.mark.parametrize(("name", "fields", "message"), BAD)
def test_what_does_not_fit_is_refused_with_everything_else(small, name, fields, message):
    said = pack.unpacked(changed(small, name, **fields))
    new = {**said, "glossary.json": [{"term": "cadence", "forms": "", "meaning": "Steps."}]}

    with pytest.raises(PackRefused, match=message):
        import_pack(data=pack.packed(new), by=None, overwrite=True)

    assert (GlossaryTerm.objects.count(), AuditEvent.objects.filter(verb="pack.imported").count()) == (0, 0)


@pytest.mark.parametrize(
    "rows", ["words", [1], [{"term": "x"}], [{"term": "x", "forms": "", "meaning": "m", "id": 5}]]
)
def test_rows_in_a_shape_we_do_not_know_are_refused(small, rows):
    with pytest.raises(PackRefused):
        import_pack(data=pack.packed({"glossary.json": rows}), by=None)


def test_publishing_is_held_to_the_gate(small):
    with pytest.raises(PackRefused, match="caution"):
        import_pack(
            data=changed(small, "exercises/CLAM.json", caution=""), by=None, publish=True, overwrite=True
        )
    assert Exercise.objects.get().caution == "Ask first."


def test_the_command_says_why_it_did_nothing(tmp_path: Path, db) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(b"nothing")
    with pytest.raises(CommandError, match="Nothing was brought in"):
        call_command("content_pack", "import", str(file))


def test_a_photo_and_a_pose_travel_with_their_exercise(db):
    medium, pose = make_medium(credit="Jo"), {**delivered("CLAM"), "alt": "Start: ours. End: ours."}
    make_exercise(medium=medium, pose=pose)
    data = export_pack(by=None)
    Exercise.objects.update(medium=None)
    Medium.objects.all().delete()

    told = outcomes(data, overwrite=True)

    came = Exercise.objects.get().get_latest_revision_as_object()
    assert told[f"media/{medium.pk}"] == "new"
    assert (came.medium.pk, came.medium.credit, came.medium.is_stored, came.pose) == (
        medium.pk,
        "Jo",
        True,
        pose,
    )


@pytest.mark.parametrize(
    "change", [{"data": "AAAA"}, {"data": "?"}, {"alt": ""}, {"ext": "mp4"}, {"more": 1}]
)
def test_a_medium_that_is_not_what_it_says_is_refused(db, change):
    medium = make_medium()
    make_exercise(medium=medium)
    data = changed(export_pack(by=None), f"media/{medium.pk}.json", **change)
    Exercise.objects.update(medium=None)
    Medium.objects.all().delete()

    with pytest.raises(PackRefused, match=medium.pk):
        import_pack(data=data, by=None)

    assert Medium.objects.count() == 0
