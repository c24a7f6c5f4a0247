"""The short way of generated pages: what they share is made once, and they are written without the host's loop.

The page of a packet, answer or team is complete HTML from its template. The long way hands it to the host like any
other page: the theme's template is run for each one, and everything is held in memory until it is written. At a
thousand packets that takes most of a build. The short way gives the same bytes:

- ``external`` gives the host a file that can be linked to and stands in the sitemap, and that it never writes;
- ``page_layouts`` runs the theme's template once for all pages of a folder with the same sections and scripts, with
  marks in the place of what differs, and fills them in for each page;
- ``previous_output`` moves pages of the last build to the new output where ``page_keys`` says that nothing changed
  for them;
- ``publish`` makes each page with the files beside it and writes them, in as many processes as there are cores.

Pages of ``docs/`` go the host's way in every build.

``short_way: false`` in ``mkdocs.yml`` takes the long way. A test compares every file that both ways write.

Inner names of the host that this relies on, each tested: ``mkdocs.commands.build.get_context``, which gives a template
what it prints, and the order of a build: ``on_env`` runs after the output folder was emptied.
"""
