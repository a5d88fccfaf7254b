#!/usr/bin/env bash
# place.sh -- why a directory cannot be BUILD, in one line; nothing if it can.
#
#   place.sh DIRECTORY
#
# Make writes to BUILD and removes what is in it, so it must be a directory of our own: new, empty,
# with our mark (the lock of locked.sh), or with nothing but run stores that someone put there.  Its
# name stands in recipes, so it is made of characters that no shell reads as anything else.  The
# project itself may lie in any directory.
set -euo pipefail
build=$1

no() {
    echo "BUILD='${build//$'\n'/ }' $1: wanted a directory of its own, as in BUILD=build"
    exit
}

[[ -n $build ]] || no 'is empty'
[[ $build != *[!A-Za-z0-9_./+-]* && $build != -* ]] ||
    no 'has characters other than letters, digits and _ . / + -'
case /$build/ in
*/../*) ;;
/build/*) exit ;; # the usual one
esac

path=$(realpath -m -- "$build")
top=$(pwd -P)
case $path in
"$top"/src | "$top"/src/* | "$top"/tests | "$top"/tests/* | "$top"/chapters | "$top"/chapters/* | \
    "$top"/figures | "$top"/figures/* | "$top"/data | "$top"/data/* | "$top"/.[!.]*)
    no 'is a place of the sources' ;;
"$top"/* | /dev/shm/?* | /run/user/?*) ;;
/bin/* | /boot/* | /dev/* | /etc/* | /lib/* | /lib32/* | /lib64/* | /libx32/* | /proc/* | /run/* | \
    /sbin/* | /sys/* | /usr/*)
    no 'belongs to the system' ;;
*) [[ $path == /*/* ]] || no 'belongs to the system' ;;
esac
[[ $top/ != "$path"/* ]] || no 'holds the sources'
[[ ! -e $path || -d $path ]] || no 'is a file'
[[ ! -d $path || -e $path/.paper ||
    -z $(find "$path" -mindepth 1 -maxdepth 1 ! -name full ! -name quick -print -quit) ]] ||
    no 'holds files that are not of this project'
