"""Invented content of the style page."""

EVENTS = (
    (
        "CAFE 047",
        "Cà phê khởi nghiệp #47: Bán hàng cho nhà máy, từ bản thử đến hợp đồng",
        0,
        94,
        120,
        "MIXED",
        "SCHEDULED",
    ),
    ("NGAYHOI 26", "Ngày hội Khởi nghiệp sáng tạo Hải Phòng", 14, 480, 480, "ONSITE", "SCHEDULED"),
    ("DAOTAO 101", "Viết hồ sơ sở hữu trí tuệ trong một buổi chiều", 21, 12, 60, "ONLINE", "SCHEDULED"),
    ("VON 009", "Gặp nhà đầu tư: công nghệ biển và cảng xanh", 30, 8, 40, "ONSITE", "CANCELLED"),
)
ORGANISATIONS = (
    (
        "CORE_CENTRE",
        "Trung tâm hạt nhân",
        "Trung tâm Hỗ trợ khởi nghiệp đổi mới sáng tạo Hải Phòng",
        "Cửa ngõ của mạng lưới: ươm tạo, cố vấn, không gian làm việc.",
        "phường Gia Viên",
    ),
    (
        "UNIVERSITY_CLUB",
        "Câu lạc bộ KNST",
        "CLB Khởi nghiệp Đại học Hàng hải",
        "Sinh viên năm hai trở lên, mỗi tháng một buổi thử ý tưởng.",
        "phường Lê Chân",
    ),
    (
        "VENTURE_FUND",
        "Quỹ đầu tư mạo hiểm",
        "Quỹ Sóng Bạch Đằng",
        "Vòng hạt giống cho logistics, công nghệ biển, sản xuất.",
        "phường Hồng Bàng",
    ),
)
PEOPLE = (
    {
        "name": "Phạm Thu Hà",
        "headline": "Giúp đội kỹ thuật bán được đơn hàng đầu tiên",
        "sectors": ["Logistics", "Công nghệ biển"],
    },
    {
        "name": "Nguyễn Văn Đức",
        "headline": "Hai mươi năm trong nhà máy, ba năm cùng startup",
        "sectors": ["Tự động hoá"],
    },
    {
        "name": "Vũ Thị Ngọc Ẩn",
        "headline": "Sở hữu trí tuệ, hợp đồng, gọi vốn vòng đầu",
        "sectors": ["Pháp lý", "Đầu tư"],
    },
)
CHIPS = (
    {"label": "Tất cả", "url": "#", "current": True, "count": 53},
    {"label": "Cà phê khởi nghiệp", "url": "#", "current": False, "count": 47},
    {"label": "Đào tạo", "url": "#", "current": False, "count": 4},
    {"label": "Cuộc thi", "url": "#", "current": False, "count": 2},
)
NUMBERS = (
    {"value": "46", "label": "số Cà phê khởi nghiệp đã tổ chức"},
    {"value": "206", "label": "dự án, doanh nghiệp được hỗ trợ"},
    {"value": "76", "label": "doanh nghiệp khoa học và công nghệ"},
    {"value": "30–40", "unit": "%", "label": "doanh nghiệp đổi mới sáng tạo vào năm 2030"},
)
STEPS = (
    {
        "when": "Quý I/2026",
        "title": "Mở cổng nhận hồ sơ",
        "text": "Gửi ý tưởng trong một trang, tiếng Việt hoặc tiếng Anh.",
        "state": "done",
    },
    {"when": "Quý II/2026", "title": "Vòng sơ loại", "text": "Mỗi đội có mười phút với ba giám khảo.", "state": "now"},
    {"when": "Quý IV/2026", "title": "Chung kết tại Ngày hội", "state": "next"},
)
COLOURS = ("ground", "card", "text", "quiet", "link", "tide", "primary", "phuong", "lamp", "go", "deep", "line")
TRACKS = ("Cảng và logistics", "Nhà máy thông minh", "Gọi vốn")
SESSIONS = (
    (-6, -5.5, [{"title": "Đón khách, cà phê sáng trên cầu cảng", "is_pause": True}]),
    (
        -5.5,
        -4.5,
        [
            {
                "title": "Phiên khai mạc: Thành phố nhìn ra biển",
                "names": "Nguyễn Văn Đức, Vũ Thị Ngọc Ẩn",
                "room": "Hội trường lớn",
            }
        ],
    ),
    (
        -4.5,
        -3.5,
        [
            {
                "title": "Cảng không giấy tờ: từ vận đơn đến dữ liệu mở",
                "number": 1,
                "names": "Đỗ Quỳnh Chi",
                "room": "Phòng A",
            },
            {
                "title": "Bảo trì dự báo cho dây chuyền cũ",
                "number": 2,
                "names": "Lê Hữu Phước",
                "room": "Phòng B",
                "is_now": True,
            },
            {
                "title": "Mười phút trước nhà đầu tư thiên thần",
                "number": 3,
                "names": "Hoàng Mỹ Linh",
                "room": "Phòng C",
            },
        ],
    ),
    (
        -3.5,
        -2.5,
        [
            {
                "title": "Kho lạnh chạy bằng năng lượng mặt trời",
                "number": 1,
                "names": "Bùi Đức Thắng",
                "room": "Phòng A",
            },
            {"title": "Hỏi đáp về điều khoản đầu tư", "number": 3, "names": "Trần Khánh Vy", "room": "Phòng C"},
        ],
    ),
)
