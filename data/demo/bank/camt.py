"""The statements as camt.053, version 2 or 8, a file per account and month."""

from pathlib import Path
from xml.sax.saxutils import escape

from data.demo.bank.statements import DemoLine, DemoStatement
from data.demo.bank_days import calendar_day

_NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version:02}"


def write_camt(folder: Path, statements: list[DemoStatement], *, version: int) -> None:
    """Write the files into a folder, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    months: dict[str, list[DemoStatement]] = {}
    for statement in statements:
        month = f"{calendar_day(statement.day):%Y-%m}"
        months.setdefault(f"{statement.account}_{month}", []).append(statement)
    for name, members in months.items():
        last = calendar_day(members[-1].day)
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f'<Document xmlns="{_NAMESPACE.format(version=version)}"><BkToCstmrStmt>\n'
            f"<GrpHdr><MsgId>{name}</MsgId><CreDtTm>{last}T20:00:00</CreDtTm></GrpHdr>\n"
            + "".join(_statement(statement, version) for statement in members)
            + "</BkToCstmrStmt></Document>\n"
        )
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")


def _euros(cents: int) -> str:
    return f"{abs(cents) // 100}.{abs(cents) % 100:02}"


def _side(cents: int) -> str:
    return "CRDT" if cents >= 0 else "DBIT"


def _statement(statement: DemoStatement, version: int) -> str:
    number = f"{statement.account[-4:]}-{statement.number}"
    return (
        f"<Stmt><Id>{number}</Id><ElctrncSeqNb>{int(statement.number)}</ElctrncSeqNb>"
        f"<CreDtTm>{calendar_day(statement.day)}T20:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>{statement.account}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        f"{_balance('OPBD', statement.opening, statement.opened)}"
        f"{_balance('CLBD', statement.closing, statement.day)}"
        + "".join(_entry(lines, statement.day, version) for lines in _booked(statement))
        + "</Stmt>\n"
    )


def _balance(code: str, cents: int, day: int) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{_euros(cents)}</Amt>'
        f"<CdtDbtInd>{_side(cents)}</CdtDbtInd><Dt><Dt>{calendar_day(day)}</Dt></Dt></Bal>\n"
    )


def _booked(statement: DemoStatement) -> list[list[DemoLine]]:
    """Return the lines by booked line: the parts of a batch together."""
    groups: dict[str, list[DemoLine]] = {}
    for line in statement.lines:
        groups.setdefault(line.batch_reference or line.reference, []).append(line)
    return list(groups.values())


def _entry(lines: list[DemoLine], day: int, version: int) -> str:
    first, cents = lines[0], sum(line.line.cents for line in lines)
    status = "BOOK" if version < 8 else "<Cd>BOOK</Cd>"  # noqa: PLR2004
    domain, family, sub_family = first.line.code.split("-")
    return (
        f'<Ntry><Amt Ccy="EUR">{_euros(cents)}</Amt><CdtDbtInd>{_side(cents)}</CdtDbtInd><Sts>{status}</Sts>'
        f"<BookgDt><Dt>{calendar_day(day)}</Dt></BookgDt><ValDt><Dt>{calendar_day(day)}</Dt></ValDt>"
        f"<AcctSvcrRef>{first.batch_reference or first.reference}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>{domain}</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{sub_family}</SubFmlyCd></Fmly></Domn></BkTxCd>"
        "<NtryDtls>"
        + (f"<Btch><NbOfTxs>{len(lines)}</NbOfTxs></Btch>" if first.line.batch else "")
        + "".join(_transaction(line, version, is_part=bool(first.line.batch)) for line in lines)
        + "</NtryDtls></Ntry>\n"
    )


def _transaction(booked: DemoLine, version: int, *, is_part: bool) -> str:
    line = booked.line
    references = f"<AcctSvcrRef>{booked.reference}</AcctSvcrRef>" if is_part else ""
    if line.end_to_end:
        references += f"<EndToEndId>{escape(line.end_to_end)}</EndToEndId>"
    amount = f'<Amt Ccy="EUR">{_euros(line.cents)}</Amt><CdtDbtInd>{_side(line.cents)}</CdtDbtInd>'
    if version < 8:  # noqa: PLR2004
        amount = f'<AmtDtls><TxAmt><Amt Ccy="EUR">{_euros(line.cents)}</Amt></TxAmt></AmtDtls>'
    party = "Dbtr" if line.cents >= 0 else "Cdtr"
    name = f"<Nm>{escape(line.name)}</Nm>"
    if version >= 8:  # noqa: PLR2004
        name = f"<Pty>{name}</Pty>"
    parties = f"<{party}>{name}</{party}>" if line.name else ""
    if line.iban:
        parties += f"<{party}Acct><Id><IBAN>{line.iban}</IBAN></Id></{party}Acct>"
    remittance = f"<Ustrd>{escape(line.text)}</Ustrd>" if line.text else ""
    if line.reference:
        remittance += f"<Strd><CdtrRefInf><Ref>{line.reference}</Ref></CdtrRefInf></Strd>"
    reason = f"<RtrInf><Rsn><Cd>{line.return_reason}</Cd></Rsn></RtrInf>" if line.return_reason else ""
    return (
        "<TxDtls>"
        + (f"<Refs>{references}</Refs>" if references else "")
        + amount
        + (f"<RltdPties>{parties}</RltdPties>" if parties else "")
        + (f"<RmtInf>{remittance}</RmtInf>" if remittance else "")
        + reason
        + "</TxDtls>"
    )
