# The paper, from source to PDF.  `make` alone lists the targets; chapters/rerun.tex explains them.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDEXPANSION:
.DEFAULT_GOAL := help

# ---- settings, all for the command line: make paper SCALE=quick THREADS=1 CC=clang ----
SCALE ?= full
DRAFT ?=
THREADS ?= $(shell nproc)
BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
# Flags for speed only: no choice here changes a bit of a result.  Those for gcc keep it from turning
# the loads of a register tile into calls of memcpy, and schedule for 512-bit vectors, which gcc 12
# does not for AMD's.
TUNE_gcc := -fno-tree-loop-distribute-patterns \
  $(if $(shell grep -s -m1 avx512vl /proc/cpuinfo),-mtune=icelake-server)
OPT ?= -O3 -march=native -mprefer-vector-width=512 $(if $(findstring clang,$(CC)),,$(TUNE_gcc))

ifeq ($(filter $(SCALE),full quick),)
$(error SCALE=$(SCALE) is unknown: wanted full or quick)
endif

# ---- what there is: one name a claim, and the files its program writes ----
CLAIMS := task compression phase_transition ib_bound sample_size depth critical as_coded
DATA_task := task.num task.tsv task_classes.tsv task_rule.tsv task_solid.tsv
DATA_compression := compression.num compression.tsv compression_crossings.tsv \
  compression_moments.tsv compression_networks.tsv
DATA_phase_transition := phase_transition.num phase_transition.tsv phase_transition_networks.tsv \
  phase_transition_settings.tsv
DATA_ib_bound := ib_bound.num ib_bound.tsv ib_bound_frontier.tsv ib_bound_networks.tsv ib_curve.tsv
DATA_sample_size := sample_size.num sample_size.tsv sample_size_accuracy.tsv sample_size_bound.tsv \
  sample_size_networks.tsv
DATA_depth := depth.num depth.tsv depth_networks.tsv depth_rates.tsv depth_speed.tsv \
  depth_relaxation.tsv depth_fits.tsv
DATA_critical := critical.num critical.tsv critical_networks.tsv critical_transitions.tsv
DATA_as_coded := as_coded.num as_coded.tsv as_coded_accuracy.tsv as_coded_cells.tsv \
  as_coded_networks.tsv

# The modules that decide the bytes of a run: their text, without comments, is the engine.
ENGINE_MODULES := lanes rng entropy unit dataset net product wide optimiser penalty draw config train icosahedron \
  random tasks information layers run

# ---- places ----
B := $(BUILD)/$(SCALE)
ifeq ($(BUILD)/$(SCALE),build/full)
D := data
PAPER := paper.pdf
else
D := $B/data
PAPER := $B/paper.pdf
endif
EXPECTED := tests/expected/$(SCALE)

