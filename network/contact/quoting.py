"""An answer by mail without the history that mail programs put under it; what somebody wrote themselves stays.

Signatures stay: where one begins is a guess, and a guess must not eat a sentence.
"""

import re

OUR_MARKER = re.compile(r"^[>\s*]*##.*(?:Trả lời phía trên dòng này|Reply above this line).*##", re.I)
HEADLINES = re.compile(
    r"^[\s*_]*(?:"
    r"On\b.{4,250}\bwrote:|"
    r"Vào\b.{4,250}\bđã viết:|Vào\b.{4,250}<[^>]*>\s*viết:|"
    r"Ngày\b.{4,250}\bđã viết:"
    r")\s*$",
    re.I,
)
"""Mail programs wrap them over several lines."""
ONE_LINE = re.compile(
    r"^[\s*_]*(?:"
    r".{0,120}<[^<>\s]+@[^<>\s]+>.{0,80}(?:wrote|đã viết|viết)\s*:|"
    r"-{2,}\s*(?:Original Message|Forwarded message|Tin nhắn gốc|Thư gốc|Thư đã chuyển tiếp)\s*-{2,}"
    r")\s*$",
    re.I,
)
FIELD = re.compile(r"^[\s*>]*(?:From|Từ|Người gửi|Sent|Đã gửi|Ngày|Date|To|Tới|Đến|Cc|Subject|Chủ đề)\s*:", re.I)
SENDER = re.compile(r"^[\s*>]*(?:From|Từ|Người gửi)\s*:", re.I)
RULE = re.compile(r"^\s*_{10,}\s*$")
SPREAD = 4
"""Over so many lines a headline is wrapped, or the head of an older message stands."""


def without_history(text: str) -> str:
    """Return what was written now: up to where the older message begins, without lines that are quoted."""
    lines = text.replace("\r\n", "\n").split("\n")
    end = next((number for number in range(len(lines)) if _begins_history(lines, number)), len(lines))
    kept = [line.rstrip() for line in lines[:end] if not line.lstrip().startswith(">")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _begins_history(lines: list[str], number: int) -> bool:
    line = lines[number]
    if not line.strip():
        return False
    if OUR_MARKER.match(line) or ONE_LINE.match(line) or _is_headline(lines, number):
        return True
    after = lines[number + 1 : number + 1 + SPREAD]
    if SENDER.match(line):
        return sum(bool(FIELD.match(later)) for later in after) >= 2
    return bool(RULE.match(line)) and any(SENDER.match(later) for later in after)


def _is_headline(lines: list[str], number: int) -> bool:
    for length in range(1, SPREAD):
        wrapped = lines[number : number + length]
        if not all(line.strip() for line in wrapped):
            return False
        if HEADLINES.match(" ".join(line.strip() for line in wrapped)):
            return True
    return False
