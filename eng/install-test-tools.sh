#!/usr/bin/env bash
# Installs the servers and the browser that the tests drive, if the machine lacks them: by apt-get as root, else it says what to install.
set -euo pipefail

missing=()
[ -x /usr/bin/chromium ] || [ -n "${CHROMIUM_PATH:-}" ] || missing+=(chromium)
command -v redis-server >/dev/null || missing+=(redis-server)
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]}"
  # the packages' own services are not wanted: the tests start servers of their own
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
elif [ "${CI:-}" = true ]; then
  echo "These are missing and the tests need them: ${missing[*]}" >&2
  exit 1
else
  echo "These are missing, tests that need them will be skipped; install them with your package manager: ${missing[*]}" >&2
fi
