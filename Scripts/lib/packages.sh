# shellcheck shell=bash
# What the build needs from the system, and how to get it. Sourced by the scripts beside this folder.

PACKAGES=(libgeos-dev libproj-dev proj-data libsqlite3-dev libcurl4-openssl-dev libgd-dev libpng-dev liblcms2-dev
    librsvg2-dev fonts-dejavu-core libstemmer-dev zlib1g-dev pkg-config)
LIBRARIES=(geos proj sqlite3 libcurl gdlib libpng lcms2 librsvg-2.0 zlib)

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# Prints the Debian packages that are missing; where there is no dpkg, goes by what pkg-config finds.
missing_packages() {
    if command -v dpkg-query >/dev/null; then
        local package
        for package in "${PACKAGES[@]}"; do
            # The headers of curl come with either TLS library, and exclude one another.
            [[ "$package" == libcurl4-* ]] && pkg-config --exists libcurl 2>/dev/null && continue
            [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" == installed ]] \
                || printf '%s ' "$package"
        done
    elif ! pkg-config --exists "${LIBRARIES[@]}" 2>/dev/null; then
        printf '%s ' "${PACKAGES[@]}"
    fi
}

# Installs what is missing; root or sudo is asked for only then.
install_packages() {
    local missing sudo=""
    missing="$(missing_packages)"
    [[ -n "$missing" ]] || return 0
    command -v apt-get >/dev/null \
        || fail "install GEOS, PROJ (with its grids), SQLite, curl, libgd, libpng, Little CMS, librsvg, libstemmer, zlib and pkg-config, with headers (Debian: $missing)"
    if [[ "$(id -u)" -ne 0 ]]; then
        sudo="$(command -v sudo)" || fail "as root: apt-get install $missing"
    fi
    say "Installing $missing"
    # Unquoted on purpose: one word a package, and no word where there is no need of sudo.
    # shellcheck disable=SC2086
    { $sudo apt-get update -q && $sudo apt-get install -q -y --no-install-recommends $missing; } >&2
}

# Refuses a missing or old toolchain.
require_swift() {
    command -v swift >/dev/null || fail "Swift 6.2 or later is needed: https://www.swift.org/install/linux/"
    local version
    version="$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)"
    [[ "$(printf '6.2\n%s\n' "$version" | sort -V | head -n 1)" == 6.2 ]] \
        || fail "Swift 6.2 or later is needed, this is ${version:-of an unknown version}: https://www.swift.org/install/"
}
