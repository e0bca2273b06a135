"""The banks that people here transfer from and to, by the six digits (BIN) that VietQR knows them by."""

NAMES = {
    "970400": "SAIGONBANK",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970422": "MB Bank",
    "970423": "TPBank",
    "970426": "MSB",
    "970428": "Nam A Bank",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970448": "OCB",
    "970449": "LPBank",
}


def bank_name(code: str) -> str:
    """Return what people call the bank of this code; of one that is not listed here, the code itself."""
    return NAMES.get(code, code)
