"""The way in: one link, once, for the right person."""

import threading
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic import actions, queries
from clinic.mail import KINDS
from clinic.models import AuditEvent, CareRelationship, Invitation, Membership, OutgoingMail, Patient, User
from tests.clinic.people import signed_in
from tests.factories import make_clinic, make_member, make_patient, make_user

BORN, NOT_BORN = date(1990, 5, 17), date(1990, 5, 18)
pytestmark = pytest.mark.django_db


@pytest.fixture
def clinician():
    return make_member(make_clinic(name="North Clinic", phone="555 0100"))


@pytest.fixture
def invitation(clinician):
    return invite(clinician)


def invite(by: User, email: str = "ann@example.org") -> Invitation:
    clinic = Membership.objects.get(user=by).clinic
    return actions.invite_patient(
        clinic=clinic, name="Ann Example", email=email, birth_date=BORN, time_zone="Europe/Berlin", by=by
    )


def link(invitation: Invitation) -> str:
    return reverse("invitation", args=[invitation.token])


def answer(browser: Client, invitation: Invitation, born: date = BORN):
    return browser.post(link(invitation), {"birth_date": born.isoformat()})


def test_a_practitioner_invites_a_patient_into_their_own_care(clinician):
    browser = signed_in(clinician)

    reply = browser.post(
        reverse("invite_patient"),
        {
            "name": "Ann Example",
            "email": " Ann@Example.org",
            "birth_date": "1990-05-17",
            "time_zone": "Europe/Berlin",
        },
    )

    patient = Patient.objects.get()
    assert reply.url == reverse("patient", args=[patient.pk])
    assert (patient.email, patient.birth_date, patient.user) == ("ann@example.org", BORN, None)
    assert CareRelationship.objects.get().practitioner == clinician
    assert list(AuditEvent.objects.values_list("verb", flat=True).order_by("at")) == [
        "care.started",
        "patient.invited",
    ]


def test_the_mail_leads_to_the_page_that_asks_for_the_date_of_birth(invitation, settings):
    row = OutgoingMail.objects.get()

    words = KINDS["invitation"].build_context(row)
    page = Client().get(words["link"].removeprefix(settings.SITE_URL))

    assert (row.to, row.patient, row.not_after) == (
        "ann@example.org",
        invitation.patient,
        invitation.expires_at,
    )
    assert (words["first_name"], words["days"], page.status_code) == ("Ann", 7, 200)
    assert "Your date of birth" in page.content.decode()


def test_the_right_answer_signs_in_and_leads_to_consent_and_then_today(invitation):
    browser = Client()

    reply = answer(browser, invitation)
    agreed = browser.post(reverse("consent"), {"agree": "on"})

    patient = Patient.objects.get()
    assert (reply.url, agreed.url) == (reverse("consent"), reverse("today"))
    assert (patient.user.email, patient.user.has_usable_password()) == ("ann@example.org", False)
    assert EmailAddress.objects.get(user=patient.user).verified
    assert browser.session["_auth_user_id"] == str(patient.user.pk)


def test_looking_uses_nothing_up(invitation):
    before = Invitation.objects.values().get()

    for _time in range(5):
        Client().get(link(invitation))
    Client().head(link(invitation))
    Client().options(link(invitation))

    assert (Invitation.objects.values().get(), User.objects.filter(email="ann@example.org").count()) == (
        before,
        0,
    )


# What happens × in which state; the expected state, and who is in. "same" is the state it was.
def do_accept(invitation):
    return answer(Client(), invitation).status_code


def do_double_accept(invitation):
    return [answer(Client(), invitation).status_code for _time in range(2)][-1]


def do_accept_as_other_user(invitation):
    return answer(signed_in(make_user("Other")), invitation).status_code


def do_wrong_birth_date(invitation):
    return answer(Client(), invitation, NOT_BORN).status_code


def do_open(invitation):
    return Client().get(link(invitation)).status_code


def do_resend(invitation):
    try:
        actions.resend_invitation(patient=invitation.patient, by=invitation.sent_by)
    except actions.AlreadyAccepted:
        return "already in"
    return "sent"


