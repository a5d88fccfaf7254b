# The paper, from source to PDF.  `make` alone lists the targets; chapters/rerun.tex explains them.

ifeq ($(filter grouped-target,$(.FEATURES)),)
$(error GNU Make $(MAKE_VERSION) is too old: wanted 4.3 or later (on macOS: brew install make, then gmake))
endif
SHELL := /bin/bash
.SHELLFLAGS := -p -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDEXPANSION:
.DEFAULT_GOAL := help
# -p above and this: no start-up file of the user's runs first, and no tool speaks another language.
export LC_ALL := C
unexport BASH_ENV CDPATH GREP_OPTIONS

# ---- settings, all for the command line: make paper SCALE=quick THREADS=1 CC=clang ----
SCALE ?= full
DRAFT ?=
THREADS ?= $(shell nproc 2>/dev/null || getconf _NPROCESSORS_ONLN)
BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
WERROR ?=
EXTRA ?=
RUNS ?= 10
K ?=
N ?=
CLAIM ?=
SHARDS ?= 16
DRY ?=
FEWER ?=
CHANGED ?=

# $1 as one word of the shell; whether it is a whole number from 1 to $2; the flags of $1 that the
# compiler takes.
quoted = '$(subst ','\'',$1)'
is-number = $(shell n=$(call quoted,$1); [[ $$n =~ ^[1-9][0-9]{0,4}$$ ]] && ((n <= $2)) && echo yes)
taken = $(shell for f in $1; do $(CC) -Werror $$f -S -o - -x c /dev/null >/dev/null 2>&1 && echo $$f; done)

# Flags for speed only: no choice here changes a bit of a result.  The last ones keep gcc from turning
# the loads of a register tile into calls of memcpy, and schedule for 512-bit vectors, which gcc 12
# does not for AMD's.
OPT ?= -O3 $(call taken,-march=native -mprefer-vector-width=512) \
  $(if $(call taken,-fno-tree-loop-distribute-patterns),-fno-tree-loop-distribute-patterns \
    $(if $(shell grep -s -m1 avx512vl /proc/cpuinfo),$(call taken,-mtune=icelake-server)))

# ---- what there is: a chapter of the paper that has a program is a claim; they come in its order ----
CLAIMS := $(patsubst src/claims/%.c,%,$(wildcard $(patsubst %,src/claims/%.c,\
  $(shell sed -n 's/^\\input{chapters\/\([a-z_]*\)}$$/\1/p' paper.tex))))

