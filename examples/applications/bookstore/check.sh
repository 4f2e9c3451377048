#!/usr/bin/env bash
# After a deployment: ./check.sh https://books.example.org
# Shows that the shop answers over HTTPS, that its database works, and that every instance sees the covers of the others. Leaves one book.
set -euo pipefail
url=${1:?say where the shop is, such as https://books.example.org}
ask() { curl --fail --silent --show-error --max-time 20 "$@"; }
cover=$(mktemp)
trap 'rm -f "$cover"' EXIT
head -c 100000 /dev/urandom > "$cover"

[ "$(ask "$url/health")" = ok ]
echo "healthy: $url"
if [[ $url == https://* ]]; then
  [ "$(curl --silent --max-time 20 --output /dev/null --write-out '%{http_code}' "http://${url#https://}/")" = 301 ]
  echo 'port 80 redirects'
fi
answer=$(ask --form title='A check' --form author=check.sh --form price_cents=1 --form "cover=@$cover;filename=check.png" "$url/books")
name=$(sed -n 's/.*"cover": *"\([^"]*\)".*/\1/p' <<< "$answer")
grep --quiet "$name" <<< "$(ask "$url/")"
echo 'the database keeps books'
# A connection each: the load balancer sends them to its instances in turn.
for _ in {1..12}; do ask "$url/covers/$name" | cmp --silent - "$cover"; done
echo 'every instance hands out the cover'
