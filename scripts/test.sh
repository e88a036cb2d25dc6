#!/usr/bin/env bash
# Installs what is needed and runs every check and test. The last line reads "N passed, N failed".
# Arguments name stages to run alone: check lint markup format unused build size unit browser interop interop-page e2e
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
require_node
install_dependencies
find_chromium
exec npx tsx scripts/test/run.ts "$@"
