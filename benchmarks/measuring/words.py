"""The words that pages say for the values in packets, for builders that have no others."""

from typing import Any

from opmodel.model import vocabulary
from opmodel.views.packet.sections import SECTION_LAYERS

_VOCABULARY: dict[str, type[vocabulary.Vocabulary]] = {
    "status": vocabulary.Status,
    "data": vocabulary.DataClass,
    "operation": vocabulary.Operation,
    "outcome": vocabulary.Outcome,
    "hit_policy": vocabulary.HitPolicy,
    "result": vocabulary.TestResult,
    "layer": vocabulary.Layer,
    "side": vocabulary.Side,
    "phase": vocabulary.Phase,
    "section": vocabulary.Section,
}


def words() -> dict[str, Any]:
    """Return label and meaning of each word by its group, and the sections of a packet's page."""
    found = {
        group: {word.value: {"label": word.label, "meaning": word.meaning} for word in known}
        for group, known in _VOCABULARY.items()
    }
    sections = [
        (section.value, section.label, section.meaning, SECTION_LAYERS.get(section, vocabulary.Layer.SHARED).value)
        for section in vocabulary.Section
        if section is not vocabulary.Section.READINESS
    ]
    own = "The responsibility matrix with the functions that hold each role in this workflow."
    names = ("id", "label", "meaning", "layer")
    sections.append(("responsibilities", "Responsibilities", own, "shared"))
    return {**found, "sections": [dict(zip(names, section, strict=True)) for section in sections]}
