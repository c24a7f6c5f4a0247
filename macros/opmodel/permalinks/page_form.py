"""The two forms of a page's address: its folder, ``faq/who-approves/``, and its file, ``faq/who-approves/index.html``.

Both lead to the same file, so whatever was published stays when a site changes the form. In this package a page is
known by its folder: in the record of addresses, in redirects, in views. The file is only named where a reader follows
an address without a server, or with one that shows no page for a folder: ``use_directory_urls: false``.
"""

PAGE_FILE = "index.html"


def page_file(address: str) -> str:
    """Return the file of the page at an address."""
    return f"{address}{PAGE_FILE}"


def with_file(address: str) -> str:
    """Return the address of a page, or of a part of it, with the page's file; that of any other file as it is."""
    end = min((place for mark in "?#" if (place := address.find(mark)) >= 0), default=len(address))
    path = address[:end]
    return f"{page_file(path)}{address[end:]}" if is_page(path) else address


def page_address(url: str) -> str:
    """Return the address of the page that is published at ``url``, in whichever form."""
    return url.removesuffix(PAGE_FILE) if names_file(url) else url


def names_file(url: str) -> bool:
    """Return whether the address of a page names its file."""
    return url == PAGE_FILE or url.endswith(f"/{PAGE_FILE}")


def is_page(path: str) -> bool:
    """Return whether a path, without query and anchor, is the folder of a page; the home page's is empty."""
    return not path or path.endswith("/")
