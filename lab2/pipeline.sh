#!/bin/sh
# Runs the six steps of the conveyor and prints one line: Model test accuracy is: <figure>
# Flags (see README.md) are passed on to every step; what the steps report goes to stderr.
# Ends with exit code 1 when the accuracy is below the threshold.
set -eu
lab=$(cd "$(dirname "$0")" && pwd)
step() {
  name=$1
  shift
  node "$lab/../scripts/launch.cjs" node "$lab/$name.ts" "$@"
}
for name in get-data process-data split-data select-features train-model; do
  step "$name" "$@" >&2
done
step test-model "$@"
