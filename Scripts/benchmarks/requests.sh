#!/usr/bin/env bash
# Requests per second and latency of a page of contributions in a random box, over 100,000 of them, with wrk.
# ROWS (100000), SECONDS_OF_LOAD (15), CONNECTIONS (32), PORT (18080), MITPLAN (.build/release/mitplan)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

mitplan="${MITPLAN:-.build/release/mitplan}"
port="${PORT:-18080}"
city=musterstadt-mobil
command -v wrk >/dev/null || { echo "wrk is missing (Debian: apt-get install wrk)" >&2; exit 1; }
[[ -x "$mitplan" ]] || { echo "no program at $mitplan (swift build -c release --product mitplan)" >&2; exit 1; }

folder="$(mktemp -d)"
server=""
finish() {
    [[ -z "$server" ]] || { kill "$server" 2>/dev/null && wait "$server"; } || true
    rm -rf "$folder"
}
trap finish EXIT
export MITPLAN_DATA="$folder/data"

python3 -B Scripts/benchmarks/points.py "${ROWS:-100000}" "$folder/points.geojson"
"$mitplan" init --tenant musterstadt --quiet
"$mitplan" proceeding create --file geodata/proceeding.json --quiet
"$mitplan" import contributions "$folder/points.geojson" --proceeding "$city" --quiet >/dev/null
"$mitplan" serve --no-rate-limits --host 127.0.0.1 --port "$port" >/dev/null 2>"$folder/log" &
server=$!
for _ in {1..100}; do
    curl -fs "http://127.0.0.1:$port/health/ready" >/dev/null && break
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done

# Boxes of about 1 km; seeded per thread, so that each run asks the same. Counts answers that are no 2xx.
cat > "$folder/boxes.lua" <<END
local count = 0
function setup(thread) count = count + 1; thread:set("id", count) end
function init() math.randomseed(id) end
function request()
    local x, y = 9.83 + math.random() * 0.13, 53.37 + math.random() * 0.05
    return wrk.format("GET", string.format(
        "/api/v1/proceedings/$city/contributions?bbox=%.5f,%.5f,%.5f,%.5f&limit=100", x, y, x + 0.015, y + 0.009))
end
function done(summary, latency)
    local seconds = summary.duration / 1e6
    io.write("| requests/s | MB/s | p50 ms | p99 ms | max ms | not 2xx | socket errors |\n|--:|--:|--:|--:|--:|--:|--:|\n")
    io.write(string.format("| %.0f | %.1f | %.1f | %.1f | %.1f | %d | %d |\n", summary.requests / seconds,
        summary.bytes / seconds / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3,
        summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write
            + summary.errors.timeout))
end
END
wrk -t 2 -c "${CONNECTIONS:-32}" -d 3s -s "$folder/boxes.lua" "http://127.0.0.1:$port" >/dev/null # warms up
wrk -t 2 -c "${CONNECTIONS:-32}" -d "${SECONDS_OF_LOAD:-15}s" -s "$folder/boxes.lua" "http://127.0.0.1:$port" \
    | grep '^|'
