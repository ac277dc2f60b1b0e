"""A camt.053 of 100 MB: to typed rows and into a store, compared with a plain pass of lxml's iterparse.

The file is invented here; its sums are counted while it is written, and the program stops if the reader
has other ones. Times are CPU seconds of the process, so that what else the machine does counts for
nothing; wall seconds stand beside them.
"""

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
ACCOUNT = "NL91ABNA0417164300"
OPENING = 1_000_000_00
SHARE_OF_BATCHES = 0.02


@dataclass
class Sums:
    """What was written: lines, rows after batches are split, and cents."""

    lines: int = 0
    rows: int = 0
    credits: int = 0
    debits: int = 0


def money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def transaction(number: int, cents: int, side: str, sign: str) -> str:
    return f"""
          <TxDtls>
            <Refs><AcctSvcrRef>ZZ{number:014}</AcctSvcrRef><EndToEndId>E2E-{number}</EndToEndId></Refs>
            <Amt Ccy="EUR">{money(cents)}</Amt><CdtDbtInd>{sign}</CdtDbtInd>
            <RltdPties>
              <{side}><Pty><Nm>Klant {number % 3000} &amp; Zonen</Nm><CtryOfRes>NL</CtryOfRes></Pty></{side}>
              <{side}Acct><Id><IBAN>NL{number % 90 + 10}ABNA{number % 3000:010}</IBAN></Id></{side}Acct>
            </RltdPties>
            <RltdAgts><{side}Agt><FinInstnId><BICFI>ABNANL2A</BICFI></FinInstnId></{side}Agt></RltdAgts>
            <RmtInf><Ustrd>Factuur F{number:07} van Klant {number % 3000}, met dank</Ustrd></RmtInf>
          </TxDtls>"""


def write(path: Path, size: int, seed: int) -> Sums:
    """Write one statement of about so many bytes."""
    rng, sums, number = random.Random(seed), Sums(), 0
    with path.open("w", encoding="utf-8") as file:
        file.write(
            f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{NAMESPACE}">\n<BkToCstmrStmt>\n<Stmt>'
            f"<Id>S1</Id><ElctrncSeqNb>1</ElctrncSeqNb><Acct><Id><IBAN>{ACCOUNT}</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
            f'<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{money(OPENING)}</Amt>'
            "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-01</Dt></Dt></Bal>\n"
        )
        while file.tell() < size:
            sign, side = ("CRDT", "Dbtr") if rng.random() < 0.7 else ("DBIT", "Cdtr")
            count = rng.randint(2, 40) if rng.random() < SHARE_OF_BATCHES else 1
            parts = [rng.randint(1, 2_000_000) for _part in range(count)]
            day = f"2026-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
            texts = [transaction(number + place, cents, side, sign) for place, cents in enumerate(parts)]
            file.write(f"""      <Ntry>
        <NtryRef>2026{number:012}</NtryRef>
        <Amt Ccy="EUR">{money(sum(parts))}</Amt>
        <CdtDbtInd>{sign}</CdtDbtInd>
        <Sts><Cd>BOOK</Cd></Sts>
        <BookgDt><Dt>{day}</Dt></BookgDt>
        <ValDt><Dt>{day}</Dt></ValDt>
        <AcctSvcrRef>EE{number:014}</AcctSvcrRef>
        <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
        <NtryDtls>{"".join(texts)}
        </NtryDtls>
      </Ntry>
""")
            number += count
            sums.lines += 1
            sums.rows += count
            if sign == "CRDT":
                sums.credits += sum(parts)
            else:
                sums.debits += sum(parts)
        file.write("</Stmt></BkToCstmrStmt></Document>\n")
    return sums


def plain_pass(path: Path) -> None:
    for _event, _element in etree.iterparse(path):
        pass


def clearing_pass(path: Path) -> None:
    for _event, element in etree.iterparse(path):
        element.clear()


def reading(path: Path, sums: Sums) -> None:
    """Read the file to typed rows, and compare their sums."""
    from data.importers.file_reader import read_file  # noqa: PLC0415 - each way pays for its own imports
    from data.importers.presets import load_preset  # noqa: PLC0415

    result = read_file(path, load_preset("camt"))
    entries, statements = result.grains["bank_entries"], result.grains["bank_statements"]
    stated = statements.select("entries", "credits", "debits").row(0)
    written = (sums.lines, sums.credits, sums.debits)
    if (stated[0], int(stated[1] * 100), int(stated[2] * 100)) != written or entries.height != sums.rows:
        raise SystemExit(f"other sums: {stated}, {entries.height} rows; written: {sums}")
    if int(entries["amount"].sum() * 100) != sums.credits - sums.debits or result.rejected:
        raise SystemExit("the rows do not add up")


def loading(path: Path, folder: str) -> None:
    """Load the file into a new store, as `load` does."""
    from data.store.load import load  # noqa: PLC0415

    load(Path(folder), [path])


def measured(name: str, work: Callable[[], None]) -> tuple[str, float, float, float]:
    """Return CPU seconds, wall seconds and peak MiB of a piece of work in this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return name, time.process_time() - cpu, time.perf_counter() - wall, peak


def one(way: str, path: Path, sums: Sums) -> None:
    """Measure one way, in a process of its own, and print it."""
    with tempfile.TemporaryDirectory() as folder:
        work: dict[str, Callable[[], None]] = {
            "plain": lambda: plain_pass(path),
            "clearing": lambda: clearing_pass(path),
            "read": lambda: reading(path, sums),
            "load": lambda: loading(path, folder),
        }
        name, cpu, wall, peak = measured(way, work[way])
        print(name, cpu, wall, peak)


def main() -> None:
    """Write the file, measure each way in turn and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=6, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        way, path, *numbers = arguments.one
        one(way, Path(path), Sums(*map(int, numbers)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.xml"
        sums = write(path, arguments.megabytes * 1_000_000, 7)
        print(f"{path.stat().st_size / 1e6:.1f} MB, {sums.lines} lines booked, {sums.rows} rows")
        numbers = [str(number) for number in (sums.lines, sums.rows, sums.credits, sums.debits)]
        best: dict[str, tuple[float, float, float]] = {}
        for _round in range(arguments.rounds):
            for way in ("plain", "clearing", "read", "load"):
                command = [sys.executable, __file__, "--one", way, str(path), *numbers]
                said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
                cpu, wall, peak = map(float, said[1:])
                best[way] = min(best.get(way, (cpu, wall, peak)), (cpu, wall, peak))
        least = best["plain"][0]
        print(f"{'way':10}{'CPU s':>8}{'wall s':>8}{'peak MiB':>10}{'× plain':>9}")
        for way, (cpu, wall, peak) in best.items():
            print(f"{way:10}{cpu:8.1f}{wall:8.1f}{peak:10.0f}{cpu / least:9.2f}")


if __name__ == "__main__":
    main()
