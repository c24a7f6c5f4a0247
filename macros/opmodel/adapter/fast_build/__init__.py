"""Fast builds: generated pages are written without the host's loop over pages, and give the same bytes.

The page of a packet, answer or team is complete HTML from its template. The host would run the theme's template for
each one, and hold everything in memory until it is written; at a thousand packets that takes most of a build. Instead:

- ``external`` has pages that the host can link to and list in the sitemap, and that it does not write;
- ``page_layouts`` runs the theme's template once for all pages of a folder with the same sections and scripts, with
  marks in the place of what differs, and fills them in for each page;
- ``previous_output`` moves pages of the previous build to the new output where ``page_keys`` says that nothing changed
  for them;
- ``page_writer`` makes and writes all other pages, in as many processes as there are cores.

Pages of ``docs/`` are built by the host. ``fast_build: false`` in ``mkdocs.yml`` leaves all pages to it; a test
compares every file that both ways write.

It relies on the order of a build as well: ``on_env`` runs after the output folder was emptied.
"""
