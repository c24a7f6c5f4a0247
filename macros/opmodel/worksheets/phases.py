"""Phases of other organisations, and the nearest phase of ours."""

import re

from opmodel.model.vocabulary import Phase
from opmodel.worksheets.names import folded_name, same_name

_PHASE_WORD = re.compile(r"\b(phase|stage|etape|fase)\b\s*[\divx]*\b|^\W*\d+(\.\d+)*\W+", re.I)
_OWN = {phase: (phase.value, phase.label) for phase in Phase}
_NEAR = {
    Phase.CHOOSE: "choos select discover initiat ideation idea intake identif concept feasib qualif assess evaluat",
    Phase.DEFINE: "defin plan design require analys specif scop elaborat prepar govern strateg architect concep konzep",
    Phase.BUILD: "build develop implement construct execut configur test integrat procur acquir creat realis umsetz",
    Phase.LAUNCH: "launch deploy releas golive transition rollout roll pilot cutover onboard handover accept einfuhr",
    Phase.RUN: "run operat support maintain maintenan monitor respon service manag control incident betrieb exploit",
    Phase.CHANGE: "chang improv retir decommission clos optimi lessons sunset abschluss clotur offboard dispos",
}
"""Beginnings of words that name a phase elsewhere."""


def own_phase(text: str) -> Phase | None:
    """Return the phase of ours that ``Build``, ``Phase 2: Build`` or ``3. Build phase`` names."""
    return same_name(_PHASE_WORD.sub(" ", text), _OWN)


def nearest_phase(text: str) -> Phase | None:
    """Return the phase of ours that comes nearest to a name such as ``Operate``, or None."""
    if found := own_phase(text):
        return found
    words = folded_name(_PHASE_WORD.sub(" ", text)).split()
    for word in words:
        for phase, beginnings in _NEAR.items():
            if any(word.startswith(each) for each in beginnings.split()):
                return phase
    return None


def says_phase(text: str) -> bool:
    """Whether a heading calls itself a phase, or is nothing but the name of one."""
    if re.search(r"\b(phase|stage|etape|fase)\b", folded_name(text)) and len(text) < 80:
        return True
    return own_phase(text) is not None or (len(folded_name(text).split()) <= 2 and nearest_phase(text) is not None)
