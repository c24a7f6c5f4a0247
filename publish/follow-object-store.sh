#!/usr/bin/env bash
# Keeps the front of an object store at the version that is current there. Run it each minute, as the user that nginx has:
#
#   publish/follow-object-store.sh https://store.example.com/bucket/operating-model /etc/nginx
#
# The folder holds nginx-object-store.conf. This script writes two files beside it, release.conf and redirects.map, and
# has nginx read them. Where nothing changed it does nothing; where anything fails, what is served stays as it was.
# NGINX is the command of the running nginx, with the options that it was started with.
set -euo pipefail

usage() { echo "usage: $0 https://STORE/BUCKET/PREFIX NGINX-FOLDER" >&2; exit 2; }
[ $# -eq 2 ] && [[ $1 =~ ^https?://[^/]+/[A-Za-z0-9._/-]+$ ]] && [ -d "$2" ] || usage
address=${1%/} folder=$2
nginx=${NGINX:-nginx -c $folder/nginx-object-store.conf}

fetch() { curl --fail --silent --show-error --max-time 30 "$address/$1"; }

digest=$(fetch current)
[[ $digest =~ ^[0-9a-f]{16}$ ]] || { echo "$address/current names no version: ${digest:0:40}" >&2; exit 1; }

store=${address%"${address#*://*/}"}
{
  printf 'set $store "%s";\n' "${store%/}"
  printf 'set $release "/%s/releases/%s";\n' "${address#"$store"}" "$digest"
} >"$folder/release.conf.new"
if cmp --silent "$folder/release.conf.new" "$folder/release.conf"; then rm "$folder/release.conf.new"; exit 0; fi

fetch "releases/$digest/_redirects" | awk '$3 == 301 { print $1, $2 ";" }' >"$folder/redirects.map.new"

for name in release.conf redirects.map; do
  [ ! -e "$folder/$name" ] || cp "$folder/$name" "$folder/$name.old"
  mv "$folder/$name.new" "$folder/$name"
done
if ! $nginx -t -q; then
  for name in release.conf redirects.map; do
    if [ -e "$folder/$name.old" ]; then mv "$folder/$name.old" "$folder/$name"; else rm "$folder/$name"; fi
  done
  exit 1
fi
rm -f "$folder/release.conf.old" "$folder/redirects.map.old"
# The first time, nginx is not running yet.
$nginx -s reload 2>/dev/null || echo "nginx is not running; start it with: $nginx" >&2
echo "$digest is served"
