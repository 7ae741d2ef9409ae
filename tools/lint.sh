#!/bin/sh
# Every check that runs no product code, then Django's own. Shows all complaints before it fails.
set -u
bin=.venv/bin
failed=0
templates=$(find templates -name '*.html' -o -name '*.txt' | sort)
pages=$(find templates -name '*.html' | sort)

check() {
    name=$1; shift
    if output=$("$@" 2>&1); then echo "ok    $name"; else echo "FAIL  $name"; echo "$output"; failed=1; fi
}

# Enough to load the settings; nothing here opens a connection.
export SECRET_KEY=only-for-lint-0123456789-0123456789-abcdefghijklmnop DEMO=0 DEBUG=0
export DATABASE_URL=postgres://lint@127.0.0.1:1/lint REDIS_URL=redis://127.0.0.1:1/0 EMAIL_URL=smtp://127.0.0.1:1
export SITE_URL=https://clinic.example.org ALLOWED_HOSTS=clinic.example.org VAR_DIR=var/lint

check "style"             $bin/ruff check .
check "format"            $bin/ruff format --check .
check "room contracts"    $bin/lint-imports --no-cache
check "types of rules"    $bin/mypy */rules.py */rules
check "template format"   $bin/djade --target-version 5.2 --check $pages
check "template lint"     $bin/djlint --lint --quiet $pages
check "migrations"        env DEMO=1 $bin/python -W ignore manage.py makemigrations --check --dry-run
check "deployment"        $bin/python -W ignore manage.py check --deploy --fail-level WARNING
exit $failed
