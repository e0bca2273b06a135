"""What people agree to, in the words that they read: one text per purpose, in both languages, with a version.

A lawyer must confirm every text before the platform is opened to the public (Law 91/2025/QH15 on personal data
protection; Decree 356/2025). A changed text gets the next version, and everybody is asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from network.models import Consent

Purpose = Consent.Purpose


@dataclass(frozen=True, kw_only=True)
class Text:
    """One version of what is agreed to."""

    version: int
    title_vi: str
    title_en: str
    text_vi: str
    text_en: str

    def title(self, language: str) -> str:
        """Return the title in `language` (English for "en", else Vietnamese)."""
        return self.title_en if language == "en" else self.title_vi

    def text(self, language: str) -> str:
        """Return the text in `language` (English for "en", else Vietnamese)."""
        return self.text_en if language == "en" else self.text_vi


TEXTS: Mapping[Purpose, Text] = {
    Purpose.REGISTRATION: Text(
        version=1,
        title_vi="Dùng dữ liệu của tôi để đăng ký và tổ chức sự kiện",
        title_en="Use my data to register me and to run the event",
        text_vi=(
            "Chúng tôi lưu họ tên, e-mail, số điện thoại (nếu có), câu trả lời và lượt vào cửa của bạn. "
            "Ban tổ chức sự kiện xem được những dữ liệu này; người soát vé chỉ thấy họ tên, loại vé và trạng thái vé. "
            "Mỗi lần xem hoặc xuất danh sách đều được ghi lại. "
            "Thư đã gửi được xoá nội dung sau 180 ngày; phần còn lại được giữ đến khi bạn xoá dữ liệu của mình. "
            "Bạn có thể rút lại sự đồng ý này bất cứ lúc nào trong mục “Dữ liệu của tôi”."
        ),
        text_en=(
            "We store your name, e-mail, phone (if given), answers and check-ins. "
            "The event's organisers see them; door staff see only your name, ticket type and ticket status. "
            "Every look at the list and every export is logged. "
            "Letters to you lose their content after 180 days; the rest stays until you delete your data. "
            "You can withdraw this consent at any time under “My data”."
        ),
    ),
    Purpose.NEWSLETTER: Text(
        version=1,
        title_vi="Gửi bản tin cho tôi",
        title_en="Send me the newsletter",
        text_vi=(
            "Chúng tôi dùng e-mail của bạn để gửi tin về sự kiện và chương trình đổi mới sáng tạo của Hải Phòng. "
            "Chúng tôi không đưa địa chỉ của bạn cho ai khác. Bạn rút lại lúc nào, chúng tôi ngừng gửi lúc đó."
        ),
        text_en=(
            "We use your e-mail to send news about Hai Phong's innovation events and programmes. "
            "We give your address to nobody else. When you withdraw, we stop."
        ),
    ),
    Purpose.PHOTO: Text(
        version=1,
        title_vi="Đăng ảnh có tôi tại sự kiện",
        title_en="Publish event photos that show me",
        text_vi=(
            "Ban tổ chức chụp ảnh tại sự kiện và có thể đăng ảnh nhận ra bạn trên trang này và kênh của thành phố. "
            "Không đồng ý cũng không ảnh hưởng đến việc đăng ký. "
            "Khi bạn rút lại, hãy cho ban tổ chức biết ảnh nào để gỡ xuống."
        ),
        text_en=(
            "The organisers take photos and may publish some that show you on this site and the city's channels. "
            "You can register without agreeing. When you withdraw, tell the organisers which photos to take down."
        ),
    ),
    Purpose.DIRECTORY: Text(
        version=1,
        title_vi="Hiện tên tôi trong danh bạ",
        title_en="Show me in the directory",
        text_vi=(
            "Ai cũng xem được họ tên, phần giới thiệu cố vấn và tổ chức mà bạn chọn hiển thị. "
            "E-mail và số điện thoại không bao giờ hiển thị. Khi bạn rút lại, chúng tôi ẩn bạn khỏi danh bạ ngay."
        ),
        text_en=(
            "Everybody can see your name, your mentor profile and the organisations that you choose to show. "
            "Your e-mail and phone are never shown. When you withdraw, you leave the directory at once."
        ),
    ),
    Purpose.GREETING: Text(
        version=1,
        title_vi="Chào tôi bằng tên trên màn hình ở sự kiện",
        title_en="Greet me by name on the screen at the event",
        text_vi=(
            "Khi bạn vào cửa, màn hình lớn có thể hiện lời chào với tên gọi của bạn và tổ chức mà bạn chọn hiển thị "
            "trong danh bạ; ai ở đó cũng thấy. Không hiện gì khác. "
            "Không đồng ý cũng không ảnh hưởng đến việc vào cửa. Bạn rút lại lúc nào, lời chào ngừng lúc đó."
        ),
        text_en=(
            "When you come in, the large screen may greet you by your given name and the organisation that you show in "
            "the directory; everybody there can see it. Nothing else is shown. "
            "You get in without agreeing. When you withdraw, the greetings stop."
        ),
    ),
}
