"""How often somebody without an account may try something."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def allowed(
    request: HttpRequest, limits: dict[str, str], action: str, *, key: str = "", only_look: bool = False
) -> bool:
    """Is one more `action` allowed by these limits? Counts it, unless it only looks."""
    return bool(
        ratelimit.consume(
            request,
            app="attendance",
            action=action,
            config=limits,
            key=f"{request.village.pk}:{key}",  # type: ignore[attr-defined]
            dry_run=only_look,
            limit_get=True,
        )
    )
