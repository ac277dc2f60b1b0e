"""Invented Dutch names: companies, public bodies, people, suppliers."""

import numpy as np

# One name a line would be four hundred lines.
# fmt: off
_SURNAMES = (
    "Jansen", "De Vries", "Van den Berg", "Bakker", "Visser", "Smit", "Meijer", "De Boer", "Mulder",
    "De Groot", "Bos", "Vos", "Peters", "Hendriks", "Van Leeuwen", "Dekker", "Brouwer", "De Wit", "Dijkstra",
    "Smits", "De Graaf", "Van der Meer", "Kok", "Jacobs", "De Haan", "Vermeulen", "Van den Heuvel",
    "Van der Veen", "Van den Broek", "De Bruijn", "Schouten", "Van Beek", "Van Vliet", "Hoekstra", "Maas",
    "Verhoeven", "Koster", "Van Dam", "Prins", "Huisman", "Peeters", "Postma", "Kuipers", "Van Veen",
    "Kuijpers", "Schipper", "Van Wijk", "Jonker", "Blom", "Gerritsen", "Willems", "Van Loon", "Molenaar",
    "Scholten", "Hermans", "Verbeek", "Bosch", "Kramer", "Wolters", "Van Es", "Driessen", "Timmermans",
    "Sanders", "Boersma", "Veenstra", "Zijlstra", "Hofman", "Groen", "Martens", "Evers", "Van Rijn", "Kuiper",
    "Brink", "Roelofs", "Nijland", "Wiersma", "Terpstra", "Bouwman", "Aalbers", "Ten Have", "Oosterhof",
    "Slagter", "Van Zanten", "Kortekaas", "Duijvestijn", "Hogendoorn", "Lammers", "Ruiter", "Snijders",
    "Tuinstra", "Ubbink", "Westra", "Zonneveld", "Eikelboom", "Franken", "IJzerman", "Noordhof", "Van 't Hof",
    "Van der Ploeg", "Öztürk", "El Idrissi", "Yılmaz", "Soekhai", "Nguyen", "Kowalski", "Bouzidi", "Ramdin",
    "Da Silva",
)
_TRADES = (
    "Installatietechniek", "Bouw", "Transport", "Schilderwerken", "Metaal", "Groothandel", "Elektro",
    "Techniek", "Hoveniers", "Logistiek", "Drukwerk", "Verpakkingen", "Interieurbouw", "Machinebouw",
    "Dakbedekking", "Schoonmaak", "Advies", "Automatisering", "Catering", "Bloemen", "Food", "Zuivel",
    "Tuinbouw", "Kunststoffen", "Houthandel", "Staalbouw", "Koeltechniek", "Beveiliging", "Reclame",
    "Vastgoed", "Keukens", "Tegels", "Autobedrijf", "Fietsen", "Textiel", "Meubelen", "Optiek",
    "Fysiotherapie", "Accountants", "Makelaars", "Evenementen", "Grondwerken", "Sloopwerken", "Waterbouw",
    "Scheepsservice", "Landbouwmachines", "Veevoeders", "Bakkerij", "Slagerij", "Visgroothandel", "Recycling",
    "Opslag", "Verhuur", "Liften", "Zonwering", "Zonnepanelen", "Warmtepompen", "Ventilatie", "Meettechniek",
    "Software", "Webdesign", "Opleidingen", "Uitzendbureau", "Kinderopvang", "Zorg", "Apotheek",
    "Laboratorium", "Medische Techniek", "Drogisterij", "Sport",
)
_FORMS = ("BV", "B.V.", "VOF", "Holding BV", "Nederland BV", "& Zn.", "en Zonen BV", "Groep BV")
_PLACE_STARTS = (
    "Ooster", "Wester", "Noorder", "Zuider", "Groot", "Nieuw", "Hooge", "Laag", "Achter", "Voor", "Midden",
    "Lange", "Zwarte", "Witte", "Rijn", "Maas", "Vecht", "Linge", "Eem", "Berkel", "Reigers", "Zwanen",
    "Elzen", "Berken", "Wilgen", "Linden",
)
_PLACE_ENDS = (
    "veen", "hoven", "broek", "marke", "oord", "wolde", "drecht", "kerke", "sluis", "hage", "laar", "rode",
    "waard", "zande", "horst", "beemd",
)
_PUBLIC = (
    "Gemeente {}", "Waterschap {}", "Stichting Openbaar Onderwijs {}", "Veiligheidsregio {}", "GGD {}",
    "Stichting Bibliotheek {}", "Omgevingsdienst {}", "ROC {}", "Ziekenhuis {}", "Woningstichting {}",
)
_SUPPLIES = (
    "Energie", "Staalhandel", "Kantoorartikelen", "Leasing", "Verzekeringen", "Telecom", "Brandstoffen",
    "Onderdelen", "Papier", "Chemie", "Onderhoud", "Vervoer", "Detachering", "Cloud", "Gereedschap",
    "Bouwstoffen", "Emballage", "Kabel", "Hosting", "Arbodienst",
)
_FIRST_NAMES = (
    "A.", "B.", "C.", "D.", "E.", "F.", "G.", "H.", "I.", "J.", "K.", "L.", "M.", "N.", "P.", "R.", "S.",
    "T.", "W.", "Y.",
)
# fmt: on
_TRICKY = (
    "Jansen & Zn.",
    "'t Hoekje",
    "Café Zoë",
    'Eetcafé "De Ster"',
    "Bakker, De Wit & Partners",
    "3B Bouw V.O.F.",
)

