"""What was found in one file, for programs."""

from __future__ import annotations

from typing import Any

from etl.messages import Messages
from etl.raw import FileResult


def file_of(result: FileResult, messages: Messages) -> dict[str, Any]:
    """Give what became of a file as plain values.

    Args:
        result: What became of it.
        messages: The language of the sentences.
    """
    delivery, profile = result.delivery, result.profile
    return {
        "delivery_id": delivery.id,
        "source": delivery.source,
        "period": delivery.period,
        "file": delivery.shown,
        "digest": profile.digest if profile else None,
        "bytes": profile.bytes if profile else None,
        "encoding": profile.encoding if profile else None,
        "rows_read": result.rows_read,
        "rows_loaded": result.rows_loaded,
        "rows_rejected": result.rows_rejected,
        "read_as": dict(result.read_as),
        "in_plain_form": result.in_plain_form,
        "totals": {column: f"{total.normalize():f}" for column, total in result.totals.items()},
        "faults": [messages.document(fault) for fault in result.faults],
    }
