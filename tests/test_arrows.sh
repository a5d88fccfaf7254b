#!/usr/bin/env bash
# Rooms: an include that points up, a circle of includes and two headers of one name are errors that
# name the file and the line.
# shellcheck disable=SC2317 # functions are called by name
. "$(dirname "$0")/lib.sh"
cd "$scratch" || exit 1

arrows() { awk -f "$top/src/weave/arrows.awk" -v rooms='low middle high' src/*/*.[ch]; }

mkdir -p src/low src/middle src/high
printf '%s\n' '#include <stdio.h>' >src/low/a.h
printf '%s\n' '#include "a.h"' '#include "generated.h"' >src/low/a.c
printf '%s\n' '/* b */' '#include "a.h"' >src/middle/b.h
printf '%s\n' '#include "b.h"' '#include "a.h"' >src/high/c.c
run arrows
expect_status 'arrows that point down: status' 0
expect_empty 'arrows that point down: nothing is said' "$err"

printf '%s\n' '#include "a.h"' '' '#  include "b.h"' >src/low/a.c
run arrows
expect_status 'an arrow that points up: status' 1
expect_line 'an arrow that points up: file, line and rooms' "$err" src/low/a.c:3 src/middle/b.h 'middle may include low'

printf '%s\n' '/* "b.h" is above */' '// #include "b.h"' >src/low/a.c
run arrows
expect_status 'an include in a comment is none' 0

printf '%s\n' '#include "e.h"' >src/middle/d.h
printf '%s\n' '#include "a.h"' '#include "f.h"' >src/middle/e.h
printf '%s\n' '#include "d.h"' >src/middle/f.h
run arrows
expect_status 'a circle: status' 1
expect_line 'a circle: where it closes' "$err" src/middle/f.h:1 src/middle/d.h 'in turn'
rm src/middle/[def].h

printf '%s\n' '/* another */' >src/high/a.h
run arrows
expect_status 'two headers of one name: status' 1
expect_one 'two headers of one name: both are named' "$err" src/high/a.h src/low/a.h
rm src/high/a.h

mkdir src/nowhere
printf '%s\n' '#include "a.h"' >src/nowhere/x.c
run arrows
expect_status 'a file in no room: status' 1
expect_line 'a file in no room: named' "$err" src/nowhere/x.c:1

# the tree, and a copy of it in which judging looks at what is reported
must copy_project "$scratch/copy"
cd "$scratch/copy" || exit 1
sed -i '/#include "verdict.h"/a #include "report.h"' src/judge/fall.h
line=$(grep -n '#include "report.h"' src/judge/fall.h | cut -d : -f 1)
run make lint
expect_failure 'the tree with an arrow that points up: lint fails'
expect_one 'the tree with an arrow that points up: names it' "$err" "src/judge/fall.h:$line" src/report/report.h 'room above'
cp "$top/src/judge/fall.h" src/judge/fall.h
rooms=$(sed -n 's/^ROOMS := //p' Makefile)
expect 'the tree: no arrow points up' awk -f src/weave/arrows.awk -v rooms="$rooms claims tools" src/*/*.[ch]
finish
