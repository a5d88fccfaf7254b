#!/usr/bin/env bash
# freeze.sh -- notes the digest of the rules and the commit that has them, in src/judge/rules.frozen.
#
# To be done before the networks are trained that the rules judge; make verify holds the rules to it.
set -euo pipefail
cd "$(dirname "$0")/../.."
rules=src/judge/rules.c
if ! git diff --quiet HEAD -- $rules; then
    echo "freeze.sh: $rules is not committed: commit it first, so that its commit can be named" >&2
    exit 1
fi
commit=$(git log -1 --format=%H -- $rules)
printf 'sha256 %s\ncommit %s\n' "$(sha256sum <$rules | cut -d ' ' -f 1)" "${commit:0:12}" >src/judge/rules.frozen
cat src/judge/rules.frozen
