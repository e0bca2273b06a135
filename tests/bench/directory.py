"""How long a search of a large directory takes, with the counts of every facet and a page of rows.

    .venv/bin/python -m tests.bench.directory [--on sqlite|postgresql] [--organisations 20000] [--people 50000]

Each answer is what a list page asks for: words and filters, all facets counted, 24 rows with what their cards show.
Goals at 20,000 organisations and 50,000 people on two cores: p95 150 ms on SQLite, 80 ms on PostgreSQL, 12 statements.
The first search of a process, which reads the index into memory, and the reading of one change are told apart. Times
are those on the clock; beside them stands the processor's time of this process, which a busy machine does not change.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from random import Random
from statistics import quantiles
from typing import Any

from tests.bench import production

PAGE = 24
# ruff: noqa: SIM905
FAMILY = "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lương Mai".split()
MIDDLE = "Văn Thị Minh Quang Thu Ngọc Hải Đức Thanh Xuân Gia Bảo Hữu Phương Tuấn Mỹ Hoài Khánh Quốc Lan".split()
GIVEN = """
An Anh Bình Châu Chi Cường Dung Dũng Duy Đạt Đức Giang Hà Hải Hạnh Hiếu Hoa Hòa Hùng Hương Huy Khánh Khôi Kiên Lâm Lan
Linh Long Mai Minh My Nam Nga Ngân Ngọc Nhung Oanh Phong Phúc Phương Quân Quỳnh Sơn Tâm Thảo Thắng Thủy Trang Trung Tú
Tuấn Tùng Uyên Vân Việt Vinh Vy Yến
""".split()
SYLLABLES = """
biển cảng sóng neo buồm thuyền lưới muối cát đảo phượng hoa sen lúa mạ sông hồ núi rừng mây nắng gió mưa đất đá vàng
bạc xanh đỏ tím trắng sáng tối mới cũ nhanh chậm cao sâu rộng xa gần máy móc cảm điện mạch pin sạc in vải may dệt gỗ
thép nhựa kính gạch xi măng dược sinh học y tế khám chữa thuốc cà phê chè cá tôm rươi mắm gạo nếp vải nhãn cam bưởi
học dạy trường lớp sách bút giấy thơ nhạc phim ảnh game số liệu bản đồ đường tàu xe bến kho lạnh chuỗi vận tải giao
hàng chợ quán nhà phố làng xã phường thành thị du lịch khách sạn tiền quỹ vốn lãi thuế bảo hiểm an toàn robot drone
cloud data chain port smart green blue fast deep logistics marine fintech edtech agritech biotech analytics robotics
vision
""".split()
KIND_WORDS = ["Công ty", "Quỹ", "CLB", "Trung tâm", "Viện", "Vườn ươm", "Hiệp hội", "Nhóm", "Xưởng", "Startup"]
WARDS = [
    f"phường {first} {second}"
    for first in ("Hồng", "Gia", "Kiến", "Hải", "An", "Lê", "Ngô", "Thủy", "Đồ", "Nam")
    for second in ("Bàng", "Viên", "An", "Dương", "Biên", "Chân", "Quyền", "Nguyên", "Sơn", "Triệu", "Hưng")
]
QUESTIONS: list[tuple[str, str, dict[str, list[str]]]] = [
    ("o", "", {}),
    ("o", "quy buom nau", {}),
    ("o", "cong ty cam bien", {"sector": ["sector-1"]}),
    ("o", "CLB", {"kind": ["UNIVERSITY_CLUB"]}),
    ("o", "trung tam", {"ward": ["phuong-hong-bang"], "sector": ["sector-2", "sector-3"]}),
    ("o", "logitsics", {}),
    ("o", "startup xanh", {"stage": ["SEED", "PRE_SEED"]}),
    ("o", "", {"kind": ["STARTUP"], "need": ["skill-4"], "sector": ["sector-0"]}),
    ("o", "ct", {}),
    ("o", "vien robotcs bien", {"sector": ["sector-5"]}),
    ("o", "haiphong port smart", {}),
    ("o", "khong co ai ten nay", {}),
    ("p", "", {}),
    ("p", "nguyen", {}),
    ("p", "nguyen van", {"role": ["MENTOR"]}),
    ("p", "nguyen thi huong", {"sector": ["sector-1"], "language": ["en"]}),
    ("p", "hurong tran", {}),
    ("p", "", {"role": ["MENTOR"], "skill": ["skill-2", "skill-3"], "availability": ["OPEN"]}),
    ("p", "minh anh", {"role": ["FOUNDER", "INVESTOR"]}),
    ("p", "ban hang nha may", {}),
    ("p", "a", {}),
    ("p", "phm thu hà", {"ward": ["phuong-gia-vien"]}),
    ("p", "mentor logistics", {"language": ["vi", "en"]}),
    ("p", "gọi vốn vòng hạt giống cho công ty", {}),
]  # fmt: skip


def main() -> None:
    """Make the directory, ask each question so many times in a mixed order, print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    options.add_argument("--organisations", type=int, default=20_000)
    options.add_argument("--people", type=int, default=50_000)
    options.add_argument("--times", type=int, default=20)
    chosen = options.parse_args()
    with production.environment() if chosen.on == "postgresql" else production.embedded():
        production.prepare()
        chance = Random("directory")
        took = _timed(lambda: _fill(chance, chosen.organisations, chosen.people))
        print(
            f"{chosen.on}: {chosen.organisations} organisations, {chosen.people} people, "
            f"made and indexed in {took / 1000:.0f} s"
        )
        _measure(chance, chosen.times)


