"""What editors said to each other about a module's draft."""

from uuid import UUID

from education.models import Module, Remark


def open_remarks(module: Module) -> list[Remark]:
    """What is not settled yet, oldest first."""
    rows = Remark.objects.filter(module=module, resolved_at__isnull=True)
    return list(rows.select_related("said_by", "answered_by"))


def remark(module: Module, key: UUID) -> Remark | None:
    return Remark.objects.filter(module=module, pk=key).first()


def block_keys(module: Module) -> list[str]:
    """The keys of the draft's blocks, in order: what a remark can be about."""
    blocks = (*module.sections, *module.checks, *module.asks)
    return [key for block in blocks if (key := block.value.get("key"))]
