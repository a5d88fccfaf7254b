#!/usr/bin/env bash
# deps.sh -- installs what is needed on Debian and its like; elsewhere says what is missing, and what
# the packages are called there.
#
#   deps.sh paper|bench|bits|cluster [debian|fedora|arch|opensuse|macos]
#
# paper: all that the targets of the Makefile use; the others are for the targets of these names.
# The system is found out, if not named; of one that is named, all packages are listed.
set -euo pipefail
cd "$(dirname "$0")/../.."
what=${1-} system=${2-} all=${2-}
case $what in
paper | bench | bits | cluster) ;;
*) echo "deps.sh: '$what' is unknown: wanted paper, bench, bits or cluster" >&2; exit 2 ;;
esac

# What is looked for (a command, a <header>, a file of TeX) and its package on each system.  The rest
# of TeX is what the preambles load: the packages of Fedora and openSUSE provide each file by name.
needs() {
    case $what in
    paper) cat <<'END' ;;
gcc gcc gcc gcc gcc gcc
make make make make make make
clang clang clang clang clang llvm
<stdlib.h> libc6-dev glibc-devel glibc glibc-devel -
<gsl/gsl_rng.h> libgsl-dev gsl-devel gsl gsl-devel gsl
<nettle/sha2.h> nettle-dev nettle-devel nettle libnettle-devel nettle
<check.h> check check-devel check check-devel check
<omp.h> libgomp1,libomp-dev libgomp,libomp-devel openmp libgomp1,libomp-devel libomp
pkg-config pkg-config pkgconf-pkg-config pkgconf pkg-config pkgconf
flock util-linux util-linux-core util-linux util-linux flock
sha256sum coreutils coreutils coreutils coreutils coreutils
gnuplot gnuplot-nox gnuplot gnuplot gnuplot gnuplot
latexmk latexmk latexmk texlive-binextra texlive-latexmk mactex-no-gui
pdflatex texlive-latex-extra texlive-latex texlive-latex texlive-latex mactex-no-gui
pdftoppm poppler-utils poppler-utils poppler poppler-tools poppler
faketime faketime libfaketime libfaketime libfaketime libfaketime
clang-format clang-format clang-tools-extra clang clang-tools clang-format
clang-tidy clang-tidy clang-tools-extra clang clang-tools llvm
shellcheck shellcheck ShellCheck shellcheck ShellCheck shellcheck
valgrind valgrind valgrind valgrind valgrind -
git git git git git git
siunitx.sty texlive-science tex(siunitx.sty) texlive-mathscience tex(siunitx.sty) mactex-no-gui
mathpazo.sty texlive-fonts-recommended tex(mathpazo.sty) texlive-fontsrecommended tex(mathpazo.sty) mactex-no-gui
fplmr.pfb texlive-fonts-recommended texlive-mathpazo texlive-fontsrecommended texlive-mathpazo mactex-no-gui
tgpagella.sty tex-gyre tex(tgpagella.sty) texlive-fontsrecommended tex(tgpagella.sty) mactex-no-gui
tgheros.sty tex-gyre tex(tgheros.sty) texlive-fontsrecommended tex(tgheros.sty) mactex-no-gui
t1lmtt.fd lmodern texlive-lm texlive-fontsrecommended texlive-lm mactex-no-gui
END
    bench) cat <<'END' ;;
numpy.py python3-numpy python3-numpy python-numpy python3-numpy numpy
torch.py python3-torch python3-torch python-pytorch python3-torch pytorch
END
    bits) cat <<'END' ;;
aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu,libc6-dev-arm64-cross gcc-aarch64-linux-gnu aarch64-linux-gnu-gcc cross-aarch64-gcc -
qemu-aarch64 qemu-user qemu-user qemu-user qemu-linux-user -
END
    cluster) cat <<'END' ;;
sbatch slurm-wlm slurm,slurm-slurmd,slurm-slurmctld - slurm,slurm-node -
munged munge munge munge munge -
END
    esac
    if [[ $what == paper ]]; then
        LC_ALL=C awk '/^\\(usepackage|documentclass)/ {
            ending = /^\\usepackage/ ? ".sty" : ".cls"
            sub(/^[^{[]*(\[[^]]*\])?\{/, ""); sub(/\}.*/, "")
            n = split($0, name, ",")
            for (i = 1; i <= n; i++) {
                f = name[i] ending
                print f, "texlive-latex-extra", "tex(" f ")", "texlive-latexextra", "tex(" f ")", "mactex-no-gui"
            }
        }' paper.tex figures/picture.tex
    fi
}

