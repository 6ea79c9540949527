"""The addresses that people keep who registered for an activity."""

from django.urls import path

from attendance.views import registrations

app_name = "registered"

urlpatterns = [path("<str:code>/", registrations.registration, name="registration")]
