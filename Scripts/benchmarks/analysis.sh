#!/usr/bin/env bash
# In-engine seconds of Gi* on hexagons of 250 m, KDE on 512x512 and DBSCAN (500 m, 10). Arguments go to the command,
# such as --points 10000 100000 --runs 5.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mitplan="${MITPLAN:-.build/release/mitplan}"
[[ -x "$mitplan" ]] || { echo "no program at $mitplan (swift build -c release --product mitplan)" >&2; exit 1; }
exec "$mitplan" benchmark analysis "$@"
