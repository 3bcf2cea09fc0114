#!/bin/sh
# Runs the four steps of the conveyor and prints one line: Model test accuracy is: <figure>
# Flags (see README.md) are passed on to every step; what the steps report goes to stderr.
set -eu
lab=$(cd "$(dirname "$0")" && pwd)
step() {
  name=$1
  shift
  node "$lab/../scripts/launch.cjs" node "$lab/$name.ts" "$@"
}
for name in data-creation data-preprocessing model-preparation; do
  step "$name" "$@" >&2
done
step model-testing "$@"
