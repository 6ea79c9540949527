"""Django's own apps as we configure them: admin with our site, and which static files are served."""

from django.contrib.admin.apps import AdminConfig as StockAdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig as StockStaticFilesConfig


class AdminConfig(StockAdminConfig):
    default_site = "partisipasi.admin.VillageAdminSite"


class StaticFilesConfig(StockStaticFilesConfig):
    """Static files; of Bootstrap's stylesheets only the reboot, for the look is our own."""

    ignore_patterns = [
        *StockStaticFilesConfig.ignore_patterns,
        "bootstrap.*",
        "bootstrap-grid*",
        "bootstrap-utilities*",
        "bootstrap-reboot.css",
        "bootstrap-reboot.rtl*",
        # The reboot names its map, and the manifest refuses a file that names a missing one.
        "bootstrap-reboot.css.map",
    ]
