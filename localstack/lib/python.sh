# Finds CPython 3.13 (LocalStack 4.14.0 does not even parse on older ones), or unpacks one from Maven Central.

BYTEDECO_VERSION=3.13.5-1.5.12
BYTEDECO_SHA256_LINUX_X86_64=50ad91aa0baa57f0235bb666b87d8bf2a44e215d28c250de1030502906af143b
DEPENDENCY_PLUGIN=org.apache.maven.plugins:maven-dependency-plugin:3.11.0

is_python313() {
  "$1" -I -c 'import ctypes, sqlite3, ssl, sys, venv; sys.exit(sys.version_info[:2] != (3, 13))' >/dev/null 2>&1
}

python_candidates() {
  printf '%s\n' "${SLIPWAY_PYTHON:-}"
  command -v python3.13 || true
  command -v python3 || true
  printf '%s\n' "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13*/bin/python3.13 /usr/local/bin/python3.13 /opt/python3.13/bin/python3.13
}

# Prints the path of a CPython 3.13; sets nothing. PYTHONHOME and LD_LIBRARY_PATH come from python_settings.
find_python() {
  local candidate
  if [ "${SLIPWAY_PYTHON:-}" != bytedeco ]; then
    while IFS= read -r candidate; do
      if [ -n "$candidate" ] && is_python313 "$candidate"; then
        printf '%s\n' "$candidate"
        return
      fi
    done < <(python_candidates)
  fi
  unpack_bytedeco
}

bytedeco_platform() {
  case $(uname -s)-$(uname -m) in
    Linux-x86_64) echo linux-x86_64 ;;
    Linux-aarch64) echo linux-arm64 ;;
    *) fail "PYTHON_MISSING: no CPython 3.13 found, and none to unpack for $(uname -s) $(uname -m). Install Python 3.13, or name one with SLIPWAY_PYTHON." ;;
  esac
}

unpack_bytedeco() {
  local platform root work jar
  platform=$(bytedeco_platform)
  root=$SLIPWAY_HOME/python-$BYTEDECO_VERSION
  if [ ! -x "$root/bin/python3.13" ]; then
    command -v mvn >/dev/null || fail "PYTHON_MISSING: no CPython 3.13 found, and no mvn to fetch one. Install Python 3.13 or Maven."
    say "no Python 3.13 here: fetching one from Maven Central (25 MB)"
    work=$(mktemp -d "$SLIPWAY_HOME/python.XXXXXX")
    mvn -B -q "$DEPENDENCY_PLUGIN:copy" -Dartifact="org.bytedeco:cpython:$BYTEDECO_VERSION:jar:$platform" -DoutputDirectory="$work" >&2
    jar=$work/cpython-$BYTEDECO_VERSION-$platform.jar
    check_bytedeco "$jar" "$platform"
    (cd "$work" && unpack_jar "$jar")
    mv -T "$work/org/bytedeco/cpython/$platform" "$work/root"
    chmod +x "$work/root/bin/"*
    mv -T "$work/root" "$root"
    rm -rf "$work"
  fi
  printf '%s\n' "$root/bin/python3.13"
}

check_bytedeco() {
  [ "$2" = linux-x86_64 ] || return 0
  printf '%s  %s\n' "$BYTEDECO_SHA256_LINUX_X86_64" "$1" | sha256sum --check --status \
    || fail "PYTHON_DIGEST: $(basename "$1") is not the expected file. Delete it from the local Maven repository and run again."
}

unpack_jar() {
  if command -v unzip >/dev/null; then unzip -q "$1"; else "${JAVA_HOME:+$JAVA_HOME/bin/}jar" xf "$1"; fi
}

# Prints the settings an unpacked interpreter needs for as long as it runs; nothing for an installed one.
python_settings() {
  case $1 in
    "$SLIPWAY_HOME"/python-*)
      local root
      root=$(dirname "$(dirname "$1")")
      printf 'export PYTHONHOME=%q\nexport LD_LIBRARY_PATH=%q\n' "$root" "$root/lib:$root"
      ;;
  esac
}
