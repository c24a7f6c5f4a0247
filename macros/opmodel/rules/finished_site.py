"""The rule on finished pages, which a build looks at and a check cannot."""

FINISHED_SITE = "finished-site"
MEANINGS = {
    FINISHED_SITE: (
        "The finished site has what the build put there: the site's own search worker and no other, an index that the "
        "search reads, and on each page the site's policy, its head and the page's own address. A theme or plugin can "
        "leave one out without a word, so each build looks at the pages that it wrote, and fails."
    )
}
