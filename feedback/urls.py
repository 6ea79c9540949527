from django.urls import path, register_converter

from . import tracking, views


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
    path("<tracking_code:code>/", views.report_detail, name="report_detail"),
]
