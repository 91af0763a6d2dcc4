# doorstroom: make run, make test. Every target is listed by 'make help'.
#
# Sources are found by folder; a new .c file needs no line here. Objects and programs go to $(BUILD).

SHELL    := /bin/bash
CC       ?= gcc
BUILD    ?= build
PREFIX   ?= /usr/local
OPTIMISE ?= -O2
CHECK    ?=
EXTRA    ?=
JOBS     ?= $(shell nproc 2>/dev/null || echo 1)

VERSION  := 0.1.0
COMMIT   := $(shell git describe --always --dirty 2>/dev/null || echo unknown)

# The page of reports is bundled by node; where there is none yet, Debian's.
NODE := $(shell command -v node >/dev/null && command -v npm >/dev/null || echo nodejs npm ca-certificates)

# What a build needs, and what the tests with other programs need besides (Debian's names).
PACKAGES      := gcc make pkg-config libgsl-dev libhdf5-dev libyaml-dev libcsv-dev libsleef-dev \
                 libunistring-dev librandom123-dev libdeflate-dev nettle-dev libjansson-dev $(NODE)
TEST_PACKAGES := $(PACKAGES) libcmocka-dev bats
ALL_PACKAGES  := $(TEST_PACKAGES) clang libomp-dev clang-format clang-tidy cppcheck hdf5-tools netcdf-bin python3-h5py \
                 python3-xarray python3-netcdf4 python3-h5netcdf python3-dask python3-scipy python3-yaml python3-jsonschema python3-matplotlib \
                 udunits-bin cdo r-cran-ncdf4 binutils mandoc chromium firefox-esr poppler-utils

# What the tests on a cluster and of a workflow need besides. Snakemake brings 72 packages, 0.7 GB and a minute.
CLUSTER_PACKAGES  := slurm-wlm shellcheck
WORKFLOW_PACKAGES := snakemake

LIBRARIES := gsl hdf5 yaml-0.1 libdeflate nettle sleef jansson
MISSING := $(shell for l in $(LIBRARIES); do pkg-config --exists $$l 2>/dev/null || echo $$l; done)
CFLAGS_LIBRARIES  = $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null | sed 's/-I/-isystem /g')
LDLIBS = $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lhdf5_hl -lcsv -lunistring -lm

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CFLAGS_ALL = -std=c17 -D_GNU_SOURCE $(OPTIMISE) -g $(WARNINGS) -ffp-contract=off -fopenmp -I. \
             $(CFLAGS_LIBRARIES) $(CHECK) $(EXTRA) $(CFLAGS)
# Where the source comes from, without a name or a password in it.
ADDRESS  := $(shell git config --get remote.origin.url 2>/dev/null | grep -E '^https?://' | sed -E 's,//[^/@]*@,//,' || true)
DEFINES_VERSION = -DDOORSTROOM_VERSION='"$(VERSION)"' -DDOORSTROOM_COMMIT='"$(COMMIT)"' \
                  -DDOORSTROOM_SOURCE='"$(or $(ADDRESS),unknown)"' \
                  -DDOORSTROOM_FLAGS='"$(strip $(OPTIMISE) $(CHECK))"'

SOURCES  := $(wildcard sim/*/*.c models/*.c models/*/*.c models/*/*/*.c analysis/*.c analysis/*/*.c)
OBJECTS  := $(SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/analysis/report/page.o $(BUILD)/models/run/sources.o
# What a result carries of the program that made it: all that builds it but the page of reports.
CARRIED  := $(shell find sim models analysis cli -path analysis/report/page -prune -o -name '*.[chS]' -print | LC_ALL=C sort) Makefile LICENSE CITATION.cff
PAGE     := analysis/report/page
PAGE_SOURCES := $(wildcard $(PAGE)/*.mjs $(PAGE)/*.css $(PAGE)/page.html $(PAGE)/make.sh $(PAGE)/*.json $(PAGE)/src/*.js $(PAGE)/src/*/*.js)
COMMANDS := $(wildcard cli/*.c)
TESTS    := $(patsubst %.c,%,$(wildcard tests/*/test_*.c))
PROGRAM  := $(BUILD)/doorstroom
BENCH    := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/bench/*.c))
FORMATTED = $(wildcard sim/*/*.[ch] models/*.[ch] models/*/*.[ch] models/*/*/*.[ch] analysis/*.[ch] analysis/*/*.[ch] cli/*.[ch] \
              tests/*.[ch] tests/*/*.[ch])

