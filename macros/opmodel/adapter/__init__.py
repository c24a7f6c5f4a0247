"""The MkDocs plugin: adds what the rest of the package makes to a MkDocs build. No other room imports MkDocs."""