def do_revoke(invitation):
    try:
        actions.revoke_invitation(invitation=invitation, by=invitation.sent_by)
    except actions.InvitationClosed:
        return "closed"
    return "revoked"


def in_state(invitation: Invitation, state: str) -> None:
    now = timezone.now()
    if state == "opened":
        do_wrong_birth_date(invitation)
    elif state == "accepted":
        do_accept(invitation)
    elif state == "expired":
        Invitation.objects.update(expires_at=now - timedelta(seconds=1))
    elif state == "revoked":
        do_revoke(invitation)
    elif state == "resent":
        do_resend(invitation)
    elif state == "address changed":
        actions.change_patient_email(
            patient=invitation.patient, email="new@example.org", by=invitation.sent_by
        )
    elif state == "locked":
        Invitation.objects.update(wrong_answers=5)


EXPECTED = {  # state: {event: (answer, state after)}
    "created": {
        "open": (200, "open"), "accept": (302, "accepted"), "double accept": (410, "accepted"),
        "accept as other user": (200, "open"), "wrong birth date": (200, "open"),
        "resend": ("sent", "revoked"), "revoke": ("revoked", "revoked"),
    },
    "opened": {
        "open": (200, "open"), "accept": (302, "accepted"), "double accept": (410, "accepted"),
        "accept as other user": (200, "open"), "wrong birth date": (200, "open"),
        "resend": ("sent", "revoked"), "revoke": ("revoked", "revoked"),
    },
    "accepted": {
        "open": (410, "accepted"), "accept": (410, "accepted"), "double accept": (410, "accepted"),
        "accept as other user": (410, "accepted"), "wrong birth date": (410, "accepted"),
        "resend": ("already in", "accepted"), "revoke": ("closed", "accepted"),
    },
    "expired": {
        "open": (410, "expired"), "accept": (410, "expired"), "double accept": (410, "expired"),
        "accept as other user": (410, "expired"), "wrong birth date": (410, "expired"),
        "resend": ("sent", "revoked"), "revoke": ("revoked", "revoked"),
    },
    "locked": {
        "open": (410, "locked"), "accept": (410, "locked"), "double accept": (410, "locked"),
        "accept as other user": (410, "locked"), "wrong birth date": (410, "locked"),
        "resend": ("sent", "revoked"), "revoke": ("revoked", "revoked"),
    },
} | {
    void: {
        "open": (410, "revoked"), "accept": (410, "revoked"), "double accept": (410, "revoked"),
        "accept as other user": (410, "revoked"), "wrong birth date": (410, "revoked"),
        "resend": ("sent", "revoked"), "revoke": ("closed", "revoked"),
    }
    for void in ("revoked", "resent", "address changed")
}  # fmt: skip
EVENTS = {
    "open": do_open, "accept": do_accept, "double accept": do_double_accept,
    "accept as other user": do_accept_as_other_user, "wrong birth date": do_wrong_birth_date,
    "resend": do_resend, "revoke": do_revoke,
}  # fmt: skip
PAIRS = [(state, event) for state in EXPECTED for event in EVENTS]


@pytest.mark.parametrize(("state", "event"), PAIRS)
def test_what_happens_to_an_invitation(invitation, state, event):
    in_state(invitation, state)
    invitation.refresh_from_db()

    said = EVENTS[event](invitation)

    invitation.refresh_from_db()
    assert (said, str(invitation.state_at(timezone.now()))) == EXPECTED[state][event]


def test_every_pair_of_state_and_event_is_written_out():
    assert [(s, e) for s in EXPECTED for e in EXPECTED[s]] == PAIRS
    assert len(PAIRS) == 56


def test_only_the_newest_link_lets_in(invitation):
    newer = actions.resend_invitation(patient=invitation.patient, by=invitation.sent_by)

    assert [answer(Client(), each).status_code for each in (invitation, newer)] == [410, 302]


def test_a_mail_for_a_void_link_is_not_sent_any_more(invitation):
    row = OutgoingMail.objects.get()
    before = queries.invitation_still_wanted(row, timezone.now())

    actions.revoke_invitation(invitation=invitation, by=invitation.sent_by)

    assert (before, queries.invitation_still_wanted(row, timezone.now())) == ("", "invitation closed")


