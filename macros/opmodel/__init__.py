"""opmodel: write down, check and publish how business and IT share responsibility for AI-agent workflows."""

__version__ = "0.1.0"
