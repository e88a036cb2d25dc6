# Shared by play.sh and test.sh: dependencies and a browser, found or installed.

# Installs the versions of package-lock.json unless they are there already. Not `npm ci`: it refuses a lock without packages for
# other platforms, which registry mirrors do not all have.
install_dependencies() {
  if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo 'Installing dependencies ...'
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install --no-save --no-audit --no-fund --loglevel=error
  fi
}

# Sets STRATA_CHROMIUM: the variable itself, Playwright's own browser, the system's, else Debian's package.
find_chromium() {
  if [ -n "${STRATA_CHROMIUM:-}" ]; then return; fi
  STRATA_CHROMIUM=$(node -e 'const { chromium } = require("playwright"); const path = chromium.executablePath(); if (require("fs").existsSync(path)) console.log(path)' 2>/dev/null || true)
  if [ -z "$STRATA_CHROMIUM" ]; then
    STRATA_CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
  fi
  if [ -z "$STRATA_CHROMIUM" ] && command -v apt-get >/dev/null; then
    echo 'Installing Chromium ...'
    local sudo=''
    [ "$(id -u)" = 0 ] || sudo='sudo'
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null
    STRATA_CHROMIUM=$(command -v chromium || true)
  fi
  if [ -z "$STRATA_CHROMIUM" ]; then
    echo 'No Chromium found. Install one, or name it: STRATA_CHROMIUM=/path/to/chromium npm test' >&2
    exit 1
  fi
  export STRATA_CHROMIUM
}

require_node() {
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null || {
    echo 'Strata needs Node.js 20.19 or newer.' >&2
    exit 1
  }
}
