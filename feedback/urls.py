from django.urls import path, register_converter

from . import feeds, tracking, views


class CodeConverter:
    """A tracking code as it is written on the receipt."""

    regex = tracking.CODE

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CodeConverter, "tracking_code")

app_name = "feedback"
urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("umpan.atom", feeds.report_feed, name="report_feed"),
    path("baru/", views.report_new, name="report_new"),
    path("tanda-terima.pdf", views.report_receipt, name="report_receipt"),
    path("lacak/", views.report_track, name="report_track"),
    path("saya/", views.my_reports, name="my_reports"),
    path("loket/", views.report_counter, name="report_counter"),
    path("<tracking_code:code>/", views.report_detail, name="report_detail"),
    path("<tracking_code:code>/foto/<int:pk>/", views.report_photo, name="report_photo"),
    path("<tracking_code:code>/foto/<int:pk>/kecil/", views.report_photo_small, name="report_photo_small"),
    path("<tracking_code:code>/balas/", views.report_reply, name="report_reply"),
    path("<tracking_code:code>/terima/", views.report_accept, name="report_accept"),
    path("<tracking_code:code>/buka-kembali/", views.report_reopen, name="report_reopen"),
]