# What decides the bytes of a run: its text, without comments, is the engine.  The bytes of a
# measurement hang on the engine, on what all estimators share, and on the estimator's own module.
ENGINE_SOURCES := $(sort $(foreach m,numeric/lanes numeric/entropy numeric/rng numeric/solve engine/* tasks/* \
  measure/layers runs/run,$(wildcard src/$m.[ch])))
MEASURE_SHARED := $(wildcard src/measure/information.[ch])
ESTIMATORS := $(filter-out estimator information layers,$(patsubst src/measure/%.c,%,$(wildcard src/measure/*.c)))

# ---- wrong settings stop here, before anything is written or removed ----
ifneq ($(words $(SCALE)) $(filter full quick,$(SCALE)),1 $(SCALE))
$(error SCALE=$(SCALE) is unknown: wanted full or quick)
endif
ifneq ($(filter-out 1,$(DRAFT)),)
$(error DRAFT='$(DRAFT)' is unknown: wanted 1 or nothing)
endif
ifneq ($(call is-number,$(THREADS),1024),yes)
$(error THREADS='$(THREADS)': wanted a number from 1 to 1024)
endif
ifeq ($(strip $(CC)),)
$(error CC is empty: wanted a compiler, as in CC=clang)
endif
WRONG_PLACE := $(shell $(SHELL) -p src/make/place.sh $(call quoted,$(BUILD)))
ifneq ($(WRONG_PLACE),)
$(error $(WRONG_PLACE))
endif
ifneq ($(filter spot-check,$(MAKECMDGOALS)),)
ifneq ($(call is-number,$(RUNS),99999),yes)
$(error RUNS='$(RUNS)': wanted the number of runs, as in make spot-check RUNS=10)
endif
endif
ifneq ($(filter shard,$(MAKECMDGOALS)),)
ifeq ($(and $(call is-number,$(N),99999),$(call is-number,$(K),$(N))),)
$(error K='$(K)' N='$(N)': wanted share K of N, 1 <= K <= N, as in make shard K=3 N=16 CLAIM=compression)
endif
ifneq ($(words $(CLAIM)) $(filter $(CLAIM),$(CLAIMS)),1 $(CLAIM))
$(error CLAIM='$(CLAIM)' is unknown: wanted one of $(CLAIMS))
endif
endif
ifneq ($(filter submit,$(MAKECMDGOALS)),)
ifeq ($(call is-number,$(SHARDS),99999),)
$(error SHARDS='$(SHARDS)': wanted the number of tasks in an array, as in make submit SHARDS=16)
endif
ifeq ($(or $(DRY),$(shell command -v sbatch)),)
$(error sbatch not found: run make deps-cluster)
endif
endif

# ---- places ----
# What the programs write is in $D; what is published, and compared with it, in data/ (full scale)
# and tests/expected/quick.  What is made of numbers and text is in $T, apart for a draft: nothing of
# a draft can pass for the paper, which was compared.
override B := $(BUILD)/$(SCALE)
override D := $B/data
override T := $B/$(if $(DRAFT),draft,paper)
PUBLISHED := $(if $(filter full,$(SCALE)),data,tests/expected/quick)
PAPER := $(if $(filter build/full,$B),,$B/)$(if $(DRAFT),draft,paper).pdf
# Numbers and figures are made only of what this stamp vouches for.
GATE := $(if $(DRAFT),$T/values,$B/verified)

# Rooms, from the ground up: a file may include those of its own room and of the rooms before it.
ROOMS := base numeric engine tasks measure bound runs judge report
LIB := $(foreach r,$(ROOMS),$(patsubst src/$r/%.c,$r/%,$(wildcard src/$r/*.c)))
INCLUDE := $(ROOMS:%=-Isrc/%)
UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
FIGURES := $(patsubst figures/%.gp,%,$(filter-out figures/style.gp,$(wildcard figures/*.gp)))
TEXT := paper.tex $(wildcard chapters/*.tex)
SOURCES := $(wildcard src/*/*.[ch] src/weave/*.awk) Makefile

NUMBERS := $(CLAIMS:%=$D/%.num)
STAMPS := $(CLAIMS:%=$B/stamp/%)
LIB_O := $(LIB:%=$(BUILD)/obj/%.o)
PROGRAMS := $(CLAIMS:%=$(BUILD)/bin/%)
UNIT_BIN := $(UNIT:%=$(BUILD)/unit/%)

# A claim's program on $2 threads.
train = $(BUILD)/bin/$1 --scale $(SCALE) --threads $2 --runs-dir $B/runs --data-dir $D

# ---- tools ----
# What the programs that draw and set the paper see of the machine: where they are, and nothing of the
# user's own settings.  The bytes of the PDF do not depend on time, place, language or umask; its date
# is that of the source.
CLEAN = env -i PATH="$$PATH" TMPDIR="$${TMPDIR:-/tmp}" LD_LIBRARY_PATH="$${LD_LIBRARY_PATH-}" \
  HOME=/nonexistent openout_any=a LC_ALL=C.UTF-8 TZ=UTC FORCE_SOURCE_DATE=1 \
  SOURCE_DATE_EPOCH=$$(date -u -d '$(call cited,date-released)' +%s)
need = command -v $1 >/dev/null || { echo "$1 not found: run make deps" >&2; exit 1; }
need-compiler = $(foreach w,$(filter-out -%,$(CC)),$(call need,$w);)
need-library = printf '\#include <$1>\n' | $(CC) -E - >/dev/null 2>&1 || \
  { echo "header $1 not found: run make deps" >&2; exit 1; }
AWK := LC_ALL=C awk
# Puts $@.new in the place of $@, unless it is the same.
renew = if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

.PHONY: help
help: ## list the targets
	@echo 'usage: make TARGET [SCALE=full|quick] [THREADS=n] [DRAFT=1] [CC=gcc|clang]'
	@$(AWK) -F ':.*## ' '/^[a-z][a-z -]*:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@echo '  make CLAIM          run one claim and print its result: $(CLAIMS)'

.PHONY: deps deps-bench deps-bits deps-cluster
deps: ## install what everything here needs, or say what is missing
	@src/make/deps.sh paper
deps-bench: ## install what make bench compares with: PyTorch and numpy
	@src/make/deps.sh bench
deps-bits: ## install what make check-bits uses for aarch64: cross compiler, emulator, libraries
	@src/make/deps.sh bits
deps-cluster: ## install Slurm, for submit and check-cluster; a cluster has it
	@src/make/deps.sh cluster

.PHONY: where
where: ## N=4.27 or a key: what a number means, where it stands, what makes it
	@N=$(call quoted,$(N)) $(AWK) -f src/weave/where.awk $(wildcard data/*.num) here=1 \
	  $(wildcard $(BUILD)/full/data/*.num) data/reference/original.tsv chapters/typed.tsv \
	  tests/expected/allowed.tsv src/weave/verify.awk $(TEXT) $(wildcard figures/*.gp \
	  src/claims/*.c src/report/*.c src/judge/*.c)

# ---- one make at a time: two in one BUILD would write the same files ----
# All other targets are made by a second make, under the lock of that directory.  Shares of a shared
# run store are trained at once by many machines, so without it.
NO_LOCK := help deps deps-% where shard
UNDER_LOCK := $(shell [[ /proc/self/fd/199 -ef $(BUILD)/.paper ]] && echo yes)
DRY_RUN := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
ifneq ($(UNDER_LOCK)$(DRY_RUN),)
make-locked = $(MAKE) --no-print-directory $1
else
make-locked = MAKE=$(call quoted,$(MAKE)) src/make/locked.sh $(BUILD) $1
endif

.PHONY: shard
shard: ## train share K of N of the networks of CLAIM into the run store
	+@$(call make-locked,$(BUILD)/bin/$(CLAIM))
	@$(call train,$(CLAIM),$(THREADS)) --shard $(K)/$(N)
	@echo '$(CLAIM): share $(K) of $(N) is in $B/runs'

ifeq ($(UNDER_LOCK)$(DRY_RUN),)
LOCKED := $(filter-out $(NO_LOCK),$(MAKECMDGOALS))
.PHONY: locked $(sort $(LOCKED))
$(sort $(LOCKED)): locked
	@:
locked: $(filter deps deps-%,$(MAKECMDGOALS))
	+@$(call make-locked,$(LOCKED))
else

# ---- flags ----
# -ffp-contract=off: fused multiply-adds only where the source says so, or bits would differ from
# machine to machine.  The -fno-math- and -fno-trapping- flags let loops with fmaf and comparisons
# become vector code.  These flags decide the bits, so they stand last; what they cannot undo is
# refused by src/base/bits.h.
BITS := -fno-unsafe-math-optimizations -fno-associative-math -fno-reciprocal-math -fsigned-zeros \
  -ffp-contract=off -fno-math-errno -fno-trapping-math -include src/base/bits.h
WARN := -Wall -Wextra -Wshadow -Wconversion -Wno-unknown-warning-option -Wno-pass-failed \
  -Wno-enum-float-conversion -Wno-overriding-t-option
CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(WARN) -fopenmp -fopenmp-simd $(OPT) $(EXTRA) $(BITS)
LIBS := -lgsl -lgslcblas -lnettle -lm
# To $@, by way of another name: a compiler that is killed leaves nothing that looks finished.  What
# has lost its list of headers is compiled again.
compile = echo 'compile $<'; $(CC) $(CFLAGS) $(if $(WERROR),-Werror) $(INCLUDE) -I$(BUILD) -MMD -MP \
  -MF $@.d.new -MT $@ -o $@.new $1; mv $@.d.new $@.d; mv $@.new $@
without-headers = $$(if $$(wildcard $$@.d),,FORCE)
link = $(call compile,$< $(BUILD)/libpaper.a $1 $(LIBS))

# ---- the paper ----
.PHONY: paper
paper: announce $(PAPER) ## build the paper: every network, number and figure
	@:

# Says how long it will take, if a network is missing.
.PHONY: announce
announce: | $(PROGRAMS)
	@left=$$(for c in $(CLAIMS); do \
	  $(BUILD)/bin/$$c --estimate --scale $(SCALE) --threads $(THREADS) \
	    --runs-dir $B/runs --data-dir $D; done); \
	if [[ -n $$left ]]; then \
	  echo "$$left"; \
	  echo 'and about two minutes for programs, figures, text; shared networks are trained once.'; \
	  if [[ $(SCALE) == full ]]; then \
	    echo 'make paper SCALE=quick shows the same in about a minute, in $(BUILD)/quick.'; \
	  fi; \
	fi

# ---- programs ----
# Other flags, another compiler: everything is compiled again.
$(BUILD)/flags: FORCE | $(BUILD)/
	@echo $(call quoted,$(CC) $(CFLAGS) $(LIBS)) >$@.new; $(renew)
.PHONY: FORCE
FORCE:

# The engine: a hash of what decides the bytes of a run.  Comments and white space do not count.
$(BUILD)/engine.h: $(ENGINE_SOURCES) $(wildcard src/measure/*.[ch]) src/weave/engine.awk | $(BUILD)/
	@hash() { $(AWK) -f src/weave/engine.awk "$$@" | sha256sum; }; \
	engine=$$(hash $(ENGINE_SOURCES)); engine=$${engine:0:16}; \
	{ echo "#define ENGINE \"$$engine\""; \
	  echo '#define ENGINE_ESTIMATORS \'; \
	  for m in $(ESTIMATORS); do \
	    version=$$({ echo $$engine; hash $(MEASURE_SHARED) src/measure/$$m.h src/measure/$$m.c; } | sha256sum); \
	    echo "    {\"$$m\", \"$${version:0:8}\"}, \\"; \
	  done; \
	  echo; } >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; touch $@; else mv $@.new $@; fi

$(BUILD)/obj/runs/store.o: $(BUILD)/engine.h
$(LIB_O): $(BUILD)/obj/%.o: src/%.c $(BUILD)/flags $(without-headers) | $(ROOMS:%=$(BUILD)/obj/%/)
	@$(need-compiler) $(call need-library,gsl/gsl_rng.h); $(call need-library,nettle/sha2.h)
	@$(call compile,-c $<)
# A module that is gone leaves the library, too.
$(BUILD)/modules: FORCE | $(BUILD)/
	@echo '$(LIB_O)' >$@.new; $(renew)
$(BUILD)/libpaper.a: $(LIB_O) $(BUILD)/modules
	@rm -f $@.new; ar rcs $@.new $(LIB_O); mv $@.new $@
$(PROGRAMS): $(BUILD)/bin/%: src/claims/%.c $(BUILD)/libpaper.a $(BUILD)/flags $(without-headers) \
  | $(BUILD)/bin/
	@$(call link,)
$(BUILD)/bin/records: $(BUILD)/bin/%: src/tools/%.c $(BUILD)/libpaper.a $(BUILD)/flags $(without-headers) | $(BUILD)/bin/
	@$(call link,)
# Programs of the tests.
TOOLS := bench/bench bench/cost engine/bits engine/fuzz
$(foreach t,$(TOOLS),$(BUILD)/bin/$(notdir $t)): $(BUILD)/bin/%: $$(wildcard tests/*/$$*.c) \
  $(BUILD)/libpaper.a $(BUILD)/flags $(without-headers) | $(BUILD)/bin/
	@$(call link,)
$(UNIT_BIN): $(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libpaper.a $(BUILD)/flags $(without-headers) \
  | $(BUILD)/unit/
	@$(call need-library,check.h)
	@$(call link,$$(pkg-config --libs check))
.PHONY: unit-programs
unit-programs: $(UNIT_BIN)
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/bin/*.d $(BUILD)/unit/*.d)

# ---- data: each program writes its files, trains what the run store lacks, prints its result ----
# One at a time, for it uses all cores itself, and the next finds the networks that they share.
# A stamp lists the files; while one of them is missing, it is to be made again.  So it is for who asks
# for a claim whose program was run by hand: its result is an older one.
$(STAMPS): $B/stamp/%: $(BUILD)/bin/% $$(wildcard data/reference/$$**.tsv) | $D/ $B/stamp/
	@flock $B/training $(call train,$*,$(THREADS)) >$B/$*.txt.new
	@mv $B/$*.txt.new $B/$*.txt
	@$< --list-files >$@.new; mv $@.new $@
files-of = $B/$1.txt $(addprefix $D/,$(file <$B/stamp/$1))
missing-of = $(filter-out $(wildcard $(call files-of,$1)),$(call files-of,$1))
newer-of = $(if $(and $(filter $1,$(MAKECMDGOALS)),$(wildcard $B/stamp/$1)),$(shell find $(call files-of,$1) -newer $B/stamp/$1 2>/dev/null))
$(foreach c,$(CLAIMS),$(if $(or $(call missing-of,$c),$(call newer-of,$c)),$(eval $B/stamp/$c: FORCE)))

.PHONY: $(CLAIMS)
$(CLAIMS): %: $B/stamp/%
	@cat $B/$*.txt

# ---- the gate: nothing is shown that was not compared with what is published ----
.PHONY: verify
verify: $(STAMPS) $B/original.num $(BUILD)/bin/records ## compare all that the paper shows with what is published
	@src/weave/verify.sh $(SCALE) '$B'

# The stamp holds a fingerprint of all that was compared: while it is the same, so is the answer.
$B/verified: $(STAMPS) $B/original.num $(BUILD)/bin/records FORCE
	@src/weave/verify.sh $(SCALE) '$B' $@

# A draft has another stamp: its numbers exist, no more.
$T/values: $(STAMPS) $B/original.num $(TEXT) src/weave/values.awk | $T/
	@echo 'DRAFT: nothing is compared with what is published'
	@$(AWK) -f src/weave/values.awk -v draft=1 $(NUMBERS) $B/original.num $(TEXT)
	@touch $@

# CHANGED=yes: published records may have other numbers; FEWER=yes: and may go.
.PHONY: freeze
freeze: ## note the digest and the commit of the rules, before networks are trained
	@src/make/freeze.sh

.PHONY: accept
accept: $(STAMPS) $B/original.num $(BUILD)/bin/records ## take what there is as right; show the diff
	@FEWER=$(call quoted,$(FEWER)) CHANGED=$(call quoted,$(CHANGED)) \
	  src/weave/accept.sh $(SCALE) '$B'

# ---- weaving: numbers and code into LaTeX ----
# Values of the original paper and verdicts of the first edition, as numbers.
$B/original.num: data/reference/original.tsv data/reference/first_edition.tsv src/weave/reference.awk | $B/
	@$(AWK) -f src/weave/reference.awk $(filter %.tsv,$^) >$@.new; mv $@.new $@

# In a draft, which compares nothing that could stop it, numbers that are not the published are red.
$T/numbers.tex: $(STAMPS) $B/original.num src/weave/numbers.awk FORCE | $(GATE) $T/
	@$(AWK) -f src/weave/numbers.awk $(if $(DRAFT),published=1 $(wildcard $(PUBLISHED)/*.num) $B/original.num published=0) \
	  $(NUMBERS) $B/original.num >$@.new; $(renew)

# The table of all conditions.
$T/conditions.tex: $(STAMPS) src/weave/conditions.awk FORCE | $(GATE) $T/
	@$(AWK) -f src/weave/conditions.awk $(foreach c,$(CLAIMS),$(if $(wildcard $D/$c_verdicts.tsv),\
	  $D/$c.num $D/$c_verdicts.tsv)) >$@.new; $(renew)

# The regions of the sources that the text prints; as before, if none has changed or is missing.
$B/excerpt: FORCE | $B/
	@rm -rf $@.new; mkdir $@.new; $(AWK) -f src/weave/excerpts.awk -v to=$@.new $(TEXT) >/dev/null
	@if diff -rq $@.new $@ >/dev/null 2>&1; then rm -r $@.new; else rm -rf $@; mv $@.new $@; fi

# The digest of the rules and the commit that froze them, before the networks that they judge were trained.
frozen = $(shell sed -n 's/^$1 //p' src/judge/rules.frozen)

# What the PDF says of itself: a line of CITATION.cff, without quotation marks.
cited = $(shell sed -n 's/^$1: *"\{0,1\}\([^"]*\)"\{0,1\} *$$/\1/p' CITATION.cff)
$T/settings.tex: FORCE | $T/
	@printf '%s\n' '\def\builddir{$B}' '\def\madedir{$T}' \
	  "\def\papertitle{$(call cited,title)}" '\def\paperversion{$(call cited,version)}' \
	  '\def\paperdate{$(call cited,date-released)}' '\def\paperaddress{$(call cited,repository-code)}' \
	  '\def\rulesdigest{$(call frozen,sha256)}' '\def\rulescommit{$(call frozen,commit)}' \
	  '\quickscale$(if $(filter quick,$(SCALE)),true,false)' '\draft$(if $(DRAFT),true,false)' >$@.new; $(renew)

# ---- figures ----
# gnuplot writes a text and a picture, which the text quotes by the name it is written under.
claim-of = $(firstword $(foreach c,$(CLAIMS),$(if $(filter $c $c_%,$1),$c)))
$T/figures/%.tex $T/figures/%.pdf: figures/%.gp figures/style.gp \
  $$(addprefix $B/stamp/,$$(call claim-of,$$*)) | $(GATE) $T/figures/new/
	@$(call need,gnuplot)
	@log=$T/figures/$*.log; \
	$(CLEAN) gnuplot -d -e "data = '$D'; output = '$T/figures/new/$*.tex'" $< 2>$$log || \
	  { cat $$log >&2; exit 1; }; \
	if grep -i warning $$log >&2; then exit 1; fi
	@cd $T/figures; mv new/$*.pdf $*.pdf; \
	sed 's|$T/figures/new/|$T/figures/|' new/$*.tex >$*.tex.new; rm new/$*.tex; mv $*.tex.new $*.tex

.PHONY: figures
figures: $(FIGURES:%=$T/figures/%.tex) ## draw the figures

# The picture of the README, tracked; to be made again when the figure changes.
.PHONY: picture
picture: $T/figures/compression.tex | $T/ ## draw the README's picture again
	@$(call need,pdflatex); $(call need,pdftoppm)
	@$(CLEAN) pdflatex -output-directory=$T -interaction=batchmode \
	  '\def\figurefile{$<}\input{figures/picture.tex}' >/dev/null
	@pdftoppm -r 130 -png -singlefile $T/picture.pdf figures/compression

# ---- the text ----
$(PAPER): $(TEXT) paper.bib $(GATE) $T/numbers.tex $T/settings.tex $T/conditions.tex $B/excerpt \
  $(foreach f,$(FIGURES),$T/figures/$f.tex $T/figures/$f.pdf) | $T/
	@$(call need,latexmk); $(call need,pdflatex)
	@$(CLEAN) latexmk -norc -g -pdf -bibtex -silent -interaction=nonstopmode -halt-on-error \
	  -e '$$bibtex_fudge = 0' -outdir=$T -usepretex='\def\settings{$T/settings.tex}' paper.tex \
	  >$T/latexmk.txt 2>&1 || \
	  { grep -A4 '^!' $T/paper.log >&2 || tail -20 $T/latexmk.txt >&2; \
	    echo 'LaTeX failed: see $T/paper.log' >&2; exit 1; }
	@if grep -E 'undefined|multiply defined|Overfull .hbox \(([2-9]|[1-9][0-9]+|1\.[0-9]*[1-9])' \
	  $T/paper.log >&2; then echo 'these LaTeX warnings matter: see $T/paper.log' >&2; \
	  $(if $(DRAFT),:,exit 1); fi
	@cp $T/paper.pdf $@.new; mv $@.new $@; echo '$@ is ready'

# ---- tests ----
.PHONY: check
check: ## run all tests: the modules, the build, bad input, same bytes
	@tests/run.sh

.PHONY: lint
lint: $(BUILD)/engine.h ## check style: format, common errors, shell scripts, bare numbers in the text
	@$(call need,clang-format); $(call need,clang-tidy); $(call need,shellcheck)
	@$(AWK) -f src/weave/arrows.awk -v rooms='$(ROOMS) claims tools' $(wildcard src/*/*.[ch])
	@clang-format --dry-run --Werror $(wildcard src/*/*.[ch] tests/unit/*.[ch])
	@printf '%s\n' $(wildcard src/*/*.c) | xargs -P $(THREADS) -n 4 sh -c 'clang-tidy --quiet "$$@" -- \
	  -std=c11 -D_POSIX_C_SOURCE=200809L $(INCLUDE) -I$(BUILD) -fopenmp-simd 2>/dev/null' sh
	@shellcheck -x -P SCRIPTDIR $(wildcard tests/*.sh tests/*/*.sh src/*/*.sh) .ci/run
	@$(AWK) -f src/weave/text.awk $(TEXT) $(TEXT) >$(BUILD)/text.tsv.new; \
	$(AWK) -f src/weave/lint.awk -v list=1 chapters/typed.tsv $(BUILD)/text.tsv.new $(TEXT); \
	rm $(BUILD)/text.tsv.new
	@echo 'lint: nothing to complain about'

.PHONY: check-memory
check-memory: ## run the unit tests and a fuzz test with sanitizers and in valgrind
	@tests/memory.sh

# ---- speed ----
.PHONY: bench
bench: $(BUILD)/bin/bench $(BUILD)/bin/cost $(PROGRAMS) ## measure the engine, PyTorch, numpy; minutes
	@tests/bench/bench.sh $(BUILD)/bin $(BUILD)/bench.tsv $(CLAIMS)

# ---- the same bytes in many builds ----
.PHONY: check-bits
check-bits: ## compare records of gcc and clang, -O0 to -O3, x86-64 levels, aarch64, threads, shards
	@tests/bits.sh all

.PHONY: spot-check
spot-check: $(PROGRAMS) ## train RUNS=10 random runs of the paper anew; compare with the published
	@tests/spot_check.sh '$(RUNS)' $(SCALE) $(BUILD)/bin $(CLAIMS)

# ---- beyond one machine: Slurm schedules; the run store, on a shared file system, is what is shared ----
# Threads, so cores, of a task: what was asked for, not what the submitting host has.
TASK_THREADS := $(if $(filter file,$(origin THREADS)),1,$(THREADS))
# The last job must not compile again: it gets the settings that another host might choose otherwise.
SETTINGS = $(foreach v,SCALE BUILD CC OPT EXTRA DRAFT,$v="$($v)")

.PHONY: submit
submit: $(PROGRAMS) ## train on a Slurm cluster, SHARDS tasks a claim, and build the paper; DRY=1 prints
	@env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL DRY='$(DRY)' \
	  src/cluster/submit.sh $(SHARDS) $(TASK_THREADS) $B/slurm \
	  'make paper THREADS=$(TASK_THREADS) $(SETTINGS)' \
	  $(foreach c,$(CLAIMS),'$(call train,$c,$(TASK_THREADS))')

.PHONY: check-cluster
check-cluster: ## build the quick paper on a Slurm of two nodes on this host, one of which dies
	@tests/cluster.sh

# ---- cleaning ----
.PHONY: clean distclean
clean: ## remove what is made quickly; keep the run store, which is always valid
	@rm -rf $(addprefix $(BUILD)/,obj bin unit libpaper.a* modules* flags* engine.h*)
	@for s in $(wildcard $(BUILD)/full $(BUILD)/quick); do \
	  find $$s -mindepth 1 -maxdepth 1 ! -name runs -exec rm -rf {} +; done
	@$(if $(filter build,$(BUILD)),rm -f paper.pdf draft.pdf)
distclean: clean ## remove the run store, too
	@rm -rf $(BUILD)
endif

.PRECIOUS: %/
%/:
	@mkdir -p $@
