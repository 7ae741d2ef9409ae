"""Every address of the product, and what each kind of person gets there: one line per route. A route not listed fails a test.

An answer is a status, or `in` for a redirect to sign in, `mfa` for one to the second factor, `go` for any other. The object in
an address is always patient one's. The actors, in the order of each list of answers:

    anonymous · patient one · another patient · practitioner in care · colleague not in care · other clinic's practitioner ·
    clinic admin · other clinic's admin · editor · superuser
"""

from collections.abc import Callable
from dataclasses import dataclass

from reminders.queries import unsubscribe_token
from tests.journeys.world import World

ACTORS = (
    "anonymous", "patient", "other_patient", "practitioner", "colleague", "stranger", "admin", "other_admin", "editor",
    "superuser",
)  # fmt: skip
STAFF = ACTORS[3:]

# fmt: off
#              anon  p1   p2  care coll othr adm  oadm edit super
EVERYONE    = " 200  200  200  200  200  200  200  200  200  200 "
SIGNED_IN   = " in   200  200  200  200  200  200  200  200  200 "
PATIENTS    = " in   200  200  404  404  404  404  404  404  404 "
PATIENT_ONE = " in   200  404  404  404  404  404  404  404  404 "
IN_CARE     = " in   404  404  200  404  404  404  404  404  404 "
PRACTICING  = " in   404  404  200  200  200  404  404  404  404 "
LIBRARIANS  = " in   404  404  200  200  200  200  200  200  404 "
OF_CLINIC   = " in   404  404  200  200  404  200  404  200  404 "
ADMINS      = " in   404  404  404  404  404  200  200  404  404 "
TWO_PEOPLE  = " in   404  404  404  404  404  200  200  200  404 "
ADMIN_ONE   = " in   404  404  404  404  404  200  404  404  404 "
EDITORS     = " in   404  404  404  404  404  404  404  200  200 "
EDITOR_ONLY = " in   404  404  404  404  404  404  404  200  404 "
NOT_YET_IN  = " 200  go   go   go   go   go   go   go   go   go  "
PROVE_AGAIN = " in   200  200  mfa  mfa  mfa  mfa  mfa  mfa  mfa "
ONLY_STAFF  = " in   403  403  200  200  200  200  200  200  200 "
NO_KEY      = " in   404  404  mfa  mfa  mfa  mfa  mfa  mfa  mfa "
NO_CODES    = " in   404  404  404  404  404  404  404  404  404 "
CODE_ASKED  = " in   go   go   go   go   go   go   go   go   go  "
NOBODY      = " 404  404  404  404  404  404  404  404  404  404 "
# fmt: on


@dataclass(frozen=True)
class Route:
    """What GET and a POST of an empty form give, and how to fill the address."""

    get: str
    post: str
    of: str = ""
    shows: tuple[str, ...] = ()  # whose words anybody may get here, because the address holds their secret
    is_list: bool = False  # about many people at once: no row is noted for each

    def expected(self, method: str) -> dict[str, str]:
        return dict(zip(ACTORS, (self.get if method == "GET" else self.post).split(), strict=True))

    def kwargs(self, world: World) -> dict[str, object]:
        return ADDRESSES[self.of](world)


def but(profile: str, answer: str) -> str:
    """The same people are let in, and get another answer than a page."""
    return profile.replace("200", answer)


def read_only(profile: str) -> str:
    return but(profile, "405")


