"""Django's own apps as we configure them: admin with our site, and which static files are served."""

from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as StockStaticFilesConfig


class AdminConfig(StockAdminConfig):
    default_site = "partisipasi.admin.VillageAdminSite"


class StaticFilesConfig(StockStaticFilesConfig):
    """Static files; of Bootstrap's stylesheets only the reboot, for the look is our own, and of Leaflet only itself."""

    ignore_patterns = [
        *StockStaticFilesConfig.ignore_patterns,
        "bootstrap.*",
        "bootstrap-grid*",
        "bootstrap-utilities*",
        "bootstrap-reboot.css",
        "bootstrap-reboot.rtl*",
        # The reboot names its map, and the manifest refuses a file that names a missing one.
        "bootstrap-reboot.css.map",
        # What django-leaflet brings beside Leaflet, and its markers, for ours are our own; the one that its
        # stylesheet names stays.
        "Control.MiniMap.*",
        "draw",
        "leaflet-src.*",
        "leaflet.extras.*",
        "leaflet.forms.js",
        "leaflet_django.css",
        "proj4*.js",
        "marker-icon[-@]2x.png",
        "marker-shadow.png",
        "reset-view.png",
        "toggle.png",
    ]
