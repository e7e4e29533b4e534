#!/usr/bin/env pwsh
# One entry for people and machines: ./build.ps1 build | test | pack | bench | fuzz. The same verbs as build.sh.
param([Parameter(Position = 0)][string] $Verb, [Parameter(ValueFromRemainingArguments)][string[]] $Rest = @())
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$js = 'src/realtimecollab-js'

function Need($command, $hint) { if (-not (Get-Command $command -ErrorAction SilentlyContinue)) { throw "$command is missing: $hint" } }
function Run { & $args[0] @($args | Select-Object -Skip 1); if ($LASTEXITCODE) { throw "$($args -join ' ') ended with $LASTEXITCODE" } }

function Javascript {
  Need node 'install Node.js 20 or newer'
  Need dotnet 'install the .NET SDK named in global.json'
  Run npm --prefix $js ci --no-audit --no-fund --loglevel=error
  Run npm --prefix $js run --silent build
}

function Build { Javascript; Run dotnet build RealtimeCollab.sln -c Release -v quiet -nologo }

function Test {
  if ($IsLinux) { Run bash eng/install-test-tools.sh }
  Build
  if (Test-Path TestResults) { Remove-Item -Recurse -Force TestResults }
  $failed = $false
  $results = Join-Path $PSScriptRoot 'TestResults'
  Push-Location $js
  & npx vitest run --reporter=default --reporter=json "--outputFile=$results/vitest.json"; if ($LASTEXITCODE) { $failed = $true }
  Pop-Location
  & dotnet test RealtimeCollab.sln -c Release --no-build -nologo -maxcpucount:1 --logger trx --results-directory TestResults; if ($LASTEXITCODE) { $failed = $true }
  & node eng/summarize-tests.mjs TestResults; if ($LASTEXITCODE) { $failed = $true }
  if ($failed) { exit 1 }
}

function Pack {
  Javascript
  Run dotnet pack RealtimeCollab.sln -c Release -o artifacts/packages -nologo
  Run npm --prefix $js pack --pack-destination "$PSScriptRoot/artifacts/packages"
}

switch ($Verb) {
  'build' { Build }
  'test' { Test }
  'pack' { Pack }
  'bench' { Javascript; if (-not $Rest) { $Rest = @('compare') }; Run dotnet run -c Release --project tests/RealtimeCollab.Benchmarks -- @Rest }
  'fuzz' { Run dotnet run -c Release --project tests/RealtimeCollab.OperationalTransform.Tests -- fuzz @Rest }
  default { Write-Error 'usage: ./build.ps1 build | test | pack | bench [verb] | fuzz --minutes N'; exit 2 }
}