FORCE:

.PHONY: FORCE all missing run report sensitivity pictures attribute belgium backtest hindcast resolution plan parameters stress validate test test-others test-all test-browsers test-slurm test-snakemake test-long install fmt lint asan tsan coverage bench bench-quick fuzz fuzz-long clean help packages packages-list \
        test-packages all-packages tests
.DEFAULT_GOAL := all

## all: build the program
all: $(if $(MISSING),missing,$(PROGRAM))

# Said before hundreds of files fail to be compiled.
missing:
	@printf '%s\n' 'make: pkg-config does not find: $(MISSING)' \
	  "      README, Installing, says what they belong to. On a cluster: 'module load'," \
	  '      or the folders of their .pc files in PKG_CONFIG_PATH.' >&2
	@exit 3

# Installs PACKAGES_$(1) where one is missing; names them where that cannot be done.
define install_packages
	@missing=$$(for p in $(1); do dpkg -s $$p >/dev/null 2>&1 || echo $$p; done); \
	if [ -n "$$missing" ]; then \
	  if ! command -v apt-get >/dev/null; then \
	    echo "make: this system has no apt-get; install what corresponds to: $(1)" >&2; exit 3; fi; \
	  root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	  echo "installing:" $$missing; \
	  $$root apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends \
	    $$missing >/dev/null; \
	fi
endef

## packages-list: the Debian packages that a build needs, one a line; TEST=1: and 'make test'; ALL=1: and all tests
packages-list:
	@printf '%s\n' $(if $(ALL),$(ALL_PACKAGES),$(if $(TEST),$(TEST_PACKAGES),$(PACKAGES)))

packages:
	$(call install_packages,$(PACKAGES))
test-packages:
	$(call install_packages,$(TEST_PACKAGES))
all-packages:
	$(call install_packages,$(ALL_PACKAGES))

## run: install what is missing, build, run Belgium as decided and with all seven recommendations; ends in a report
run: packages
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(PROGRAM) run scenarios/belgium/baseline.yaml -o belgium.h5 --force
	@$(PROGRAM) run scenarios/belgium/resolution/all.yaml -o all_seven.h5 --force
	@$(PROGRAM) show belgium.h5
	@$(PROGRAM) compare belgium.h5 all_seven.h5
	@[ ! -s $(BUILD)/page.html ] || $(PROGRAM) report belgium.h5 all_seven.h5 -o belgium.html --force