def test_five_wrong_dates_close_the_link_and_the_sixth_right_one_is_refused(invitation):
    pages = [answer(Client(), invitation, NOT_BORN) for _time in range(5)]

    late = answer(Client(), invitation)

    assert "4 more times" in pages[0].content.decode()
    assert [page.status_code for page in pages] == [200, 200, 200, 200, 410]
    assert "five times" in pages[4].content.decode()
    assert (late.status_code, Patient.objects.get().user) == (410, None)
    assert AuditEvent.objects.filter(verb="invitation.locked", patient=invitation.patient).count() == 1


def test_a_right_answer_after_four_wrong_ones_lets_in(invitation):
    for _time in range(4):
        answer(Client(), invitation, NOT_BORN)

    assert (answer(Client(), invitation).status_code, Invitation.objects.get().wrong_answers) == (302, 4)


def test_five_mails_a_day_are_enough(invitation):
    for _time in range(4):
        actions.resend_invitation(patient=invitation.patient, by=invitation.sent_by)

    with pytest.raises(actions.TooManyInvitations):
        actions.resend_invitation(patient=invitation.patient, by=invitation.sent_by)


@pytest.mark.parametrize("token", ["x", "é", "%00", "x" * 3000, "6f9b:zzz"])
def test_a_made_up_link_leads_nowhere(token):
    assert Client().get(f"/invite/{token}/").status_code == 404


def test_a_token_signed_for_something_else_is_no_invitation(invitation):
    from django.core.signing import Signer

    assert list(Invitation.objects.of_token(Signer(salt="unsubscribe").sign(str(invitation.pk)))) == []


def test_the_same_address_twice_in_a_clinic_is_said_kindly_and_nothing_is_lost(clinician, invitation):
    typed = {"name": "Ann Again", "email": "ANN@example.org", "birth_date": "1990-05-17", "time_zone": "UTC"}

    page = signed_in(clinician).post(reverse("invite_patient"), typed)

    assert page.context["form"].errors == {
        "email": ["Your clinic already has a patient with this email address."]
    }
    assert 'value="Ann Again"' in page.content.decode()
    assert Patient.objects.count() == 1


def test_a_patient_of_another_clinic_is_invited_like_anybody_and_both_stay_apart(clinician):
    elsewhere = make_patient(make_clinic(), email="ann@example.org")

    sent = invite(clinician)
    reply = answer(Client(), sent)

    sent.patient.refresh_from_db()
    assert (reply.url, sent.patient.user) == (reverse("consent"), elsewhere.user)
    assert sent.patient.consented_version is None
    assert User.objects.filter(email="ann@example.org").count() == 1


def test_a_member_of_staff_who_is_invited_still_shows_their_second_factor(clinician):
    staff = actions.add_member(
        clinic=make_clinic(), email="ann@example.org", name="Ann", role="editor", by=None
    ).user
    TOTP.activate(staff, generate_totp_secret())
    browser = Client()

    reply = answer(browser, invite(clinician))

    assert (reply.url, "_auth_user_id" in browser.session) == (reverse("mfa_authenticate"), False)


def test_an_account_that_was_closed_does_not_come_back_by_invitation(clinician):
    make_user(email="ann@example.org", is_active=False)
    sent = invite(clinician)

    page = answer(Client(), sent)

    sent.refresh_from_db()
    assert (page.status_code, sent.accepted_at) == (410, None)
    assert "needs your clinic" in page.content.decode()


def test_one_account_is_not_two_patients_of_one_clinic(clinician):
    clinic = Membership.objects.get(user=clinician).clinic
    known = make_patient(clinic, email="old@example.org")
    EmailAddress.objects.create(user=known.user, email="ann@example.org", verified=True)

    page = answer(Client(), invite(clinician))

    assert (page.status_code, known.user.patients.count()) == (410, 1)


def test_somebody_else_on_the_same_device_is_told_and_offered_the_way_out(invitation):
    other = make_patient(make_clinic())

    page = signed_in(other.user).get(link(invitation)).content.decode()

    assert (other.user.email in page, "Ann" in page, "Sign out and go on" in page) == (True, False, True)


