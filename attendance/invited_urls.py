"""The addresses that stand on invitations."""

from django.urls import path

from attendance.views import answers

app_name = "invited"

urlpatterns = [path("<str:code>/", answers.answer, name="answer")]
