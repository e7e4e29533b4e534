#!/usr/bin/env bash
# One entry for people and machines: ./build.sh build | test | pack | bench | fuzz. The same verbs as build.ps1.
set -euo pipefail
cd "$(dirname "$0")"
js=src/realtimecollab-js

need() { command -v "$1" >/dev/null || { echo "$1 is missing: $2" >&2; exit 1; }; }

javascript() {
  need node "install Node.js 20 or newer"
  need dotnet "install the .NET SDK named in global.json"
  npm --prefix "$js" ci --no-audit --no-fund --loglevel=error
  npm --prefix "$js" run --silent build
}

build() {
  javascript
  dotnet build RealtimeCollab.sln -c Release -v quiet -nologo
}

run_tests() {
  eng/install-test-tools.sh
  build
  rm -rf TestResults
  local status=0
  (cd "$js" && npx vitest run --reporter=default --reporter=json --outputFile="$OLDPWD/TestResults/vitest.json") || status=1
  dotnet test RealtimeCollab.sln -c Release --no-build -nologo -maxcpucount:1 --logger trx --results-directory TestResults || status=1
  # the summary fails too when a test was skipped under CI, or none was run
  node eng/summarize-tests.mjs TestResults || status=1
  return $status
}

pack() {
  javascript
  dotnet pack RealtimeCollab.sln -c Release -o artifacts/packages -nologo
  npm --prefix "$js" pack --pack-destination "$PWD/artifacts/packages"
}

fuzz() {
  # the laws in both languages, side by side
  [ -d "$js/node_modules" ] || npm --prefix "$js" ci --no-audit --no-fund --loglevel=error
  dotnet run -c Release --project tests/RealtimeCollab.OperationalTransform.Tests -- fuzz "$@" &
  local csharp=$! status=0
  npm --prefix "$js" run --silent fuzz -- "$@" || status=1
  wait $csharp || status=1
  return $status
}

case "${1:-}" in
  build) build ;;
  test) run_tests ;;
  pack) pack ;;
  bench) shift; javascript; dotnet run -c Release --project tests/RealtimeCollab.Benchmarks -- "${@:-compare}" ;;
  fuzz) shift; dotnet run -c Release --project tests/RealtimeCollab.OperationalTransform.Tests -- fuzz "$@" ;;
  *) echo "usage: ./build.sh build | test | pack | bench [verb] | fuzz --minutes N" >&2; exit 2 ;;
esac
