# The clients of other languages that the tests ask a model with: an environment of their own beside LocalStack's.

install_clients() {
  local key clients=$ENVIRONMENT/clients
  key=$(digest_of "$here/requirements/oip-client.txt")
  if ! stamped "$clients/.complete" "$key"; then
    exec 9>"$SLIPWAY_HOME/install.lock"
    flock 9
    say "  Triton's client of the Open Inference Protocol, by hash"
    rm -rf "$(readlink -f "$ENVIRONMENT")/clients"
    in_venv "$ENVIRONMENT" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
      --target "$clients" -r "$here/requirements/oip-client.txt" >&2
    printf '%s\n' "$key" >"$clients/.complete"
    exec 9>&-
  fi
}

# Runs a Python script that may import those clients. They come before LocalStack's packages, of other versions.
run_with_clients() {
  install_clients
  use_environment
  PYTHONPATH=$ENVIRONMENT/clients exec "$ENVIRONMENT/bin/python" "$@"
}
