"""The elements of a seller or buyer on an electronic invoice."""


def party(*elements: str) -> str:
    return f"<cac:Party>{''.join(elements)}</cac:Party>"


def identification(number: str, scheme: str = "") -> str:
    named = f' schemeID="{scheme}"' if scheme else ""
    return f"<cac:PartyIdentification><cbc:ID{named}>{number}</cbc:ID></cac:PartyIdentification>"


def endpoint(number: str, scheme: str) -> str:
    return f'<cbc:EndpointID schemeID="{scheme}">{number}</cbc:EndpointID>'


def vat(number: str, scheme: str = "VAT") -> str:
    return (
        f"<cac:PartyTaxScheme><cbc:CompanyID>{number}</cbc:CompanyID>"
        f"<cac:TaxScheme><cbc:ID>{scheme}</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>"
    )


def legal(name: str = "", number: str = "", scheme: str = "0106") -> str:
    registered = f"<cbc:RegistrationName>{name}</cbc:RegistrationName>" if name else ""
    company = f'<cbc:CompanyID schemeID="{scheme}">{number}</cbc:CompanyID>' if number else ""
    return f"<cac:PartyLegalEntity>{registered}{company}</cac:PartyLegalEntity>"


def named(name: str) -> str:
    return f"<cac:PartyName><cbc:Name>{name}</cbc:Name></cac:PartyName>"
