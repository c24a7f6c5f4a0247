"""How a packet stands, in the few facts that lists of packets show."""

from dataclasses import dataclass

from opmodel.readiness.assessment import Assessment
from opmodel.readiness.gates import GateResult
from opmodel.readiness.material import packet_digest


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many launch gates pass, which do not, what changed since a side signed, and the digest of the packet."""

    passed: int
    total: int
    open: tuple[GateResult, ...]
    stale: tuple[str, ...]
    """What changed since which side signed, one sentence a side."""
    digest: str

    @property
    def ready(self) -> bool:
        """Whether every gate passes."""
        return self.passed == self.total


def standing(assessment: Assessment) -> Standing:
    """Return how a packet stands that was assessed."""
    sides = (assessment.business, assessment.it)
    return Standing(
        passed=assessment.passed,
        total=len(assessment.gates),
        open=assessment.open,
        stale=tuple(side.reason for side in sides if side.signoff and side.changed),
        digest=packet_digest(assessment.digests),
    )
