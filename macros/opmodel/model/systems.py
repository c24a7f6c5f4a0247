"""Systems that agents work in, and the AI models that they run on."""

from pydantic import Field

from opmodel.model.base import FrozenModel
from opmodel.model.values import AiModelId, Date, Id, Line, Link, TeamId
from opmodel.model.vocabulary import Criticality, DataClass, InputUse, SystemKind


class System(FrozenModel):
    """A system that agents read or write, or that a workflow relies on."""

    id: Id = Field(description="Short id, which packets name.")
    name: Line = Field(description="Name of the system, as people say it.")
    owner: TeamId = Field(description="The team that owns it.")
    kind: SystemKind | None = Field(None, description="What kind of system it is.")
    data_class: DataClass = Field(description="The most sensitive data that it holds.")
    criticality: Criticality | None = Field(None, description="How much depends on it.")
    link: Link | None = Field(None, description="Where it is described, such as its entry in a service catalogue.")
    aliases: tuple[Line, ...] = Field((), description="Other names that people use for it, or for a part of it.")


class AiModel(FrozenModel):
    """A version of an AI model that agents run on."""

    id: Id = Field(description="Short id of the model in this version.")
    provider: Line = Field(description="Who provides it.")
    model: Line = Field(description="Name of the model, as the provider says it.")
    version: Line = Field(description="The version in use, as the provider says it.")
    regions: tuple[Line, ...] = Field(min_length=1, description="Where inputs are processed.")
    hosted: Line = Field(description="Where it runs, such as with the provider or in an own data centre.")
    input_use: InputUse | None = Field(None, description="What happens to inputs after the answer.")
    contract_owner: TeamId = Field(description="The team that owns the contract with the provider.")
    ends: Date | None = Field(None, description="The day on which it is withdrawn, if that is known.")
    fallback: AiModelId | None = Field(None, description="The model that takes its place.")


class Systems(FrozenModel):
    """``data/systems.yml``, which a site may have: the systems that packets name by their ids."""

    systems: tuple[System, ...] = Field(min_length=1, description="The systems, in any order.")


class AiModels(FrozenModel):
    """``data/models.yml``, which a site may have: the AI models that agents run on."""

    models: tuple[AiModel, ...] = Field(min_length=1, description="The models, in any order.")
