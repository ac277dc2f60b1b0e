"""Reminders as mail drafts and as a batch, also where names are an attack."""

import csv
import email
import io
import zipfile
from datetime import timedelta
from email import policy

import pytest

from reports.answers.settings.outgoing import OutgoingRefusedError
from reports.answers.settings.sender import Sender
from reports.answers.worklist import reminders, worklist
from reports.packs import letters
from tests.markup import MAIL_NAMES
from tests.worklist_ledger import DAY, SENDER, customer, invoice

pytestmark = pytest.mark.usefixtures("english")


def test_a_draft_has_the_headers_of_a_mail_and_no_others_whatever_the_name(desk):
    letter = reminders.Reminder(
        customer_id="C1", customer_name="A\r\nBcc: thief@evil.example\r\n\r\nhello", email="a@example.org",
        entity="", sender=SENDER, as_of=DAY, written_on=DAY,
        language="nl", step="call", subject="Betaling van F1\r\nX-Evil: 1",
        body="Regel één\n\nBedrag: € 5,00\n",
        invoices=("F1",), totals="€ 5,00", links=(),
    )  # fmt: skip
    raw = letters.eml_bytes(letter)
    message = email.message_from_bytes(raw, policy=policy.default)
    assert sorted(message.keys()) == sorted(
        [
            "Subject", "To", "From", "X-Unsent", "Content-Language", "Content-Type",
            "Content-Transfer-Encoding", "MIME-Version",
        ]
    )  # fmt: skip
    assert message["Subject"] == "Betaling van F1 X-Evil: 1"
    assert [address.addr_spec for address in message["To"].addresses] == ["a@example.org"]
    assert message["To"].addresses[0].display_name == "A Bcc: thief@evil.example hello"
    assert message["From"].addresses[0].addr_spec == "ar@example.org"
    assert message.get_content().replace("\r\n", "\n") == letter.body
    # An address that is none, or several, is left out.
    for bad in ("", "x", "a@b.example, c@d.example", "a@b.example\r\nBcc: c@d.example", "<a@b.example>"):
        parsed = email.message_from_bytes(
            letters.eml_bytes(reminders.Reminder(**{**letter.__dict__, "email": bad})),
            policy=policy.default,
        )
        assert parsed["To"] is None
        assert parsed["Bcc"] is None


@pytest.mark.slow
def test_the_batch_holds_a_draft_per_customer_and_a_table_without_live_cells(desk):
    names = list(MAIL_NAMES)
    desk.load(
        settings=[("company_name", "Wij"), ("company_iban", SENDER.iban), ("company_phone", "030")],
        customers=[
            *(customer(f"C{n:02}", customer_name=name) for n, name in enumerate(names)),
            customer("C/1", email="c@example.org"), customer("C-1"),
        ],
        invoices=[
            *(invoice(f"F{n}", f"C{n:02}", 5, "10.00") for n in range(len(names))),
            invoice("=F", "C/1", 5), invoice("G", "C-1", 5),
        ],
    )  # fmt: skip
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    drafts = reminders.reminders(day_list, day_list.lines, desk.books().ask("settings"))
    packed = letters.batch_bytes(drafts)
    assert letters.batch_bytes(drafts) == packed
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = archive.namelist()
        assert len(files) == len(set(files)) == len(drafts) + 1 == len(names) + 3
        assert all("/" not in name and "\\" not in name and ".." not in name for name in files)
        rows = list(csv.DictReader(io.StringIO(archive.read("mail-merge.csv").decode("utf-8-sig"))))
        for row in rows:
            assert not any(
                (cell or "").startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d")) for cell in row.values()
            )
            assert row["file"] in files
            message = email.message_from_bytes(archive.read(row["file"]), policy=policy.default)
            assert message["Bcc"] is None
            assert len(message["To"].addresses) == 1
    assert {row["customer_id"] for row in rows} == set(day_list.lines["customer_id"])
    safe = {row["customer_name"].removeprefix("'") for row in rows}
    assert {name for name in names if "\u202e" not in name} <= safe


def letter(**more) -> reminders.Reminder:
    whole = {
        "customer_id": "C1", "customer_name": "Klant", "email": "a@example.org", "entity": "",
        "sender": SENDER, "as_of": DAY, "written_on": DAY, "language": "nl", "step": "call", "subject": "S",
        "body": "B", "invoices": ("F1",), "totals": "", "links": (),
    }  # fmt: skip
    return reminders.Reminder(**{**whole, **more})


@pytest.mark.parametrize("packed", [letters.eml_bytes, lambda one: letters.batch_bytes([letter(), one])])
def test_figures_of_seven_days_ago_make_a_letter_and_of_eight_or_of_a_day_to_come_none(packed):
    assert packed(letter(written_on=DAY + timedelta(days=7)))
    with pytest.raises(OutgoingRefusedError, match="figures are of 22 Nov 2026, more than 7 days ago"):
        packed(letter(written_on=DAY + timedelta(days=8)))
    with pytest.raises(OutgoingRefusedError, match="22 Nov 2026 is still to come"):
        packed(letter(written_on=DAY - timedelta(days=1)))


@pytest.mark.parametrize(
    ("sender", "missing"),
    [
        (Sender(), "company name, bank account, mail address or telephone missing"),
        (Sender(name="Wij", iban="NL91ABNA0417164300"), "yet: mail address or telephone missing"),
    ],
)
def test_without_a_sender_no_letter_is_made(sender, missing):
    with pytest.raises(OutgoingRefusedError, match=missing):
        letters.eml_bytes(letter(sender=sender))
    assert letters.eml_bytes(letter(sender=Sender(name="Wij", iban="NL91ABNA0417164300", phone="030")))