# Whether this machine has it.
there() {
    case $1 in
    "<"*) printf '#include %s\n' "$1" | "${CC:-gcc}" -fopenmp -E - >/dev/null 2>&1 ;;
    *.py) "${PYTHON:-/usr/bin/python3}" -c "import ${1%.py}" 2>/dev/null ;;
    *.sty | *.cls | *.fd | *.pfb) command -v kpsewhich >/dev/null && kpsewhich "$1" >/dev/null ;;
    *) command -v "$1" >/dev/null ;;
    esac
}

if [[ -z $system ]]; then
    if [[ $(uname -s) == Darwin ]]; then
        system=macos
    elif command -v apt-get >/dev/null; then
        system=debian
    elif [[ -r /etc/os-release ]]; then
        # shellcheck disable=SC1091
        case " $(. /etc/os-release; echo "${ID-} ${ID_LIKE-}") " in
        *' fedora '* | *' rhel '*) system=fedora ;;
        *' arch '*) system=arch ;;
        *suse*) system=opensuse ;;
        esac
    fi
fi

case $system in
debian) column=2 install='apt-get install' ;;
fedora) column=3 install='dnf install' ;;
arch) column=4 install='pacman -S --needed' ;;
opensuse) column=5 install='zypper install' ;;
macos) column=6 install='brew install' ;;
*) column=2 install= ;;
esac

missing=() packages=() seen=' '
while read -ra need; do
    if [[ -n $all ]]; then
        :
    elif [[ $system == debian ]]; then
        # what a package brings may be there without the others that belong to it
        IFS=, read -ra names <<<"${need[1]}"
        installed=$(dpkg-query -W -f '${Status}\n' "${names[@]}" 2>/dev/null |
            grep -c 'install ok installed' || true)
        ((installed < ${#names[@]})) || continue
    elif there "${need[0]}"; then
        continue
    fi
    missing+=("${need[0]}")
    IFS=, read -ra names <<<"${need[column - 1]}"
    for name in "${names[@]}"; do
        [[ $name == - || $seen == *" $name "* ]] || packages+=("$name")
        seen+="$name "
    done
done < <(needs)

# Libraries for arm64 are unpacked below build/: installed, they would replace this machine's own.
unpack_arm64() {
    local here apt
    mkdir -p build/arm64/lists/partial build/arm64/cache/archives/partial
    cd build/arm64
    here=$PWD
    apt=(apt-get -qq -o "APT::Architectures::=$(dpkg --print-architecture)" -o APT::Architectures::=arm64
        -o "Dir::State::Lists=$here/lists" -o "Dir::Cache=$here/cache" -o APT::Sandbox::User=root)
    "${apt[@]}" update
    "${apt[@]}" download libgsl-dev:arm64 nettle-dev:arm64
    for deb in *.deb; do dpkg -x "$deb" .; done
    rm -rf lists cache ./*.deb
    echo 'libraries for arm64 are in build/arm64'
}

if [[ $system == debian && -z $all ]]; then
    if ((${#packages[@]})); then
        run=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
        if (($(id -u) != 0)); then
            command -v sudo >/dev/null ||
                { echo "neither root nor sudo: install ${packages[*]}" >&2; exit 1; }
            run=(sudo "${run[@]}")
        fi
        echo "installing ${packages[*]}"
        "${run[@]}" update
        "${run[@]}" install -y --no-install-recommends "${packages[@]}" >/dev/null
    else
        echo 'all packages are installed'
    fi
    [[ $what != bits ]] || unpack_arm64
    exit
fi

if ((${#missing[@]} == 0)); then
    echo 'all of it is there'
    exit
fi
if [[ $system == macos ]]; then
    echo 'Linux only: the build uses flock, /proc and the GNU tools; of macOS it is not known to work.' >&2
    echo 'A Linux in a container or a virtual machine does; what Homebrew calls the parts:' >&2
fi
[[ -n $all ]] || echo "missing: ${missing[*]}" >&2
if [[ -z $install ]]; then
    echo "this system is not known here; in Debian 12 the packages are: ${packages[*]}" >&2
else
    printf '%s' "$install"
    for name in "${packages[@]}"; do
        if [[ $name == *'('* ]]; then printf " '%s'" "$name"; else printf ' %s' "$name"; fi
    done
    echo
fi
[[ -n $all ]]
