"""Who counts as a reader: people, not programs that fetch pages for other reasons."""

import re

from django.http import HttpRequest

# Programs say who they are, by these words or by naming themselves after their library.
_PROGRAM = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|archiver|scrap|fetch|monitor|uptime|preview|validator|headless|lighthouse"
    r"|facebookexternalhit|whatsapp/|telegram|embedly|feed|rss|curl|wget|python|java/|go-http|okhttp|libwww|httpx?/"
    r"|axios|node|ruby|perl|php|scan|probe|check",
    re.IGNORECASE,
)


def counts_as_reader(request: HttpRequest) -> bool:
    """Does a person look at the page now? Not a program, not a browser that only fetches ahead, not HEAD."""
    agent = request.headers.get("User-Agent", "").strip()
    ahead = f"{request.headers.get('Sec-Purpose', '')} {request.headers.get('Purpose', '')}".lower()
    fetched_ahead = "prefetch" in ahead or "prerender" in ahead or "preview" in ahead
    return request.method == "GET" and bool(agent) and not fetched_ahead and not _PROGRAM.search(agent)
