"""Words of the worklist in both languages."""

from decimal import Decimal

from reports import language
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist


def test_every_step_wait_and_line_has_words_in_both_languages():
    line = {
        "invoices": 2, "besides_invoices": 1, "besides_amount": Decimal("7.00"), "days_overdue": 5,
        "amount": Decimal("10.00"), "is_promise_broken": True,
        "is_good_payer": True, "on_time_share": 0.9, "chance": 0.5, "step": "call", "last_contact_date": None,
    }  # fmt: skip
    for spoken in ("nl", "en"):
        language.use(spoken)
        assert len({worklist_text.step_name(one) for one in worklist.STEPS}) == len(worklist.STEPS)
        assert len({worklist_text.wait_name(one) for one in worklist.WAITS}) == len(worklist.WAITS)
        sentences = {
            worklist_text.advice({**line, "step": one, "is_promise_broken": False, "is_good_payer": False})
            for one in worklist.STEPS
        }
        assert len(sentences) == len(worklist.STEPS)
        assert "5" in worklist_text.reasons(line, "EUR")
        assert worklist_text.reasons({**line, "days_overdue": -3}, "EUR") != worklist_text.reasons(
            line, "EUR"
        )