def _timed(act: Callable[[], Any]) -> float:
    return _both(act)[0]


def _both(act: Callable[[], Any]) -> tuple[float, float]:
    """Milliseconds on the clock, and of this process's processor time."""
    began, busy = time.perf_counter(), time.process_time()
    act()
    return (time.perf_counter() - began) * 1000, (time.process_time() - busy) * 1000


def _measure(chance: Random, times: int) -> None:
    clock, busy = _both(lambda: _answer("o", "", {}))
    print(f"first search of a process: {clock:.0f} ms, {busy:.0f} ms of processor")
    print(f"first misspelt ones: {_timed(lambda: [_answer(kind, 'logitsics', {}) for kind in 'op']):.0f} ms")
    print(f"a change, written to the index: {_timed(_change):.0f} ms;", end=" ")
    print(f"the search that reads it: {_timed(lambda: _answer('p', 'nguyen', {})):.0f} ms")
    took: dict[int, list[tuple[float, float]]] = {number: [] for number in range(len(QUESTIONS))}
    asked = [number for number in took for _time in range(times)]
    chance.shuffle(asked)
    for number in asked:
        took[number].append(_both(lambda number=number: _answer(*QUESTIONS[number])))
    head = f"{'':2}{'search':38}{'filters':58}{'found':>8}{'SQL':>5}"
    print(f"{head}{'p50 ms':>9}{'p95 ms':>9}{'CPU p50':>9}{'CPU p95':>9}")
    for number, (kind, search, filters) in enumerate(QUESTIONS):
        found, statements = _counted(kind, search, filters)
        said = " ".join(f"{name}={','.join(values)}" for name, values in filters.items())
        print(f"{kind:2}{search:38}{said:58}{found:>8}{statements:>5}{_cut(took[number])}")
    print(f"{'all ' + str(len(asked)) + ' searches':111}{_cut([one for some in took.values() for one in some])}")


def _cut(took: list[tuple[float, float]]) -> str:
    """p50 and p95 of both."""
    cuts = [quantiles(each, n=20) for each in zip(*took, strict=True)]
    return "".join(f"{cut[9]:>9.1f}{cut[18]:>9.1f}" for cut in cuts)


def _answer(kind: str, search: str, filters: dict[str, list[str]]) -> int:
    """Ask as a list page does; read what its cards show."""
    from network.directory import entries, finding  # inline: only after Django is set up

    if kind == "o":
        found = finding.find_organisations(search=search, chosen=filters)
        for row in entries.organisations(found.ids(0, PAGE)):
            _shown = (row.name, row.summary, [sector.name for sector in row.sectors.all()])
    else:
        found = finding.find_people(search=search, chosen=filters)
        for person in entries.people(found.ids(0, PAGE)):
            _told = (person.person.full_name, person.headline, [sector.name for sector in person.sectors.all()])
    return len(found)


def _counted(kind: str, search: str, filters: dict[str, list[str]]) -> tuple[int, int]:
    from django.db import connection  # inline: only after Django is set up
    from django.test.utils import CaptureQueriesContext  # inline: as above

    with CaptureQueriesContext(connection) as captured:
        found = _answer(kind, search, filters)
    return found, len(captured)


def _change() -> None:
    from network.directory import index  # inline: only after Django is set up
    from network.models import Profile  # inline: as above

    profile = Profile.objects.select_related("person")[7]
    profile.headline_vi = profile.headline = "Một dòng mới"
    profile.save()
    index.refresh(profiles=[profile.pk])


