"""The only room that knows MkDocs. It asks the core for views and pages, and hands them to the host."""
