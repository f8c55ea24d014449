#!/usr/bin/env bash
# What a release does, in a copy and without publishing: version, package, list of parts (SBOM), chart.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
node="$root/node_modules/.bin/node"

mkdir "$work/copy"
tar -C "$root" --exclude=./node_modules --exclude=./dist --exclude=./coverage --exclude=./.git -cf - . | tar -C "$work/copy" -xf -
ln -s "$root/node_modules" "$work/copy/node_modules"
cd "$work/copy"
version=$("$node" scripts/release/cut.ts)
"$node" scripts/release/check.ts "v$version"
"$node" scripts/release/notes.ts "v$version" > "$work/notes.md"
[ -s "$work/notes.md" ] || { echo 'the release would have no notes'; exit 1; }

npm pack --silent --pack-destination "$work" > /dev/null
tar -xzOf "$work/sre-orch-$version.tgz" package/package.json | grep -q "\"version\": \"$version\"" || { echo "the package does not say $version"; exit 1; }
unwanted=$(tar -tzf "$work/sre-orch-$version.tgz" | grep -E '^package/(test|src|scripts|bench|\.)' || true)
[ -z "$unwanted" ] || { printf 'the package holds what nobody needs to run it:\n%s\n' "$unwanted"; exit 1; }

# From the lock file: --omit dev would also leave out what is needed both to build and to run (npm 11).
npm sbom --package-lock-only --sbom-format cyclonedx > "$work/sbom.json"
"$node" -e '
  const { components } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
  const named = new Set(components.map(({ name }) => name));
  const missing = Object.keys(require(process.argv[2]).dependencies).filter((name) => !named.has(name));
  if (missing.length > 0) throw new Error(`the list of parts lacks ${missing.join(", ")}`);
  console.log(`list of parts: ${components.length}`);
' "$work/sbom.json" "$work/copy/package.json"

helm=$(command -v helm || echo "${CLUSTER_HOME:-/tmp/sre-cluster}/bin/helm")
if [ -d charts/sre-orchestrator ] && [ -x "$helm" ]; then
  "$helm" package --destination "$work" charts/sre-orchestrator > /dev/null
  [ -e "$work/sre-orchestrator-$version.tgz" ] || { echo "the chart does not say $version"; exit 1; }
fi
echo "rehearsed: $version"
