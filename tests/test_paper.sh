#!/usr/bin/env bash
# The PDF of quick scale: whole, marked, and the same bytes in another place and time.
# shellcheck disable=SC2317,SC2094 # functions are called by name; $out is only read
. "$(dirname "$0")/lib.sh"
need_paper
pdf=$paper/build/quick/paper.pdf
expect 'there is a PDF' test -s "$pdf"
run pdftotext -layout "$pdf" "$scratch/text"
expect_status 'it can be read' 0
pages=$(pdfinfo "$pdf" | awk '/^Pages:/ {print $2}')
expect_equal 'every page is marked' "$(grep -c "quick scale: not the paper" "$scratch/text")" "$pages"
run pdfinfo "$pdf"
cited() { sed -n "s/^$1: *//p" "$top/CITATION.cff" | tr -d '"'; }
expect_one 'it says what it is' "$out" "Title: " "$(cited title)"
expect_one 'it says who made it' "$out" Author: 'The contributors'
expect_one 'it says which version it is' "$out" Subject: "Version $(cited version), $(cited date-released)"
expect_one 'its date is that of the release' "$out" CreationDate: "$(LC_ALL=C date -u -d "$(cited date-released)" '+%b %_d')"
expect_one 'the title page has the version' "$scratch/text" "Version $(cited version), $(cited date-released)"
run pdfinfo -url "$pdf"
expect 'a DOI is a link' grep -q https://doi.org/10.1007/978-3-540-45167-9_43 "$out"
expect_none 'no undefined reference' "$scratch/text" -exec grep -q '??' {} \; -print

# another directory, time, language, time zone and umask; figures and text made anew
other=$scratch/elsewhere
cp -a "$paper" "$other"
rm -rf "$other"/build/quick/{paper,paper.pdf,excerpt}
if command -v faketime >/dev/null; then
    # only the programs that write: latexmk compares the times of files with the clock
    mkdir "$scratch/bin"
    for tool in gnuplot pdflatex bibtex; do
        printf '#!/bin/sh\nexec faketime "2031-12-31 23:59:30" %s "$@"\n' "$(command -v $tool)" \
            >"$scratch/bin/$tool"
    done
    chmod +x "$scratch"/bin/*
    PATH=$scratch/bin:$PATH
else
    skip 'another time' 'no faketime here'
fi
another() {
    cd "$other" || return
    umask 077
    env LANG=de_DE.UTF-8 LC_ALL=C.UTF-8 TZ=Asia/Tokyo make paper SCALE=quick
}
run another
expect_status 'built elsewhere' 0
same_bytes 'the same PDF elsewhere' "$pdf" "$other/build/quick/paper.pdf"
same_bytes 'the same data elsewhere' "$paper/build/quick/data" "$other/build/quick/data"
finish
