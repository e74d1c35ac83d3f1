# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash disable=SC2034
# Sourced by every script of the lab: where things are, the pinned versions, and how Go modules are read.

lab=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${DPCTL_LAB:-$HOME/.cache/dpctl-lab}
bin=$cache/bin
set -a
# shellcheck source=versions
. "$lab/versions"
set +a
node_image=lab/node:v$KUBERNETES

export PATH="$bin:/usr/sbin:$PATH"
# Static binaries run in images that hold nothing else. A distribution's Go may be older than what a module asks for
# and may be told to stay so; "auto" lets it fetch the Go that the module names.
export CGO_ENABLED=0 GOFLAGS=-mod=mod GOTOOLCHAIN=auto
# One builder everywhere: Debian's docker has no buildx, and newer dockers only warn about this one.
export DOCKER_BUILDKIT=0

say() { printf 'lab: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# module_dir MODULE@VERSION: downloads a module and prints the folder of its source.
module_dir() { go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p'; }

# go_tool FOLDER PACKAGE@VERSION [LDFLAGS]: builds one program into FOLDER.
go_tool() { GOBIN=$1 go install -trimpath -ldflags="-s -w${3:+ $3}" "$2"; }

# go_from_module MODULE@VERSION PACKAGE FILE [LDFLAGS]: the same for a module that `go install` refuses because it replaces
# others: a module of our own requires it, and replaces what it replaces by other versions.
go_from_module() {
  local folder source
  folder=$(mktemp -d -p "$cache")
  (
    cd "$folder" || exit
    go mod init lab/x
    source=$(module_dir "$1")
    awk '/^replace/ {on = 1} on && !/=> \./ {print} /^\)/ || /^replace [^(]/ {on = 0}' "$source/go.mod" >>go.mod
    go mod edit -require="$1" -go="$(sed -n 's/^go //p' "$source/go.mod")"
    printf '//go:build tools\n\npackage x\n\nimport _ "%s"\n' "$2" >x.go
    go build -trimpath -ldflags="-s -w${4:+ $4}" -o x "$2"
  )
  mv "$folder/x" "$3"
  rm -rf "$folder"
}
