# The checks of the plug-in: ruff, mypy, pytest.

install_check_tools() {
  local key
  key=$(digest_of "$here/requirements/test.txt")
  stamped "$ENVIRONMENT/.checks" "$key" && return
  exec 9>"$SLIPWAY_HOME/install.lock"
  flock 9
  in_venv "$ENVIRONMENT" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements/test.txt" >&2
  printf '%s\n' "$key" >"$ENVIRONMENT/.checks"
  exec 9>&-
}

run_checks() {
  local selection=()
  if [ "${1:-}" = --fast ]; then selection=(-m "not localstack"); shift; fi
  install_check_tools
  use_environment
  cd "$here/plugin"
  "$ENVIRONMENT/bin/python" -m ruff check .
  "$ENVIRONMENT/bin/python" -m ruff format --check .
  "$ENVIRONMENT/bin/python" -m mypy
  "$ENVIRONMENT/bin/python" -m pytest "${selection[@]}" "$@"
}