def _fill(chance: Random, organisations: int, people: int) -> None:
    from network.directory import index  # inline: only after Django is set up
    from network.models import Sector, Skill  # inline: as above

    sectors = [
        Sector.objects.create(code=f"sector-{n}", name_vi=_name(chance, 3), name_en=_name(chance, 2)) for n in range(9)
    ]
    skills = [
        Skill.objects.create(code=f"skill-{n}", name_vi=_name(chance, 2), name_en=_name(chance, 2)) for n in range(30)
    ]
    _organisations(chance, organisations, sectors, skills)
    _people(chance, people, sectors, skills)
    index.rebuild()


def _name(chance: Random, words: int) -> str:
    return " ".join(chance.choices(SYLLABLES, k=words)).capitalize()


def _made_up(chance: Random) -> str:
    """A brand that no other has: half of all startups are called something like this."""
    return "".join(
        chance.choices(["ha", "lo", "vi", "tek", "ra", "mo", "zen", "bi", "nex", "sol", "qua", "ly"], k=3)
    ).title()


def _organisations(chance: Random, many: int, sectors: list[Any], skills: list[Any]) -> None:
    from network.models import Organisation, Stage, StartupFacts  # inline: only after Django is set up
    from network.vietnamese import fold, sort_key  # inline: as above

    kinds = [*Organisation.Kind.values, *["STARTUP"] * 20, *["ENTERPRISE"] * 8]
    rows = []
    for number in range(many):
        name = f"{chance.choice(KIND_WORDS)} {_name(chance, chance.randint(2, 4))}"
        name = f"{name} {_made_up(chance)}" if chance.random() < 0.5 else name
        summary = " ".join(chance.choices(SYLLABLES, k=14))
        told = {"name": name, "name_vi": name, "name_en": _name(chance, 3), "summary": summary, "summary_vi": summary}
        code = f"o-{number}"
        rows.append(Organisation(code=code, slug=code, kind=chance.choice(kinds), ward=chance.choice(WARDS), **told,
                                 search_text=fold(name), sort_key=sort_key(name)[:800]))  # fmt: skip
    Organisation.objects.bulk_create(rows, batch_size=500)
    _link(Organisation.sectors.through, "organisation_id", "sector_id", _pairs(chance, rows, sectors, 3))
    _link(Organisation.needs.through, "organisation_id", "skill_id", _pairs(chance, rows, skills, 2))
    startups = [row for row in rows if row.kind == "STARTUP"]
    facts = [StartupFacts(organisation=row, stage=chance.choice(Stage.values)) for row in startups]
    StartupFacts.objects.bulk_create(facts, batch_size=500)


def _people(chance: Random, many: int, sectors: list[Any], skills: list[Any]) -> None:
    from network.models import Person, Profile, Role  # inline: only after Django is set up
    from network.vietnamese import fold, name_sort_key  # inline: as above

    people = []
    for number in range(many):
        name = f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"
        people.append(Person(email=f"p{number}@bench.example", full_name=name, search_text=fold(name),
                             sort_key=name_sort_key(name)[:400]))  # fmt: skip
    Person.objects.bulk_create(people, batch_size=500)
    rows = []
    for number, person in enumerate(people):
        headline = " ".join(chance.choices(SYLLABLES, k=9))
        languages = chance.choice(["vi", "vi,en", "en", "vi,ja", "vi,ko,en"])
        told = {"headline": headline, "headline_vi": headline, "languages": languages, "ward": chance.choice(WARDS)}
        free = chance.choice(Profile.Availability.values)
        rows.append(
            Profile(person=person, slug=f"p-{number}", is_listed=True, availability=free, search_text="", **told)
        )
    Profile.objects.bulk_create(rows, batch_size=500)
    _link(Profile.sectors.through, "profile_id", "sector_id", _pairs(chance, rows, sectors, 3))
    _link(Profile.skills.through, "profile_id", "skill_id", _pairs(chance, rows, skills, 4))
    roles = [Role(profile=row, kind=kind) for row in rows for kind in set(chance.choices(Role.Kind.values, k=2))]
    Role.objects.bulk_create(roles, batch_size=500)


def _pairs(chance: Random, rows: list[Any], others: list[Any], most: int) -> Iterator[tuple[int, int]]:
    for row in rows:
        for other in chance.sample(others, k=chance.randint(1, most)):
            yield row.pk, other.pk


def _link(through: Any, one: str, other: str, pairs: Iterator[tuple[int, int]]) -> None:
    through.objects.bulk_create([through(**{one: first, other: second}) for first, second in pairs], batch_size=400)


if __name__ == "__main__":
    main()
