#!/usr/bin/env bash
# Packs what would be published, installs it into an empty folder without development dependencies, and runs it.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
new_node="$root/node_modules/.bin/node"

cd "$root"
npm run --silent build
npm exec --no -- publint --strict
tarball=$(npm pack --silent --pack-destination "$work")
cd "$work"
printf '{"private":true}' > package.json
npm install --silent --no-save "./$tarball"
run() { "$new_node" node_modules/sre-orch/bin/sre-orch.js "$@"; }

expected=$(node -p 'require(process.argv[1]).version' "$root/package.json")
[ "$(run --version)" = "$expected" ] || { echo "--version does not say $expected"; exit 1; }
run rules lint
run investigate 'checkout is failing in shop' --snapshot node_modules/sre-orch/examples/shop-outage --no-store --quiet --output json > report.json
"$new_node" -e '
  const report = JSON.parse(require("node:fs").readFileSync("report.json", "utf8"));
  if (report.verdict !== "root-cause-found") throw new Error(`the packaged program found nothing: ${report.verdict}`);
  console.log(`packaged program names: ${report.root_causes[0].title}`);
'

old_node=$(command -v -p node || command -v node)
if "$old_node" -e 'process.exit(Number(process.versions.node.split(".")[0]) < 22 ? 0 : 1)'; then
  set +e
  said=$("$old_node" node_modules/sre-orch/bin/sre-orch.js --version 2>&1)
  code=$?
  set -e
  echo "on Node $("$old_node" --version): $said (exit $code)"
  [ "$code" -ne 0 ] && [ "$(printf '%s\n' "$said" | wc -l)" -eq 1 ] && [[ "$said" == *'needs Node 22.22.2'* ]] || { echo 'an old Node must be told in one line which Node is needed'; exit 1; }
fi