BAD = [
    ("name", ""), ("name", "a\x00b"), ("name", "x" * 121), ("name", "two\nlines"), ("name", "\u202egro"),
    ("email", "not-an-email"), ("email", "a@example.org,b@example.org"), ("email", "a@example.org\nBcc: x@y.z"),
    ("birth_date", "31/12/1980"), ("birth_date", "2026-02-30"), ("birth_date", "2999-01-01"), ("birth_date", "1799-01-01"),
    ("birth_date", "１９９０-05-17"), ("time_zone", "Mars/Olympus"), ("time_zone", ""), ("time_zone", "../../etc"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "typed"), BAD)
def test_bad_input_gets_an_error_at_its_field_and_keeps_the_rest(clinician, field, typed):
    good = {
        "name": "Zoë 🦊",
        "email": "zoe@example.org",
        "birth_date": "1990-05-17",
        "time_zone": "Asia/Tokyo",
    }

    page = signed_in(clinician).post(reverse("invite_patient"), good | {field: typed})

    assert (page.status_code, list(page.context["form"].errors), Patient.objects.count()) == (200, [field], 0)
    kept = next(name for name in good if name != field)
    assert f'value="{good[kept]}"' in page.content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("created", "Not used yet"),
        ("opened", "Somebody tried another date of birth"),
        ("locked", "Five wrong dates of birth"),
        ("expired", "ran out on"),
        ("revoked", "was taken back"),
    ],
)
def test_the_practitioner_sees_how_the_invitation_stands(clinician, invitation, state, words):
    in_state(invitation, state)

    page = signed_in(clinician).get(reverse("patient", args=[invitation.patient_id])).content.decode()

    assert words in page


def test_resend_and_take_back_from_the_patients_page(clinician, invitation):
    browser, address = signed_in(clinician), reverse("patient_invitation", args=[invitation.patient_id])

    browser.post(address, {"do": "resend"})
    browser.post(address, {"do": "revoke"})

    states = [str(i.state_at(timezone.now())) for i in Invitation.objects.order_by("sent_at")]
    assert (states, browser.get(address).status_code) == (["revoked", "revoked"], 405)


def test_a_colleague_who_does_not_look_after_them_cannot_touch_the_invitation(clinician, invitation):
    colleague = make_member(Membership.objects.get(user=clinician).clinic)

    reply = signed_in(colleague).post(
        reverse("patient_invitation", args=[invitation.patient_id]), {"do": "revoke"}
    )

    invitation.refresh_from_db()
    assert (reply.status_code, invitation.revoked_at) == (404, None)


def together(work, times: int = 20) -> list[object]:
    """Run the same thing in many threads at the same moment."""
    start, results = threading.Barrier(times), []

    def run() -> None:
        start.wait()
        try:
            results.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(times)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


@pytest.mark.django_db(transaction=True)
def test_twenty_who_accept_at_the_same_moment_are_one(clinician, invitation):
    def accept() -> str:
        try:
            actions.accept_invitation(
                invitation=Invitation.objects.get(), birth_date=BORN, now=timezone.now()
            )
        except actions.InvitationClosed:
            return "closed"
        return "in"

    results = together(accept)

    assert sorted(results) == ["closed"] * 19 + ["in"]
    assert User.objects.filter(email="ann@example.org").count() == 1
    assert AuditEvent.objects.filter(verb="invitation.accepted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_guesses_at_the_same_moment_get_five_answers(clinician, invitation):
    def guess() -> str:
        try:
            actions.accept_invitation(
                invitation=Invitation.objects.get(), birth_date=NOT_BORN, now=timezone.now()
            )
        except actions.InvitationClosed:
            return "closed"
        except actions.WrongBirthDate:
            return "wrong"
        return "in"

    assert sorted(together(guess)) == ["closed"] * 15 + ["wrong"] * 5


@pytest.mark.django_db(transaction=True)
def test_two_who_resend_at_once_leave_one_open_link(clinician, invitation):
    together(lambda: actions.resend_invitation(patient=invitation.patient, by=clinician), times=4)

    assert (Invitation.objects.open(timezone.now()).count(), Invitation.objects.count()) == (1, 5)