# Belgium's report: each draw of what is not known has two futures, so that chance can be told apart from it.
REPORT_RUN       ?= -r 200 --set 'chance: 2'
REPORT_ATTRIBUTE ?= -r 8
REPORT           := $(BUILD)/report
REPORT_SCENARIOS := baseline emergency-law new-prisons-only resolution/all
# What results depend on: the program less its page, whatever commit it is of.
REPORT_MODEL     := $(filter-out $(BUILD)/analysis/report/% $(BUILD)/models/run/provenance.o,$(OBJECTS))
REPORT_RESULTS   := $(REPORT_SCENARIOS:%=$(REPORT)/%.h5)
REPORT_SOURCES   := $(wildcard scenarios/belgium/*.yaml scenarios/belgium/*.csv scenarios/belgium/*/*.yaml scenarios/belgium/*/*.csv)

## report: Belgium's whole report, with the share of each measure and the score of past forecasts (ten minutes on two cores)
report: packages
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(MAKE) --no-print-directory $(REPORT)/belgium.html
	@echo $(REPORT)/belgium.html

$(REPORT)/%.h5: $(REPORT_MODEL) $(REPORT_SOURCES) | $(PROGRAM)
	@mkdir -p $(@D)
	@$(PROGRAM) run scenarios/belgium/$*.yaml $(REPORT_RUN) -o $@ --force
$(REPORT)/attribution.json: $(REPORT_MODEL) $(REPORT_SOURCES) | $(PROGRAM)
	@mkdir -p $(@D)
	@cd scenarios/belgium && $(abspath $(PROGRAM)) attribute baseline.yaml resolution/[1-7]-*.yaml $(REPORT_ATTRIBUTE) \
	  --of 'mean(person_days_above, 2026..2034)' --format json >$(abspath $@).part && mv $(abspath $@).part $(abspath $@)
$(REPORT)/backtest.json: $(REPORT_MODEL) $(REPORT_SOURCES) | $(PROGRAM)
	@mkdir -p $(@D)
	@$(PROGRAM) backtest scenarios/belgium/backtest/laws.yaml --format json >$@.part && mv $@.part $@
$(REPORT)/belgium.html: $(PROGRAM) $(REPORT_RESULTS) $(REPORT)/attribution.json $(REPORT)/backtest.json
	@$(PROGRAM) report $(REPORT_RESULTS) --attribution $(REPORT)/attribution.json --backtest $(REPORT)/backtest.json -o $@ --force

## pictures: those of README, of Belgium's whole report
pictures: report
	$(call install_packages,chromium)
	@[ -e $(PAGE)/node_modules/playwright-core ] || (cd $(PAGE) && npm ci --no-audit --no-fund --loglevel=error)
	@node $(PAGE)/pictures.mjs $(REPORT)/belgium.html analysis/report/pictures

## test: the tests that need the compile-time packages only
test: test-packages
	@$(MAKE) --no-print-directory tests
	@BUILD=$(BUILD) tests/run.sh

## test-others: those with other programs alone (netCDF tools, h5py, xarray, R, compilers, sanitizers)
test-others: test-packages
	@$(MAKE) --no-print-directory tests
	@BUILD=$(BUILD) tests/run.sh --others

## test-all: both, those in browsers, on a Slurm and by Snakemake
test-all: test-packages
	@$(MAKE) --no-print-directory tests
	@BUILD=$(BUILD) tests/run.sh --all
	@BUILD=$(BUILD) bash tests/evidence/rebuild.sh
	@BUILD=$(BUILD) bash tests/browsers/page.sh
	@BUILD=$(BUILD) bash tests/cluster/slurm.sh
	@BUILD=$(BUILD) bash tests/cluster/snakemake.sh

## test-browsers: a report read in Chromium and Firefox, by mouse and keyboard, at three widths, on paper (ten minutes)
test-browsers: all-packages
	@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) bash tests/browsers/page.sh

## test-slurm: a sweep as job arrays on a real Slurm of virtual nodes: a node lost, a full disk, two at once (two minutes)
test-slurm: test-packages
	$(call install_packages,$(CLUSTER_PACKAGES))
	@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) bash tests/cluster/slurm.sh

## test-snakemake: a sweep as a workflow: killed, tasks killed, points that fail, on Slurm too (three minutes)
test-snakemake: test-packages
	$(call install_packages,$(WORKFLOW_PACKAGES) $(CLUSTER_PACKAGES))
	@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) bash tests/cluster/snakemake.sh

## test-long: what takes minutes: how often 1,000 calibrations and 5,000 intervals hold the truth, and 10,000 evaluations err
test-long: test-packages
	@$(MAKE) --no-print-directory tests
	@DOORSTROOM_REPEATS=1000 $(BUILD)/tests/model/test_calibrate
	@DOORSTROOM_REPEATS=5000 $(BUILD)/tests/unit/test_coverage
	@DOORSTROOM_REPEATS=10000 $(BUILD)/tests/model/test_power

tests: all $(BUILD)/mutate $(BUILD)/field-list $(BUILD)/golden-digest $(BUILD)/report-numbers $(BUILD)/without-page $(BUILD)/bench $(TESTS:%=$(BUILD)/%)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(DEFINES_$(notdir $*)) -MMD -MP -c $< -o $@

# An empty page was not made for want of something: it is tried again.
$(BUILD)/page.html: $(PAGE_SOURCES) $(if $(shell test -s $(BUILD)/page.html && echo made),,FORCE)
	@mkdir -p $(@D)
	@if [ -x $(PAGE)/make.sh ]; then $(PAGE)/make.sh $@; else : >$@; fi

$(BUILD)/sources.tar.gz: $(CARRIED)
	@mkdir -p $(@D)
	@tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rw,go=r -cf - $(CARRIED) | gzip -9n >$@.new
	@mv $@.new $@

$(BUILD)/models/run/sources.o: models/run/sources.S $(BUILD)/sources.tar.gz
	@mkdir -p $(@D)
	$(CC) -DSOURCES='"$(BUILD)/sources.tar.gz"' -c $< -o $@

$(BUILD)/analysis/report/page.o: analysis/report/page.S $(BUILD)/page.html
	@mkdir -p $(@D)
	$(CC) -DPAGE='"$(BUILD)/page.html"' -c $< -o $@

DEFINES_provenance = $(DEFINES_VERSION)
DEFINES_main = $(DEFINES_VERSION)

# What says which version this is, is compiled again when that changes.
$(BUILD)/commit: FORCE
	@mkdir -p $(@D)
	@echo '$(VERSION) $(COMMIT) $(ADDRESS)' | cmp -s - $@ || echo '$(VERSION) $(COMMIT) $(ADDRESS)' >$@
$(BUILD)/models/run/provenance.o $(BUILD)/cli/main.o: $(BUILD)/commit

$(PROGRAM): $(COMMANDS:%.c=$(BUILD)/%.o) $(OBJECTS)
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

.SECONDARY: # objects of tests are kept, so that they are not built twice
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(BUILD)/tests/fields/ignore.o $(OBJECTS)
	$(CC) $(CFLAGS_ALL) -Wl,--wrap=read_object $^ -o $@ $(LDLIBS) -lcmocka

$(BUILD)/bench: $(BENCH) $(OBJECTS)
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

## bench: the benchmarks, each beside a bare yardstick; table, and bench.csv in the build folder
bench:
	@$(MAKE) --no-print-directory BUILD=build/release EXTRA=-DNDEBUG build/release/bench
	@build/release/bench build/release/bench.csv

## bench-quick: the same in under a minute
bench-quick:
	@$(MAKE) --no-print-directory BUILD=build/release EXTRA=-DNDEBUG build/release/bench
	@build/release/bench --quick build/release/bench.csv

## validate: all published cases at full length
validate: all
	@$(PROGRAM) validate

## belgium: Belgium's table of targets, and the picture of every count against the runs
belgium: all
	$(call install_packages,python3-h5py python3-yaml python3-matplotlib)
	@$(PROGRAM) run scenarios/belgium/baseline.yaml -o $(BUILD)/baseline.h5 --force -q
	@$(PROGRAM) run scenarios/belgium/history.yaml -o $(BUILD)/history.h5 --force -q
	@$(PROGRAM) run scenarios/belgium/fit/still.yaml -o $(BUILD)/still.h5 --force -q
	@/usr/bin/python3 tests/with/belgium.py $(BUILD)/baseline.h5 $(BUILD)/history.h5 $(BUILD)/still.h5 \
	  --picture scenarios/belgium/counts.svg

## backtest: Belgium forecast from each January with a count shortly before, scored: told all, the laws, nothing (4 minutes)
backtest: all
	@for file in known laws unknown; do \
	  $(PROGRAM) backtest scenarios/belgium/backtest/$$file.yaml --origins || exit 1; echo; done

## hindcast: Belgium forecast from the end of 2020 and of 2023, fitted with what was known then, and scored (40 minutes)
hindcast: all
	$(call install_packages,python3-h5py python3-matplotlib)
	@for year in 2020 2023; do $(PROGRAM) calibrate scenarios/belgium/hindcast/to_$$year.yaml \
	  -o scenarios/belgium/hindcast/posterior_$$year.csv --force -q || exit 1; done
	@for run in laws_unknown laws_known from_2023; do \
	  $(PROGRAM) run scenarios/belgium/hindcast/$$run.yaml -o $(BUILD)/$$run.h5 --force -q || exit 1; done
	@/usr/bin/python3 tests/long/hindcast.py $(BUILD)/laws_unknown.h5 $(BUILD)/laws_known.h5 $(BUILD)/from_2023.h5 \
	  --picture scenarios/belgium/hindcast.svg

## resolution: Belgium's scenarios beside the baseline, paired, 200 replications each (40 minutes)
resolution: all
	$(call install_packages,python3-h5py)
	@BUILD=$(BUILD) tests/long/switches.sh $(BUILD)/resolution

## attribute: each of Belgium's seven switches in every set of them: alone, last in, Shapley (ten minutes)
attribute: all
	@cd scenarios/belgium && $(abspath $(PROGRAM)) attribute baseline.yaml resolution/[1-7]-*.yaml -r 8 \
	  --of 'mean(person_days_above, 2026..2034)'

## plan: Belgium's plan of 2021: what is left of the priors, and the table of PLAN.md
plan: all
	$(call install_packages,python3-h5py)
	@$(PROGRAM) calibrate scenarios/belgium/plan/targets.yaml -o scenarios/belgium/plan/posterior.csv --force -q
	@$(PROGRAM) run scenarios/belgium/plan_2021.yaml -o $(BUILD)/plan.h5 --force -q
	@$(PROGRAM) run scenarios/belgium/plan_2021.yaml --set 'coordination.level: 1' -o $(BUILD)/together.h5 --force -q
	@/usr/bin/python3 tests/with/plan.py $(BUILD)/plan.h5 $(BUILD)/together.h5

# A sweep that was stopped goes on.
## sensitivity: which assumptions decide how many people are on the floor in Belgium in 2030 (20 minutes)
sensitivity: all
	@for design in screening sensitivity; do \
	  $(PROGRAM) sweep scenarios/belgium/sweeps/$$design.yaml -o $(BUILD)/$$design -q && \
	  $(PROGRAM) merge $(BUILD)/$$design -o $(BUILD)/$$design.h5 --force -q && \
	  $(PROGRAM) sensitivity $(BUILD)/$$design.h5 'mean(floor_sleepers, 2030)' --force \
	    -o scenarios/belgium/sweeps/$$design.svg && \
	  $(PROGRAM) sensitivity $(BUILD)/$$design.h5 'mean(floor_sleepers, 2030)' --format csv \
	    >scenarios/belgium/sweeps/$$design.csv || exit 1; echo; done

## parameters: models/PARAMETERS.md, the table of all fields, from the program
parameters: all
	@$(PROGRAM) explain --parameters >models/PARAMETERS.md

## stress: scenarios/belgium/STRESS.md, Belgium's scenario by the items of STRESS-DES, as it is now
stress: all
	@BUILD=$(BUILD) bash tests/stress.sh >scenarios/belgium/STRESS.md

# libFuzzer with ASan and UBSan; seeds are the scenarios of tests/data. FUZZ_TIME seconds each.
FUZZ_TIME ?= 60
FUZZ_FLAGS = BUILD=build/fuzz CC=clang OPTIMISE=-O1 \
  CHECK='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all'
$(BUILD)/fuzz-reader: $(BUILD)/tests/fuzz/reader.o $(OBJECTS)
	$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer $^ -o $@ $(LDLIBS)
$(BUILD)/cli/fuzzed_main.o: cli/main.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) $(DEFINES_VERSION) -Dmain=doorstroom_main -Wno-missing-prototypes -c $< -o $@
$(BUILD)/fuzz-arguments: $(BUILD)/tests/fuzz/arguments.o $(BUILD)/cli/fuzzed_main.o \
  $(filter-out $(BUILD)/cli/main.o,$(COMMANDS:%.c=$(BUILD)/%.o)) $(OBJECTS)
	$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer $^ -o $@ $(LDLIBS)

$(BUILD)/golden-digest: $(BUILD)/tests/golden/digest.o $(OBJECTS)
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

$(BUILD)/report-numbers: $(BUILD)/tests/report/numbers.o $(OBJECTS)
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

$(BUILD)/without-page: tests/report/no_page.S $(COMMANDS:%.c=$(BUILD)/%.o) $(filter-out %/page.o,$(OBJECTS))
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

$(BUILD)/field-list: $(BUILD)/tests/fields/list.o $(OBJECTS)
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

$(BUILD)/mutate: $(BUILD)/tests/fuzz/mutate.o $(OBJECTS)
	$(CC) $(CFLAGS_ALL) $^ -o $@ $(LDLIBS)

## fuzz: the reader and the command line under libFuzzer, a minute each
fuzz:
	@$(MAKE) --no-print-directory -s $(FUZZ_FLAGS) build/fuzz/fuzz-reader build/fuzz/fuzz-arguments
	@BUILD=build/fuzz tests/fuzz/run.sh $(FUZZ_TIME)

## fuzz-long: ten million runs of each (hours), and 100,000 damaged results
fuzz-long: $(PROGRAM) $(BUILD)/mutate
	@$(MAKE) --no-print-directory -s $(FUZZ_FLAGS) build/fuzz/fuzz-reader build/fuzz/fuzz-arguments
	@BUILD=build/fuzz tests/fuzz/run.sh 0 10000000
	@$(PROGRAM) run tests/data/models/kept.yaml -r 2 -q -f -o $(BUILD)/kept.h5
	@$(BUILD)/mutate $(BUILD)/kept.h5 100000 1 $(BUILD)

## install: program, manual page and completion into PREFIX (DESTDIR is honoured)
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions
	install -m 755 $(PROGRAM) $(DESTDIR)$(PREFIX)/bin/doorstroom
	$(PROGRAM) --manual >$(DESTDIR)$(PREFIX)/share/man/man1/doorstroom.1
	$(PROGRAM) --completion >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/doorstroom

## fmt: lay out the sources by .clang-format
fmt:
	clang-format -i $(FORMATTED)

## lint: layout, clang-tidy and cppcheck, no finding allowed
lint:
	clang-format --dry-run --Werror $(FORMATTED)
	@$(MAKE) --no-print-directory -j$(JOBS) $(patsubst %.c,%.tidy,$(SOURCES) $(COMMANDS))
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability -j $(JOBS) \
	  --inline-suppr --suppress=missingIncludeSystem --suppress=varFuncNullUB -I. $(SOURCES) $(COMMANDS)

%.tidy: %.c FORCE
	@clang-tidy --quiet --warnings-as-errors='*' \
	  --checks='-*,bugprone-*,clang-analyzer-*,-bugprone-sizeof-expression,-bugprone-easily-swappable-parameters,-bugprone-implicit-widening-of-multiplication-result,-bugprone-narrowing-conversions,-bugprone-reserved-identifier,-clang-analyzer-valist.Uninitialized,-clang-analyzer-optin.performance.Padding,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling' \
	  $< -- -std=c17 -D_GNU_SOURCE -I. $(CFLAGS_LIBRARIES) -fopenmp $(DEFINES_VERSION) 2>&1 | grep -v 'warnings generated' >&2; \
	  exit $${PIPESTATUS[0]}

## asan: the tests under AddressSanitizer and UBSan, every event checked
asan:
	@$(MAKE) --no-print-directory BUILD=build/asan OPTIMISE='-O1' \
	  CHECK='-DDOORSTROOM_CHECK -fsanitize=address,undefined -fno-sanitize-recover=all' test

## tsan: the tests under ThreadSanitizer (clang, whose OpenMP it understands)
tsan:
	@$(MAKE) --no-print-directory BUILD=build/tsan CC=clang OPTIMISE='-O1' \
	  CHECK='-fsanitize=thread' tests
	@TSAN_OPTIONS='ignore_noninstrumented_modules=1' BUILD=build/tsan tests/run.sh

## coverage: lines covered by the tests and by failing calls, by file; those of sim/ and models/ that are not
coverage:
	@find build/coverage -name '*.gcda' -delete 2>/dev/null; true
	@$(MAKE) --no-print-directory BUILD=build/coverage OPTIMISE='-O0' CHECK='--coverage' test
	-@BUILD=build/coverage bash tests/faults/run.sh 7 memory # not writes: they would lose the counts; the last
	# few allocations are those that count, and end badly
	@bash tests/coverage.sh

## clean: remove what was built
clean:
	rm -rf build

help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST)

-include $(shell find $(BUILD) -name "*.d" 2>/dev/null)