ADDRESSES: dict[str, Callable[[World], dict[str, object]]] = {
    "": lambda world: {},
    "patient": lambda world: {"patient_id": world.p1.patient.pk},
    "reading": lambda world: {"assignment_id": world.p1.reading.pk},
    "section": lambda world: {"assignment_id": world.p1.reading.pk, "number": 1},
    "check": lambda world: {"assignment_id": world.p1.reading.pk, "key": "q1"},
    "moment": lambda world: {"assignment_id": world.p1.reading.pk, "moment": "before"},
    "passage": lambda world: {"assignment_id": world.p1.reading.pk, "key": "f1"},
    "teach-back": lambda world: {"assignment_id": world.p1.reading.pk, "key": "w1"},
    "assessment": lambda world: {
        "patient_id": world.p1.patient.pk,
        "assessment_id": world.p1.patient.assessments.get().pk,
    },
    "session": lambda world: {"client_id": world.p1.session.client_id},
    "module": lambda world: {"version_id": world.module_version.pk},
    "exercise": lambda world: {"version_id": world.exercise_version.pk},
    "original": lambda world: {"kind": "exercises", "version_id": world.exercise_version.pk},
    "own": lambda world: {"kind": "exercises", "key": world.own_exercise.pk},
    "drawn exercise": lambda world: {"version_id": world.drawn_exercise.pk},
    "medium": lambda world: {"key": world.medium.pk, "ext": world.medium.ext},
    "part": lambda world: {"key": "medius"},
    "invitation": lambda world: {"token": world.invited.token},
    "unsubscribe": lambda world: {"token": unsubscribe_token(world.p1.patient)},
    "activity": lambda world: {
        "patient_id": world.p1.patient.pk,
        "activity_id": world.p1.patient.activities.get().pk,
    },
    "screen": lambda world: {"patient_id": world.p1.patient.pk, "screen_id": world.p1.screen.pk},
    "member": lambda world: {"member_id": world.membership.pk},
    "care": lambda world: {"patient_id": world.p1.patient.pk, "care_id": world.care.pk},
    "user": lambda world: {"user_id": world.users["practitioner"].pk},
    "draft": lambda world: {"key": world.module_version.module_id},
    "key": lambda world: {"pk": 1},
    "rest": lambda world: {"rest": "reset/"},
    "reset": lambda world: {"uidb36": "1", "key": "x-y"},
    "caught mail": lambda world: {"name": f"{'2' * 20}-{'1' * 6}"},
}

# Products of others with checks of their own: walked by test_content_and_operations_are_closed_to_everybody_else.
ELSEWHERE = ("cms/", "ops/admin/")

