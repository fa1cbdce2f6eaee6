#!/bin/bash
# Installs the mail servers for `npm run test:mta`: Postfix, Exim, OpenSMTPD, postgrey and NSD from Debian, Haraka from the
# npm registry. Safe to run repeatedly. The mail servers conflict as packages, so whichever of Postfix and Exim the machine
# already has is used unchanged; with neither, Postfix is installed; all others are unpacked into separate roots. No service
# is started or enabled, no configuration of the system's own mail server is read or written, and nothing already installed is
# removed. If something cannot be installed, the script ends with a plain sentence; nothing is skipped.
set -euo pipefail

work="${1:-$(cd "$(dirname "$0")/../.." && pwd)/.data/mta}"
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
policy=/usr/sbin/policy-rc.d
policy_is_ours=

fail() { echo "test:mta: $*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null || true)" = installed ]; }

[ "$(id -u)" = 0 ] || fail 'needs root to install Debian packages and to start mail servers.'
have npm || fail 'needs npm.'
have apt-get || fail 'needs a Debian system (apt-get is missing).'
PATH="$PATH:/usr/sbin:/sbin"
mkdir -p "$work"

refresh() {
  if [ -z "${refreshed:-}" ]; then
    echo 'test:mta: refreshing the package lists' >&2
    apt-get -q update >&2
    refreshed=1
  fi
}

# Package lists may be absent (a container) or so old that their files are gone: refresh once, then try again.
apt_retry() { "$@" >&2 || { refresh && "$@" >&2; }; }

allow_services_again() { [ -z "$policy_is_ours" ] || rm -f "$policy"; }
trap allow_services_again EXIT
forbid_services() {
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
    policy_is_ours=1
  fi
}

install_packages() {
  local missing=() package
  for package in "$@"; do installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -gt 0 ] || return 0
  forbid_services
  # Without this answer, the Postfix package writes a main.cf for the machine.
  printf 'postfix postfix/main_mailer_type select No configuration\n' | debconf-set-selections
  apt_retry apt-get -q -y --no-remove --no-install-recommends -o DPkg::Lock::Timeout=120 install "${missing[@]}"
  if [ -d /run/systemd/system ]; then
    for package in "${missing[@]}"; do systemctl disable "$package" >/dev/null 2>&1 || true; done
  fi
}

# Unpacks the package and those of its dependencies that the machine lacks side by side. The simulated install may propose
# removing the other mail server; it is only read for which packages are new ("Inst name (", not "Inst name [old] (").
unpack() {
  local package="$1" root="$2" parcel
  [ ! -e "$root/.complete" ] || return 0
  rm -rf "$root" "$root.debs"
  mkdir -p "$root" "$root.debs"
  apt_retry apt-get -q -s --no-install-recommends install "$package" || fail "Debian's archive does not give $package."
  mapfile -t new < <({ echo "$package"; apt-get -q -s --no-install-recommends install "$package" | sed -n 's/^Inst \([^ ]*\) (.*/\1/p'; } | sort -u)
  (cd "$root.debs" && apt_retry apt-get -q download "${new[@]}")
  for parcel in "$root.debs"/*.deb; do dpkg -x "$parcel" "$root"; done
  rm -rf "$root.debs"
  # Only root runs these, so nothing unpacked here needs to be setuid.
  chmod -R ug-s "$root"
  touch "$root/.complete"
}

# As pinned in haraka/package-lock.json, which every package has to match; no package script is run during the install.
install_haraka() {
  local from root="$work/haraka"
  from="$(cd "$(dirname "$0")/haraka" && pwd)"
  [ -e "$root/.complete" ] && cmp -s "$from/package-lock.json" "$root/package-lock.json" && return 0
  rm -rf "$root"
  mkdir -p "$root"
  cp "$from/package.json" "$from/package-lock.json" "$root/"
  (cd "$root" && npm ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund --loglevel=error >&2) ||
    fail 'Haraka cannot be had from the npm registry.'
  touch "$root/.complete"
}

ensure_account() {
  getent group "$1" >/dev/null || groupadd --system "$1"
  getent passwd "$1" >/dev/null || useradd --system --gid "$1" --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin "$1"
}

postfix_root= exim_root=
have postgrey && have nsd && have openssl || install_packages postgrey nsd openssl
if ! have postfix; then
  if dpkg-query -W -f '${db:Status-Status} ${Provides}\n' 2>/dev/null | grep -q '^installed .*mail-transport-agent'; then
    postfix_root="$work/postfix-root"
    unpack postfix "$postfix_root"
    ensure_account postfix
    getent group postdrop >/dev/null || groupadd --system postdrop
  else
    install_packages postfix
  fi
fi
if ! have exim4; then
  exim_root="$work/exim-root"
  unpack exim4-daemon-light "$exim_root"
  ensure_account Debian-exim
fi

opensmtpd_root="$work/opensmtpd-root"
unpack opensmtpd "$opensmtpd_root"
install_haraka

# Read by servers/installed.ts.
printf '{ "postfixRoot": "%s", "eximRoot": "%s", "openSmtpdRoot": "%s" }\n' "$postfix_root" "$exim_root" "$opensmtpd_root" >"$work/installed.json"
echo "test:mta: Postfix $(have postfix && echo installed || echo unpacked), Exim $(have exim4 && echo installed || echo unpacked), OpenSMTPD and Haraka unpacked, postgrey and NSD installed."
