#!/usr/bin/env bash
# make.sh OUT: the page that reports are made with. OUT is empty where it cannot be made, which one line says with what
# to do; all else of the program works without it.
set -u
out=$(realpath -m "$1")
cd "$(dirname "$0")" || exit 1
mkdir -p "$(dirname "$out")" && work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT

cannot() {
    echo "no page for reports: $1; the rest is built" >&2
    [ -s "$out" ] && rm -f "$out"
    [ -e "$out" ] || : >"$out"
    exit 0
}

command -v node >/dev/null && command -v npm >/dev/null ||
    cannot 'install nodejs and npm (Debian: apt-get install nodejs npm), then make again'
[ node_modules/.package-lock.json -nt package-lock.json ] ||
    npm ci --omit=dev --no-audit --no-fund --loglevel=error >"$work/log" 2>&1 ||
    cannot "'npm ci' in analysis/report/page failed ($(grep -m 1 . "$work/log" | cut -c1-120))"
node build.mjs "$work/page.html" >"$work/log" 2>&1 ||
    cannot "'node build.mjs' in analysis/report/page failed ($(grep -m 1 . "$work/log" | cut -c1-120))"
mv "$work/page.html" "$out"
