# Sourced by the scripts: prepares the machine, or says in one line what is missing.
# Works from any folder, on Linux and macOS (bash 3.2).

cd "$(dirname "${BASH_SOURCE[0]}")/../.."

say() { printf '%s\n' "$*" >&2; }
give_up() { say "$*"; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
checksum() { if has sha256sum; then sha256sum; else shasum -a 256; fi | cut -d ' ' -f 1; }

# The version that package.json asks for: from 20.19 on, CommonJS can load ES modules.
need_node() {
  has node || give_up 'Node.js is not installed. Install version 20.19 or later (https://nodejs.org), then run this again.'
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    give_up "Node.js 20.19 or later is needed, and this is $(node --version). Install a newer one, then run this again."
}

# npm ci, only if package-lock.json has changed since the last install.
need_packages() {
  local stamp=node_modules/.installed-lock wanted
  wanted=$(checksum <package-lock.json)
  [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && return
  say 'Installing packages (npm ci) ...'
  npm ci --no-audit --no-fund --loglevel=error >&2 || give_up 'npm ci failed (above). Nothing else was changed; run this again when it is mended.'
  printf '%s\n' "$wanted" >"$stamp"
}

can_install() { [ "$(id -u)" = 0 ] && has apt-get; }

apt_install() {
  say "Installing $* (apt-get) ..."
  apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

find_chromium() {
  local candidate
  for candidate in "${CHROMIUM_PATH:-}" chromium chromium-browser google-chrome google-chrome-stable \
    '/Applications/Chromium.app/Contents/MacOS/Chromium' '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    if [ -n "$candidate" ] && has "$candidate"; then
      CHROMIUM_PATH=$(command -v "$candidate")
      export CHROMIUM_PATH
      return 0
    fi
  done
  return 1
}

# A browser for the tests of the page; its path goes to CHROMIUM_PATH.
need_chromium() {
  find_chromium && return
  can_install && apt_install chromium && find_chromium && return
  give_up 'No Chromium or Chrome was found. Install one, or set CHROMIUM_PATH to it, then run this again.'
}

has_mongod() {
  [ -n "${MONGODB_URI:-}" ] || has mongod || ls ~/.cache/mongodb-binaries/mongod-* node_modules/.cache/mongodb-memory-server/mongod-* >/dev/null 2>&1
}

# Is MongoDB's download server reachable?
can_download_mongod() {
  [ "${MONGOMS_RUNTIME_DOWNLOAD:-}" != false ] && node -e '
    const url = new URL(process.env.https_proxy || process.env.HTTPS_PROXY || process.env.MONGOMS_DOWNLOAD_MIRROR || "https://fastdl.mongodb.org");
    const socket = require("node:net").connect(url.port || (url.protocol === "http:" ? 80 : 443), url.hostname);
    socket.setTimeout(3000, () => process.exit(1));
    socket.on("error", () => process.exit(1)).on("connect", () => process.exit(0));'
}

# Java and Maven build the drop-in for MongoDB; they are only needed without a MongoDB.
need_database() {
  has_mongod && return
  has java && has mvn && return
  can_download_mongod && return
  can_install && apt_install default-jdk-headless maven && return
  give_up 'There is no database to run. Do one of three: install MongoDB 6 or later (mongod on the PATH); set MONGODB_URI to a running one; or install a JDK 17 or later and Maven.'
}