# Rooms, from the ground up: a file may include those of its own room and of the rooms before it.
ROOMS := base numeric engine tasks measure bound runs judge report
LIB := $(foreach r,$(ROOMS),$(patsubst src/$r/%.c,$r/%,$(wildcard src/$r/*.c)))
INCLUDE := $(ROOMS:%=-Isrc/%)
UNIT := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
FIGURES := $(patsubst figures/%.gp,%,$(filter-out figures/style.gp,$(wildcard figures/*.gp)))
TEXT := paper.tex $(wildcard chapters/*.tex)
SOURCES := $(wildcard src/*/*.[ch] src/weave/*.awk) Makefile
ENGINE_SOURCES := $(foreach m,$(ENGINE_MODULES),$(foreach r,$(ROOMS),$(wildcard src/$r/$m.h src/$r/$m.c)))

data-of = $(addprefix $D/,$(DATA_$1))
NUMBERS := $(foreach c,$(CLAIMS),$D/$c.num)
LIB_O := $(LIB:%=$(BUILD)/obj/%.o)
PROGRAMS := $(CLAIMS:%=$(BUILD)/bin/%)
UNIT_BIN := $(UNIT:%=$(BUILD)/unit/%)

# ---- flags ----
# -ffp-contract=off: fused multiply-adds only where the source says so, or bits would differ from
# machine to machine.  The two -fno- flags let loops with fmaf and comparisons become vector code.
WARN := -Wall -Wextra -Wshadow -Wconversion -Werror -Wno-unknown-warning-option -Wno-pass-failed
EXTRA ?=
CFLAGS := -std=c11 -D_POSIX_C_SOURCE=200809L $(OPT) -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp \
  -fopenmp-simd $(WARN) $(EXTRA)
LIBS := -lgsl -lgslcblas -lnettle -lm
AWK := LC_ALL=C awk

# ---- tools ----
PACKAGES := gcc clang make libc6-dev libgsl-dev libgomp1 libomp-dev nettle-dev check pkg-config \
  gnuplot-nox latexmk texlive-latex-extra texlive-science texlive-fonts-recommended tex-gyre \
  lmodern poppler-utils faketime clang-format clang-tidy shellcheck valgrind git
need = command -v $1 >/dev/null || { echo "$1 not found: run make deps" >&2; exit 1; }
need-library = printf '\#include <$1>\n' | $(CC) -E - >/dev/null 2>&1 || \
  { echo "header $1 not found: run make deps" >&2; exit 1; }

.PHONY: help
help: ## list the targets
	@echo 'usage: make TARGET [SCALE=full|quick] [THREADS=n] [DRAFT=1] [CC=gcc|clang]'
	@$(AWK) -F ':.*## ' '/^[a-z][a-z -]*:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@echo '  make CLAIM          run one claim and print its result: $(CLAIMS)'

.PHONY: deps
deps: ## install the Debian packages that everything here needs
	@if command -v apt-get >/dev/null; then \
	  missing=(); \
	  for p in $(PACKAGES); do \
	    dpkg-query -W -f '$${Status}' $$p 2>/dev/null | grep -q 'install ok installed' || \
	      missing+=($$p); \
	  done; \
	  if (($${#missing[@]} == 0)); then echo 'all packages are installed'; exit 0; fi; \
	  run=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300); \
	  if (($$(id -u) != 0)); then \
	    command -v sudo >/dev/null || \
	      { echo "neither root nor sudo: install $${missing[*]}" >&2; exit 1; }; \
	    run=(sudo "$${run[@]}"); \
	  fi; \
	  echo "installing $${missing[*]}"; \
	  "$${run[@]}" update; \
	  "$${run[@]}" install -y --no-install-recommends "$${missing[@]}" >/dev/null; \
	else \
	  missing=(); \
	  for t in gcc clang make awk gnuplot latexmk pdflatex pdftoppm clang-format clang-tidy \
	    shellcheck valgrind pkg-config git; do \
	    command -v $$t >/dev/null || missing+=($$t); \
	  done; \
	  for h in gsl/gsl_rng.h nettle/sha2.h check.h; do \
	    printf '#include <%s>\n' $$h | $(CC) -E - >/dev/null 2>&1 || missing+=("<$$h>"); \
	  done; \
	  if (($${#missing[@]} == 0)); then echo 'all tools are there'; exit 0; fi; \
	  echo "no apt-get here; missing: $${missing[*]}" >&2; \
	  echo 'The names in Debian 12: $(PACKAGES)' >&2; \
	  exit 1; \
	fi

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
	  echo 'and about two minutes for the programs, the figures and the text; shared networks are trained once.'; \
	  if [[ $(SCALE) == full ]]; then \
	    echo 'make paper SCALE=quick shows the same in about a minute, in $(BUILD)/quick.'; \
	  fi; \
	fi

$(PAPER): $B/tex/paper.pdf
	@cp $< $@.new && mv $@.new $@ && echo "$@ is ready"

# ---- programs ----
# Other flags, another compiler: everything is compiled again.
$(BUILD)/flags: FORCE | $(BUILD)/
	@echo '$(CC) $(CFLAGS) $(LIBS)' >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
.PHONY: FORCE
FORCE:

# The engine: a hash of what decides the bytes of a run.  Comments and white space do not count.
$(BUILD)/engine.h: $(ENGINE_SOURCES) src/weave/engine.awk | $(BUILD)/
	@hash=$$($(AWK) -f src/weave/engine.awk $(ENGINE_SOURCES) | sha256sum); \
	echo "#define ENGINE \"$${hash:0:16}\"" >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; touch $@; else mv $@.new $@; fi

$(BUILD)/obj/runs/store.o: $(BUILD)/engine.h
$(LIB_O): $(BUILD)/obj/%.o: src/%.c $(BUILD)/flags | $(ROOMS:%=$(BUILD)/obj/%/)
	@$(call need,$(CC)); $(call need-library,gsl/gsl_rng.h); $(call need-library,nettle/sha2.h)
	@echo 'compile $<'
	@$(CC) $(CFLAGS) $(INCLUDE) -I$(BUILD) -MMD -MP -c -o $@ $<
$(BUILD)/libpaper.a: $(LIB_O)
	@rm -f $@; ar rcs $@ $^
$(PROGRAMS): $(BUILD)/bin/%: src/claims/%.c $(BUILD)/libpaper.a $(BUILD)/flags | $(BUILD)/bin/
	@echo 'compile $<'
	@$(CC) $(CFLAGS) $(INCLUDE) -MMD -MP -o $@ $< $(BUILD)/libpaper.a $(LIBS)
# Programs of the tests.
TOOLS := bench/bench bench/cost engine/bits engine/fuzz
$(foreach t,$(TOOLS),$(BUILD)/bin/$(notdir $t)): $(BUILD)/bin/%: $$(wildcard tests/*/$$*.c) \
  $(BUILD)/libpaper.a $(BUILD)/flags | $(BUILD)/bin/
	@echo 'compile $<'
	@$(CC) $(CFLAGS) $(INCLUDE) -MMD -MP -o $@ $< $(BUILD)/libpaper.a $(LIBS)
-include $(wildcard $(BUILD)/obj/*/*.d $(BUILD)/bin/*.d $(BUILD)/unit/*.d)

# ---- data: each program writes its files, trains what the run store lacks, prints its result ----
define data-rule
$(call data-of,$1) &: $(BUILD)/bin/$1 $(wildcard data/reference/$1.tsv) | $D/ $B/
	@$(BUILD)/bin/$1 --scale $(SCALE) --threads $(THREADS) --runs-dir $B/runs --data-dir $D \
	  >$B/$1.txt.new
	@mv $B/$1.txt.new $B/$1.txt
endef
$(foreach c,$(CLAIMS),$(eval $(call data-rule,$c)))

.PHONY: $(CLAIMS)
$(CLAIMS): %: $$(call data-of,$$*)
	@cat $B/$*.txt

# ---- numbers: none reaches the paper that does not match its expected value ----
.PHONY: verify
verify: $(NUMBERS) ## compare every number with tests/expected
	@$(AWK) -f src/weave/verify.awk -v scale=$(SCALE) $(foreach c,$(CLAIMS),$(EXPECTED)/$c.tsv $D/$c.num)
	@if [[ -f $(EXPECTED)/runs.sha256 && -d $B/runs ]]; then \
	  cd $B/runs; \
	  LC_ALL=C sha256sum -c - <$(CURDIR)/$(EXPECTED)/runs.sha256 2>/dev/null | $(AWK) -F ': ' \
	    '{total++; same += $$2 == "OK"; other += $$2 == "FAILED"} END { \
	      print same + 0 " of " total " published run records are here with the same bytes" \
	        (other ? ", " other " with other bytes" : ""); exit other > 0}'; \
	fi

$B/verified: $(NUMBERS) src/weave/verify.awk $(wildcard $(EXPECTED)/*.tsv)
	@if [[ -n '$(DRAFT)' ]]; then echo 'DRAFT: numbers are not compared with $(EXPECTED)'; \
	else $(AWK) -f src/weave/verify.awk -v scale=$(SCALE) \
	  $(foreach c,$(CLAIMS),$(EXPECTED)/$c.tsv $D/$c.num); fi
	@echo '$(DRAFT)' >$@

.PHONY: accept
accept: $(NUMBERS) ## take the present numbers as expected, in tests/ and in the text; show the diff
	@mkdir -p $(EXPECTED)
	@for c in $(CLAIMS); do \
	  $(AWK) -f src/weave/accept.awk -v scale=$(SCALE) -v file=$(EXPECTED)/$$c.tsv $D/$$c.num \
	    >$(EXPECTED)/$$c.tsv.new; \
	  mv $(EXPECTED)/$$c.tsv.new $(EXPECTED)/$$c.tsv; \
	done
	@cd $B/runs; grep -lx 'engine $(shell cut -d '"' -f2 $(BUILD)/engine.h 2>/dev/null)' */config.txt | \
	  sed 's|/config.txt$$||' | xargs -r -I{} find {} -name '[0-9]*.tsv' | sort -V | \
	  xargs -r sha256sum >$(CURDIR)/$(EXPECTED)/runs.sha256
	@if [[ $(SCALE) == full ]]; then \
	  for t in $(TEXT); do \
	    $(AWK) -f src/weave/values.awk -v accept=1 $(NUMBERS) $$t >$$t.new; \
	    if cmp -s $$t.new $$t; then rm $$t.new; else mv $$t.new $$t; fi; \
	  done; \
	fi
	@$(call need,git); git --no-pager diff --stat -- $(EXPECTED) $(TEXT); \
	git --no-pager diff --unified=0 -- $(EXPECTED)/*.tsv $(TEXT)

# ---- weaving: numbers and code into LaTeX ----
$B/numbers.tex: $(NUMBERS) src/weave/numbers.awk
	@$(AWK) -f src/weave/numbers.awk $(NUMBERS) >$@.new; mv $@.new $@

# Every \val text is the number it quotes.
$B/values: $B/verified $(TEXT) src/weave/values.awk
	@$(AWK) -f src/weave/values.awk -v scale=$(SCALE) -v draft='$(DRAFT)' $(NUMBERS) $(TEXT)
	@touch $@

# The regions of the sources that the text prints; a region that is as before keeps its file.
$B/excerpts: $(TEXT) $(SOURCES) | $B/excerpt/
	@$(AWK) -f src/weave/excerpts.awk -v to=$B/excerpt $(TEXT) >$@.new; mv $@.new $@

$B/settings.tex: FORCE | $B/
	@printf '%s\n' '\def\builddir{$B}' '\def\datadir{$D}' \
	  '$(if $(filter quick,$(SCALE)),\quickscaletrue,\quickscalefalse)' \
	  '$(if $(DRAFT),\drafttrue,\draftfalse)' >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# ---- figures ----
claim-of = $(firstword $(foreach c,$(CLAIMS),$(if $(filter $c $c_%,$1),$c)))
$(FIGURES:%=$B/figures/%.tex): $B/figures/%.tex: figures/%.gp figures/style.gp \
  $$(call data-of,$$(call claim-of,$$*)) | $B/figures/
	@$(call need,gnuplot)
	@LC_ALL=C.UTF-8 gnuplot -e "data = '$D'; output = '$B/figures/$*.tex'" figures/$*.gp 2>$B/figures/$*.log || \
	  { cat $B/figures/$*.log >&2; rm -f $@; exit 1; }
	@if grep -i warning $B/figures/$*.log >&2; then rm -f $@; exit 1; fi

.PHONY: figures
figures: $(FIGURES:%=$B/figures/%.tex) ## draw the figures

# The picture of the README, tracked; to be made again when the figure changes.
.PHONY: picture
picture: $B/figures/compression.tex | $B/tex/ ## draw the README's picture again
	@$(call need,pdflatex); $(call need,pdftoppm)
	@$(LATEX_ENV) pdflatex -output-directory=$B/tex -interaction=batchmode \
	  '\def\figurefile{$<}\input{figures/picture.tex}' >/dev/null
	@pdftoppm -r 130 -png -singlefile $B/tex/picture.pdf figures/compression

# ---- the text ----
# The bytes of the PDF do not depend on time, place, language or umask.
LATEX_ENV := env -u TEXINPUTS LC_ALL=C TZ=UTC SOURCE_DATE_EPOCH=1700000000 FORCE_SOURCE_DATE=1
$B/tex/paper.pdf: $(TEXT) paper.bib $B/values $B/numbers.tex $B/excerpts $B/settings.tex \
  $(FIGURES:%=$B/figures/%.tex) | $B/tex/
	@$(call need,latexmk); $(call need,pdflatex)
	@$(LATEX_ENV) latexmk -g -pdf -bibtex -silent -interaction=nonstopmode -halt-on-error \
	  -outdir=$B/tex -usepretex='\def\settings{$B/settings.tex}' paper.tex >$B/tex/latexmk.txt 2>&1 || \
	  { grep -A4 '^!' $B/tex/paper.log >&2 || tail -20 $B/tex/latexmk.txt >&2; \
	    echo 'LaTeX failed: see $B/tex/paper.log' >&2; rm -f $@; exit 1; }
	@if grep -E 'undefined|multiply defined|Overfull .hbox \(([2-9]|[1-9][0-9]+|1\.[0-9]*[1-9])' \
	  $B/tex/paper.log >&2; then echo 'these LaTeX warnings matter: see $B/tex/paper.log' >&2; \
	  $(if $(DRAFT),:,rm -f $@; exit 1); fi

# ---- tests ----
.PHONY: check
check: ## run all tests: the modules, the build, bad input, same bytes
	@tests/run.sh

$(UNIT_BIN): $(BUILD)/unit/%: tests/unit/%.c $(BUILD)/libpaper.a $(BUILD)/flags | $(BUILD)/unit/
	@$(call need-library,check.h)
	@echo 'compile $<'
	@$(CC) $(CFLAGS) $(INCLUDE) -MMD -MP -o $@ $< $(BUILD)/libpaper.a $$(pkg-config --libs check) $(LIBS)
.PHONY: unit-programs
unit-programs: $(UNIT_BIN)

.PHONY: lint
lint: ## check style: format, common errors, shell scripts, bare numbers in the text
	@$(call need,clang-format); $(call need,clang-tidy); $(call need,shellcheck)
	@clang-format --dry-run --Werror $(wildcard src/*/*.[ch] tests/unit/*.[ch])
	@printf '%s\n' $(wildcard src/*/*.c) | xargs -P $(THREADS) -n 4 sh -c 'clang-tidy --quiet "$$@" -- \
	  -std=c11 -D_POSIX_C_SOURCE=200809L $(INCLUDE) -DENGINE="\"lint\"" -fopenmp-simd 2>/dev/null' sh
	@shellcheck -x -P SCRIPTDIR $(wildcard tests/*.sh tests/*/*.sh src/cluster/*.sh) .ci/run
	@$(AWK) -f src/weave/lint.awk $(TEXT)
	@echo 'lint: nothing to complain about'

.PHONY: check-memory
check-memory: ## run the unit tests and a fuzz test with sanitizers and in valgrind
	@tests/memory.sh

# ---- speed ----
.PHONY: bench deps-bench
bench: $(BUILD)/bin/bench $(BUILD)/bin/cost $(PROGRAMS) ## measure the engine, PyTorch, numpy; minutes
	@tests/bench/bench.sh $(abspath $(BUILD)/bin) $(abspath data/bench.tsv) $(CLAIMS)

# PyTorch takes the matrix products of the system; Debian's default ones are slow.
deps-bench: ## install what make bench compares with: PyTorch and numpy
	@$(MAKE) --no-print-directory deps PACKAGES='python3-torch python3-numpy libopenblas0-pthread'

# ---- the same bytes in many builds ----
.PHONY: check-bits deps-bits
check-bits: ## compare records of gcc and clang, -O0 to -O3, x86-64 levels, aarch64, threads, shards
	@tests/bits.sh all

.PHONY: spot-check
RUNS ?= 10
spot-check: $(PROGRAMS) ## train RUNS=10 random runs of the paper anew; compare with the published
	@tests/spot_check.sh '$(RUNS)' $(SCALE) $(BUILD)/bin $(CLAIMS)

# Libraries for arm64 are unpacked below build/: installed, they would replace this machine's own.
ARM64 := build/arm64
APT_ARM64 = -qq -o APT::Architectures::=$$(dpkg --print-architecture) -o APT::Architectures::=arm64 \
  -o Dir::State::Lists="$(CURDIR)/$(ARM64)/lists" -o Dir::Cache="$(CURDIR)/$(ARM64)/cache"
deps-bits: ## install what make check-bits uses for aarch64: cross compiler, emulator, libraries
	@$(MAKE) --no-print-directory deps \
	  PACKAGES='gcc gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user'
	@mkdir -p $(ARM64)/lists/partial $(ARM64)/cache/archives/partial
	@cd $(ARM64); apt-get $(APT_ARM64) -o APT::Sandbox::User=root update; \
	apt-get $(APT_ARM64) -o APT::Sandbox::User=root download libgsl-dev:arm64 nettle-dev:arm64; \
	for d in *.deb; do dpkg -x "$$d" .; done; rm -rf lists cache ./*.deb
	@echo 'libraries for arm64 are in $(ARM64)'

# ---- beyond one machine: Slurm schedules; the run store, on a shared file system, is what is shared ----
K ?=
N ?=
CLAIM ?=
SHARDS ?= 16
DRY ?=
train = $(BUILD)/bin/$1 --scale $(SCALE) --threads $2 --runs-dir $B/runs --data-dir $D
# Whether $1 is a whole number from 1 to $2.
is-number = $(shell n='$(subst ','\'',$1)'; [[ $$n =~ ^[1-9][0-9]{0,4}$$ ]] && ((n <= $2)) && echo yes)

ifneq ($(filter shard,$(MAKECMDGOALS)),)
ifeq ($(and $(call is-number,$(N),99999),$(call is-number,$(K),$(N))),)
$(error K='$(K)' N='$(N)': wanted share K of N, 1 <= K <= N, as in make shard K=3 N=16 CLAIM=compression)
endif
ifneq ($(words $(CLAIM)) $(filter $(CLAIM),$(CLAIMS)),1 $(CLAIM))
$(error CLAIM='$(CLAIM)' is unknown: wanted one of $(CLAIMS))
endif
endif

.PHONY: shard
shard: $(CLAIM:%=$(BUILD)/bin/%) ## train share K of N of the networks of CLAIM into the run store
	@$(call train,$(CLAIM),$(THREADS)) --shard $(K)/$(N)
	@echo '$(CLAIM): share $(K) of $(N) is in $B/runs'

ifneq ($(filter submit,$(MAKECMDGOALS)),)
ifeq ($(call is-number,$(SHARDS),99999),)
$(error SHARDS='$(SHARDS)': wanted the number of tasks in an array, as in make submit SHARDS=16)
endif
ifeq ($(or $(DRY),$(shell command -v sbatch)),)
$(error sbatch not found: run make deps-cluster)
endif
endif

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

.PHONY: deps-cluster
deps-cluster: ## install Slurm, for submit and check-cluster; a cluster has it
	@command -v apt-get >/dev/null || { echo 'no apt-get here: install Slurm and munge' >&2; exit 1; }
	@$(MAKE) --no-print-directory deps PACKAGES='slurm-wlm munge'

# ---- cleaning ----
.PHONY: clean distclean
clean: ## remove what is made quickly; keep the run store, which is always valid
	@rm -rf $(BUILD)/obj $(BUILD)/bin $(BUILD)/unit $(BUILD)/libpaper.a $(BUILD)/flags* \
	  $(BUILD)/engine.h* paper.pdf data/*.tsv data/*.num data/*.tmp-*
	@for s in full quick; do \
	  find $(BUILD)/$$s -mindepth 1 -maxdepth 1 ! -name runs -exec rm -rf {} + 2>/dev/null || true; done
distclean: clean ## remove the run store, too
	@rm -rf $(BUILD)

%/:
	@mkdir -p $@