ACCOUNT_MANAGERS = (
    "Anouk Terpstra",
    "Bas Verhoeven",
    "Fatima El Idrissi",
    "Joris Dekker",
    "Marieke Zonneveld",
)


def _pick(parts: tuple[str, ...], count: int, rng: np.random.Generator) -> list[str]:
    return [parts[position] for position in rng.integers(0, len(parts), count).tolist()]


def _unique(names: list[str], taken: set[str]) -> list[str]:
    """Return the names in order; one that was given out before gets a number."""
    result = []
    for name in names:
        free, number = name, 2
        while free in taken:
            free, number = f"{name} {number}", number + 1
        taken.add(free)
        result.append(free)
    return result


def _places(count: int, rng: np.random.Generator) -> list[str]:
    starts, ends = _pick(_PLACE_STARTS, count, rng), _pick(_PLACE_ENDS, count, rng)
    return [start + end for start, end in zip(starts, ends, strict=True)]


def _companies(count: int, rng: np.random.Generator) -> list[str]:
    people, trades, forms = (_pick(parts, count, rng) for parts in (_SURNAMES, _TRADES, _FORMS))
    places, shapes = _places(count, rng), rng.integers(0, 4, count).tolist()
    return [
        (
            f"{who} {what} {form}",
            f"{what} {where} {form}",
            f"{who} {where} {form}",
            f"{who} & {other} {what}",
        )[shape]
        for who, what, where, form, shape, other in zip(
            people, trades, places, forms, shapes, people[1:] + people[:1], strict=True
        )
    ]


def customer_names(
    is_public: list[bool], is_consumer: list[bool], is_small: list[bool], rng: np.random.Generator
) -> list[str]:
    """Return a different name for each customer.

    Args:
        is_public: per customer, whether it is a public body.
        is_consumer: per customer, whether it is a private person; never also public.
        is_small: per customer, whether a shop's name would suit it.
        rng: source of the choice.
    """
    count = len(is_public)
    companies = _companies(count, rng)
    bodies = [
        shape.format(where)
        for shape, where in zip(_pick(_PUBLIC, count, rng), _places(count, rng), strict=True)
    ]
    people = person_names(count, rng)
    tricky = list(_TRICKY)
    chosen = []
    for public, consumer, small, body, person, company in zip(
        is_public, is_consumer, is_small, bodies, people, companies, strict=True
    ):
        if public or consumer:
            chosen.append(body if public else person)
        elif small and tricky:
            chosen.append(tricky.pop(0))
        else:
            chosen.append(company)
    return _unique(chosen, set())


def person_names(count: int, rng: np.random.Generator) -> list[str]:
    """Return that many names of people; two may have the same one."""
    return [
        f"{first} {last[0].lower() + last[1:] if ' ' in last else last}"
        for first, last in zip(_pick(_FIRST_NAMES, count, rng), _pick(_SURNAMES, count, rng), strict=True)
    ]


def supplier_names(count: int, rng: np.random.Generator) -> list[str]:
    """Return that many different names of suppliers."""
    people, supplies = _pick(_SURNAMES, count, rng), _pick(_SUPPLIES, count, rng)
    return _unique([f"{who} {what} BV" for who, what in zip(people, supplies, strict=True)], set())
