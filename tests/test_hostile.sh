#!/usr/bin/env bash
# The user's own settings change nothing; a full device is an error; drafts stay apart from the paper;
# what was deleted comes back; programs that train do not run side by side.
# shellcheck disable=SC2317,SC2094,SC2016 # functions are called by name; $out is only read; $ is Perl's
. "$(dirname "$0")/lib.sh"
need_paper
work=$scratch/work
cp -a "$paper" "$work"
cd "$work" || exit 1
pdf=build/quick/paper.pdf
again() { rm -rf build/quick/{figures,paper,paper.pdf,excerpt}; make -j"$cores" paper SCALE=quick; }

# ---- settings of gnuplot, latexmk, TeX, bash, awk ----
home=$scratch/home
mkdir -p "$home"/texmf/{tex/latex/local,bibtex/bst,bibtex/bib} "$home"/tex "$home"/.config/{gnuplot,latexmk}
echo 'set title "hostile"; set border 15 lw 9' | tee "$home/.gnuplot" >"$home/.config/gnuplot/gnuplotrc"
echo '$pdflatex = "false"; die "hostile";' | tee "$home/.latexmkrc" "$home/.config/latexmk/latexmkrc" >latexmkrc
for place in texmf/tex/latex/local tex; do
    printf '%s\n' '\ProvidesPackage{siunitx}' '\def\num#1{42}' '\def\sisetup#1{}' >"$home/$place/siunitx.sty"
    printf '%s\n' '\ProvidesPackage{booktabs}' '\errmessage{hostile}' >"$home/$place/booktabs.sty"
done
cp "$home/tex/siunitx.sty" "$home/texmf/siunitx.sty"
echo 'ENTRY{}{}{} FUNCTION{article}{"hostile" write$} READ ITERATE{call.type$}' |
    tee "$home/texmf/bibtex/bst/plainnat.bst" >"$home/tex/plainnat.bst"
echo '@article{shwartzziv2017opening, title = "hostile", author = "Hostile", year = 1, journal = "x"}' |
    tee "$home/texmf/bibtex/bib/paper.bib" >"$home/tex/paper.bib"
echo 'echo hostile; exit 1' >"$home/bashrc"
hostile() {
    rm -rf build/quick/{figures,paper,paper.pdf,excerpt}
    env HOME="$home" XDG_CONFIG_HOME="$home/.config" TEXMFHOME="$home/texmf" TEXMFVAR="$home/var" \
        TEXMFCONFIG="$home/texmf" TEXINPUTS="$home/tex:" BIBINPUTS="$home/tex:" BSTINPUTS="$home/tex:" \
        GNUPLOT_LIB="$home" GNUTERM=dumb PERL5OPT=-Mhostile BASH_ENV="$home/bashrc" CDPATH=/usr:/tmp \
        GREP_OPTIONS=-v LANG=tr_TR.UTF-8 LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=1 max_print_line=20 \
        make -j"$cores" paper SCALE=quick
}
run hostile
expect_status 'hostile settings: builds' 0
same_bytes 'hostile settings: the same paper' "$pdf" "$paper/$pdf"
expect_none 'hostile settings: nothing is written at home' "$home" -newer "$home/bashrc" -type f
run env -u HOME make -j"$cores" paper SCALE=quick
expect_status 'no HOME: status' 0
run env -u HOME bash -c 'rm -rf build/quick/{paper,paper.pdf}; make paper SCALE=quick'
expect_status 'no HOME: builds' 0
same_bytes 'no HOME: the same paper' "$pdf" "$paper/$pdf"
run pdffonts "$pdf"
expect_equal 'all fonts of the paper are outlines' "$(awk 'NR > 2 && !/ Type 1 /' "$out")" ''
expect_none 'no font was made by Metafont' build/quick \( -name '*pk' -o -name '*.tfm' -o -name missfont.log \)
rm latexmkrc

# ---- standard output on a full device ----
if [[ -c /dev/full ]]; then
    for target in help task 'where N=4.27'; do
        read -ra words <<<"$target"
        make "${words[@]}" SCALE=quick >/dev/full 2>"$err" </dev/null
        status=$?
        expect_failure "make $target >/dev/full: status"
    done
fi

# ---- drafts ----
published=tests/expected/quick/compression.num
key=compression/p85/t1/peak # quoted in a table, by \get
before=$(snapshot "$pdf" build/quick/paper build/quick/verified)
sed -i "s|^\($key\t\)[^\t]*|\19.99|" "$published"
run make paper SCALE=quick DRAFT=1
expect_status 'a draft with a number that is not as published: builds' 0
expect_equal 'a draft: the paper and its stamps are not touched' "$(snapshot "$pdf" build/quick/paper build/quick/verified)" "$before"
draft=build/quick/draft.pdf
pdftotext -layout "$draft" "$scratch/text"
expect_equal 'a draft: every page says so' "$(grep -c "draft at quick scale: not the paper" "$scratch/text")" \
    "$(pdfinfo "$draft" | awk '/^Pages:/ {print $2}')"
expect_one 'a draft: that number is red' build/quick/draft/numbers.tex "num@$key\\" textcolor
expect_equal 'a draft: no other is' "$(grep -c textcolor build/quick/draft/numbers.tex)" 1
run make -j"$cores" paper SCALE=quick
expect_failure 'after the draft: the paper is still compared'
expect_one 'after the draft: the number is named' "$err" "$key:" '9.99'
expect_equal 'after the draft: the paper is as before' "$(snapshot "$pdf")" "$(grep -F "$pdf" <<<"$before")"
cp -p "$top/$published" "$published"
run make -j"$cores" paper SCALE=quick
expect_status 'the number restored: builds' 0

# ---- what was deleted comes back ----
for file in build/quick/task.txt build/quick/paper/figures/task.pdf build/quick/paper/figures/task.tex \
    build/quick/excerpt/lib-engine-net.c-forward build/quick/paper/numbers.tex; do
    [[ -e $file ]] || file=$(find build/quick/excerpt -type f | head -n 1)
    rm "$file"
    run make -j"$cores" paper SCALE=quick
    expect_status "deleted $file: builds" 0
    if [[ $file == *.txt ]]; then run make task SCALE=quick; fi
    expect "deleted $file: made again" test -s "$file"
done
build/bin/task --scale quick --data-dir build/quick/data >/dev/null
sed -i 1d build/quick/task.txt && touch -r build/quick/stamp/task build/quick/task.txt
run make task SCALE=quick
expect_one 'a program run by hand: its result is made again' "$out" 'orbits:'

# ---- make -j: programs that train take turns ----
rm -f log
for name in compression depth critical task; do
    cat >build/bin/$name <<END
#!/usr/bin/env bash
if [[ \$1 == --list-files ]]; then cat build/quick/stamp/$name.was; exit; fi
echo "$name begins" >>log
sleep 0.3
touch build/quick/data/$name.* build/quick/data/${name}_*
echo "$name ends" >>log
END
    chmod +x build/bin/$name
    cp build/quick/stamp/$name build/quick/stamp/$name.was
done
run make -j8 compression depth critical task SCALE=quick
expect_status 'make -j8 of four claims: status' 0
expect_equal 'make -j8 of four claims: each begins when another has ended' \
    "$(awk '/begins/ && open++ || /ends/ && !open-- {print}' log)" ''
expect_equal 'make -j8 of four claims: all have run' "$(grep -c begins log)" 4
finish