ROUTES = {
    "home": Route(but(SIGNED_IN, "go"), but(SIGNED_IN, "go")),
    "healthz": Route(EVERYONE, EVERYONE),
    "readyz": Route(EVERYONE, EVERYONE),
    "nobody": Route(SIGNED_IN, SIGNED_IN),
    "manifest": Route(EVERYONE, read_only(EVERYONE)),
    "service_worker": Route(EVERYONE, read_only(EVERYONE)),
    "offline": Route(EVERYONE, read_only(EVERYONE)),
    "exercise_motion": Route(SIGNED_IN, read_only(SIGNED_IN), "drawn exercise"),
    "medium": Route(SIGNED_IN, read_only(SIGNED_IN), "medium"),
    # the patient
    "consent": Route(but(PATIENTS, "go"), but(PATIENTS, "go")),
    "today": Route(PATIENTS, read_only(PATIENTS)),
    "safety": Route(PATIENTS, read_only(PATIENTS)),
    "daily_check": Route(PATIENTS, but(PATIENTS, "422")),
    "measures": Route(PATIENTS, but(PATIENTS, "422")),
    "saved": Route(PATIENTS, read_only(PATIENTS)),
    "kept_pages": Route(PATIENTS, read_only(PATIENTS)),
    "progress": Route(PATIENTS, read_only(PATIENTS)),
    "modules": Route(PATIENTS, read_only(PATIENTS)),
    "module": Route(PATIENT_ONE, read_only(PATIENTS), "reading"),
    "module_open": Route(read_only(PATIENTS), but(PATIENT_ONE, "204"), "reading"),
    "module_section": Route(read_only(PATIENTS), but(PATIENT_ONE, "go"), "section"),
    "module_check": Route(read_only(PATIENTS), but(PATIENT_ONE, "400"), "check"),
    "module_place": Route(read_only(PATIENTS), but(PATIENT_ONE, "400"), "reading"),
    "module_beliefs": Route(read_only(PATIENTS), but(PATIENT_ONE, "go"), "moment"),
    "module_own_words": Route(read_only(PATIENTS), but(PATIENT_ONE, "400"), "teach-back"),
    "module_ask": Route(read_only(PATIENTS), but(PATIENT_ONE, "400"), "passage"),
    "module_handout": Route(PATIENT_ONE, read_only(PATIENTS), "reading"),
    "plan": Route(PATIENTS, read_only(PATIENTS)),
    "plan_week": Route(PATIENTS, read_only(PATIENTS)),
    "plan_handout": Route(PATIENTS, read_only(PATIENTS)),
    "muscle": Route(PATIENTS, read_only(PATIENTS), "part"),
    "log_session": Route(PATIENTS, read_only(PATIENTS)),
    "hour_later": Route(PATIENT_ONE, but(PATIENT_ONE, "422"), "session"),
    "session_log": Route(PATIENT_ONE, but(PATIENTS, "422"), "session"),
    "settings": Route(PATIENTS, but(PATIENTS, "422")),
    "screen": Route(PATIENTS, but(PATIENTS, "422")),
    "cards": Route(PATIENTS, read_only(PATIENTS)),
    "card_called": Route(read_only(PATIENTS), but(PATIENTS, "go")),
    # the practitioner
    "caseload": Route(PRACTICING, read_only(PRACTICING), is_list=True),
    "invite_patient": Route(PRACTICING, PRACTICING),
    "proposals": Route(PRACTICING, read_only(PRACTICING), is_list=True),
    "patient_review": Route(IN_CARE, but(IN_CARE, "go"), "patient"),
    "patient": Route(IN_CARE, read_only(IN_CARE), "patient"),
    "patient_seen": Route(read_only(IN_CARE), but(IN_CARE, "go"), "patient"),
    "patient_assess": Route(IN_CARE, but(IN_CARE, "422"), "patient"),
    "patient_assessment": Route(IN_CARE, but(IN_CARE, "go"), "assessment"),
    "patient_plan": Route(IN_CARE, but(IN_CARE, "409"), "patient"),
    "patient_plan_end": Route(IN_CARE, but(IN_CARE, "go"), "patient"),
    "patient_plan_handout": Route(IN_CARE, read_only(IN_CARE), "patient"),
    "patient_screens": Route(IN_CARE, read_only(IN_CARE), "patient"),
    "patient_screen_clear": Route(read_only(IN_CARE), but(IN_CARE, "422"), "screen"),
    "patient_measures": Route(IN_CARE, but(IN_CARE, "422"), "patient"),
    "patient_activity_end": Route(read_only(IN_CARE), but(IN_CARE, "go"), "activity"),
    "patient_log": Route(IN_CARE, read_only(IN_CARE), "patient"),
    "patient_invitation": Route(read_only(IN_CARE), but(IN_CARE, "go"), "patient"),
    "patient_reminders": Route(IN_CARE, read_only(IN_CARE), "patient"),
    "library": Route(LIBRARIANS, read_only(LIBRARIANS)),
    "library_module": Route(LIBRARIANS, read_only(LIBRARIANS), "module"),
    "library_module_handout": Route(LIBRARIANS, read_only(LIBRARIANS), "module"),
    "library_figures": Route(LIBRARIANS, read_only(LIBRARIANS)),
    "library_anatomy": Route(LIBRARIANS, read_only(LIBRARIANS)),
    "library_exercise": Route(LIBRARIANS, read_only(LIBRARIANS), "exercise"),
    "make_own_version": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "go"), "original"),
    "own_version": Route(OF_CLINIC, read_only(LIBRARIANS), "own"),
    "own_version_seen": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "400"), "own"),
    "own_version_take": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "400"), "own"),
    # the editor's desk
    "pose_preview": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "422")),
    "site_history": Route(EDITOR_ONLY, read_only(EDITOR_ONLY)),
    "site_history_results": Route(EDITOR_ONLY, read_only(EDITOR_ONLY)),
    "content_pack": Route(EDITOR_ONLY, but(EDITOR_ONLY, "422")),
    "content_pack_import": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "go")),
    "content_pack_export": Route(read_only(EDITOR_ONLY), EDITOR_ONLY),
    "gate": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "422"), "draft"),
    "readers": Route(EDITOR_ONLY, read_only(EDITOR_ONLY), "draft"),
    "remarks": Route(read_only(EDITOR_ONLY), but(EDITOR_ONLY, "go"), "draft"),
    "review": Route(EDITOR_ONLY, but(EDITOR_ONLY, "422"), "own"),
    "no_bulk": Route(NOBODY, NOBODY, "rest"),
    # the clinic's admin
    "manage": Route(ADMINS, ADMINS),
    "manage_add_member": Route(ADMINS, ADMINS),
    "manage_end_member": Route(ADMIN_ONE, but(ADMIN_ONE, "go"), "member"),
    "manage_patients": Route(ADMINS, ADMINS, is_list=True),
    "manage_patient": Route(ADMIN_ONE, ADMIN_ONE, "patient"),
    "manage_end_care": Route(ADMIN_ONE, but(ADMIN_ONE, "go"), "care"),
    "manage_mail": Route(ADMINS, ADMINS, is_list=True),
    "manage_safety": Route(TWO_PEOPLE, TWO_PEOPLE),
    "manage_audit": Route(ADMINS, ADMINS, is_list=True),
    "manage_stances": Route(ADMINS, but(ADMINS, "400")),
    # links in mails: they work for whoever holds them
    "invitation": Route(EVERYONE, EVERYONE, "invitation", shows=("p4", "c1")),
    "unsubscribe": Route(EVERYONE, EVERYONE, "unsubscribe", shows=("c1",)),
    # signing in
    "account_login": Route(NOT_YET_IN, NOT_YET_IN),
    "account_request_login_code": Route(NOT_YET_IN, NOT_YET_IN),
    "account_confirm_login_code": Route(CODE_ASKED, CODE_ASKED),
    "account_logout": Route(SIGNED_IN, but(SIGNED_IN, "in")),
    "account_inactive": Route(EVERYONE, read_only(EVERYONE)),
    "account_signup": Route(NOT_YET_IN, NOT_YET_IN),
    "account_reauthenticate": Route(but(ONLY_STAFF, "mfa"), but(ONLY_STAFF, "mfa")),
    "account_email": Route(SIGNED_IN, but(SIGNED_IN, "go")),
    "account_email_verification_sent": Route(CODE_ASKED, CODE_ASKED),
    "mfa_index": Route(SIGNED_IN, read_only(SIGNED_IN)),
    "mfa_authenticate": Route(CODE_ASKED, CODE_ASKED),
    "mfa_reauthenticate": Route(ONLY_STAFF, ONLY_STAFF),
    "mfa_activate_totp": Route(PROVE_AGAIN, PROVE_AGAIN),
    "mfa_deactivate_totp": Route(NO_KEY, NO_KEY),
    "mfa_view_recovery_codes": Route(NO_CODES, read_only(SIGNED_IN)),
    "mfa_generate_recovery_codes": Route(PROVE_AGAIN, PROVE_AGAIN),
    "mfa_download_recovery_codes": Route(NO_CODES, NO_CODES),
    "mfa_list_webauthn": Route(SIGNED_IN, read_only(SIGNED_IN)),
    "mfa_add_webauthn": Route(PROVE_AGAIN, PROVE_AGAIN),
    "mfa_reauthenticate_webauthn": Route(but(PROVE_AGAIN, "403"), but(PROVE_AGAIN, "403")),
    "mfa_remove_webauthn": Route(NO_KEY, NO_KEY, "key"),
    "mfa_edit_webauthn": Route(NO_KEY, NO_KEY, "key"),
    "mfa_login_webauthn": Route(CODE_ASKED, CODE_ASKED),
    "usersessions_list": Route(SIGNED_IN, but(SIGNED_IN, "go")),
    # nobody has a password, and there is one place to sign in
    "no_pages": Route(NOBODY, NOBODY),
    "no_pages_below": Route(NOBODY, NOBODY, "rest"),
    "no_second_sign_in": Route(but(EDITORS, "go"), but(EDITORS, "go")),
    "no_passwords": Route(NOBODY, NOBODY, "rest"),
    "account_change_password": Route(NOBODY, NOBODY),
    "account_set_password": Route(NOBODY, NOBODY),
    "account_reset_password": Route(NOBODY, NOBODY),
    "account_reset_password_done": Route(NOBODY, NOBODY),
    "account_reset_password_from_key": Route(NOBODY, NOBODY, "reset"),
    "account_reset_password_from_key_done": Route(NOBODY, NOBODY),
    # the demo answers only on loopback, which these requests do not come from
    "demo_sign_in": Route(NOBODY, NOBODY, "user"),
    "demo_inbox": Route(NOBODY, NOBODY),
    "demo_mail": Route(NOBODY, NOBODY, "caught mail"),
    "demo_mail_html": Route(NOBODY, NOBODY, "caught mail"),
}  # fmt: skip
