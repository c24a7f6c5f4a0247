#!/usr/bin/env bash
# Publishes a built site to an S3-compatible object store, all at once or not at all.
#
#   publish/upload-to-object-store.sh site s3://bucket/operating-model
#
# Every version gets a folder of its own, named by its content: <target>/releases/<digest>/. Only when all of it is there
# does <target>/current, a small file with that name, change. One object is written whole or not at all, so a reader never
# sees half of a version, and going back is writing the former name.
#
# What answers readers must take pages from the folder that "current" names; docs/reference/publishing.md shows how.
# SWITCH names a command that is run with the new folder's name as its last argument, before "current" is written: for a
# front that is told rather than one that looks. The command is `aws`; AWS_ENDPOINT_URL names another store than Amazon's.
set -euo pipefail

usage() { echo "usage: $0 SITE-FOLDER s3://BUCKET/PREFIX" >&2; exit 2; }
[ $# -eq 2 ] && [[ $2 == s3://?* ]] || usage
site=$1 target=${2%/}
[ -f "$site/index.html" ] || { echo "$site holds no built site: run 'make site' first" >&2; exit 2; }

# The same content always has the same name, so a second run uploads nothing new.
digest=$(cd "$site" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-16)
release=$target/releases/$digest

put() { aws s3 cp --only-show-errors --recursive "$site" "$release" --exclude "*" "$@"; }

hex="[0-9a-f]" revalidate="no-cache"
hash=$hex$hex$hex$hex$hex$hex$hex$hex # in the name of a file that never changes
forever="public, max-age=31536000, immutable"
put --include "*" --exclude "*.md" --exclude "*.ics" --exclude "*.csv" --exclude "*.dmn" --exclude "*feed.xml" \
  --exclude "*.$hash.min.*" --cache-control "$revalidate"
put --include "*.$hash.min.*" --cache-control "$forever"
put --include "*.md" --cache-control "$revalidate" --content-type "text/markdown; charset=utf-8"
put --include "*.ics" --cache-control "$revalidate" --content-type "text/calendar; charset=utf-8"
put --include "*.csv" --cache-control "$revalidate" --content-type "text/csv; charset=utf-8"
put --include "*.dmn" --cache-control "$revalidate" --content-type "application/xml"
put --include "*feed.xml" --cache-control "$revalidate" --content-type "application/atom+xml"

there=$(aws s3 ls --recursive "$release/" | wc -l)
here=$(find "$site" -type f | wc -l)
[ "$there" -eq "$here" ] || { echo "$there of $here files arrived; the site was not switched" >&2; exit 1; }

if [ -n "${SWITCH:-}" ]; then $SWITCH "$digest"; fi
printf '%s\n' "$digest" | aws s3 cp --only-show-errors - "$target/current" --cache-control "no-store" --content-type "text/plain"
echo "$digest is current; going back: printf '%s\n' <former> | aws s3 cp - $target/current"
