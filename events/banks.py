"""The banks that people here transfer from and to, by the number (BIN) that VietQR knows them by.

Source: NAPAS's list of members.
"""

from collections.abc import Mapping

NAMES: Mapping[str, str] = {
    "970400": "SAIGONBANK",
    "970403": "Sacombank",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970409": "Bac A Bank",
    "970412": "PVcomBank",
    "970415": "VietinBank",
    "970416": "ACB",
    "970418": "BIDV",
    "970419": "NCB",
    "970422": "MB Bank",
    "970423": "TPBank",
    "970424": "Shinhan Bank",
    "970425": "ABBANK",
    "970426": "MSB",
    "970427": "VietABank",
    "970428": "Nam A Bank",
    "970429": "SCB",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970433": "Vietbank",
    "970436": "Vietcombank",
    "970437": "HDBank",
    "970438": "BAOVIET Bank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970446": "Co-opBank",
    "970448": "OCB",
    "970449": "LPBank",
    "970452": "Kienlongbank",
    "970454": "BVBank",
}


def bank_name(code: str) -> str:
    """Return what people call the bank of this number; of one that is not listed here, the number itself."""
    return NAMES.get(code, code)
