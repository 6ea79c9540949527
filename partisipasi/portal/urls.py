from django.urls import path

from partisipasi.portal import views

urlpatterns = [
    path("tampilan.css", views.village_appearance, name="village_appearance"),
    path("tentang/gaya/", views.style, name="style"),
]
