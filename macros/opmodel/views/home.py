"""The diagram and cards of the home page."""

from dataclasses import dataclass

from opmodel.load.operating_model import OperatingModel
from opmodel.model.organisation import CallToAction
from opmodel.model.vocabulary import Layer


@dataclass(frozen=True, kw_only=True)
class Card:
    """A summary card: its colour by layer, heading, text and address."""

    layer: str
    title: str
    text: str
    address: str

    @property
    def shape(self) -> bool:
        """Whether the card is about one layer, whose shape it shows."""
        return self.layer in {layer.value for layer in Layer}


@dataclass(frozen=True, kw_only=True)
class DiagramWords:
    """The words in one shape of the diagram: a title, and lines with their height."""

    name: str
    x: int
    title: str = ""
    lines: tuple[tuple[int, str], ...]


@dataclass(frozen=True, kw_only=True)
class OverlapDiagram:
    """The diagram of business and IT that overlap in the packet; ``title`` describes it for screen readers."""

    title: str
    caption: str
    parts: tuple[DiagramWords, ...]


OVERLAP_DIAGRAM = OverlapDiagram(
    title="A circle for business and a square for IT overlap; in the overlap lies the shared packet.",
    caption="Business owns the job, IT owns the platform constraints, and both agree on the control model, "
    "in one packet for each workflow.",
    parts=(
        DiagramWords(
            name="business", x=56, title="Business", lines=((113, "the job"), (133, "thresholds"), (153, "outcomes"))
        ),
        DiagramWords(name="it", x=286, title="IT", lines=((113, "access"), (133, "policy"), (153, "support"))),
        DiagramWords(name="packet", x=170, lines=((114, "One"), (132, "shared"), (150, "packet"))),
    ),
)

CARDS = (
    Card(
        layer="business",
        title="Business owns",
        text="The job: the workflow definition, its thresholds and the operating outcomes.",
        address="guide/division-of-responsibility/",
    ),
    Card(
        layer="shared",
        title="The shared layer",
        text="The control model: approval model, auditability and launch readiness.",
        address="guide/approval-model/",
    ),
    Card(
        layer="it",
        title="IT owns",
        text="The platform: access, platform policy, supportability and integration boundaries.",
        address="guide/division-of-responsibility/",
    ),
    Card(
        layer="failure",
        title="Common failure",
        text="Treating the rollout as only a tooling project, or as only a process project.",
        address="guide/failure-patterns/",
    ),
    Card(
        layer="review",
        title="Best review",
        text="One owner for value, one owner for safety, one shared packet.",
        address="guide/launch-readiness/",
    ),
    Card(
        layer="good",
        title="What good looks like",
        text="Useful to the operators who run the work, and defensible to IT.",
        address="guide/choose-first-workflow/",
    ),
)


def call_to_action(model: OperatingModel) -> CallToAction | None:
    """Return the call to action of the home page, or None if the site has none."""
    return model.site.value.call_to_action if model.site else None
