#!/usr/bin/env bash
# Installs what is needed, builds the playground and opens it in the browser.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib.sh
require_node
install_dependencies
npx vite build --logLevel warn
exec npx vite preview --open
