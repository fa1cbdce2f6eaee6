#!/usr/bin/env bash
# Makes the fonts of app/fonts from those of the package geist: `bash scripts/make-fonts.sh` (needs Python 3 with pip).
# A page preloads one file, so that file has to be small: the letters of Western languages in the weights we use (400 to 600). The other
# Latin letters are in a second file, which a browser fetches when a page shows one of them. All other scripts use the system's fonts.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet fonttools==4.68.0 brotli==1.2.1

latin='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02C6,U+02DA,U+02DC,U+2009-200A,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265'
latin_ext='U+0100-0130,U+0132-0151,U+0154-02AF,U+1E00-1E9F,U+1EF2-1EFF'

# make <source> <name> <characters>
make() {
  "$work/python/bin/fonttools" varLib.instancer --quiet "node_modules/geist/dist/fonts/$1" wght=400:600 --output "$work/$2.ttf"
  "$work/python/bin/pyftsubset" "$work/$2.ttf" --unicodes="$3" --flavor=woff2 --output-file="app/fonts/$2.woff2" \
    --layout-features='kern,liga,calt,ccmp,locl,mark,mkmk,tnum,zero'
}
make geist-sans/Geist-Variable.ttf geist-latin "$latin"
make geist-sans/Geist-Variable.ttf geist-latin-ext "$latin_ext"
make geist-mono/GeistMono-Variable.ttf geist-mono-latin "$latin"
cp node_modules/geist/LICENSE.txt app/fonts/LICENSE.txt
