# Finds the JDK 25 that builds and runs everything. A JDK says its version in its file `release`: reading that is
# quicker than starting it.

is_java25() {
  [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25' "$1/release"
}

java_candidates() {
  printf '%s\n' "${JAVA_HOME:-}"
  if command -v java >/dev/null; then
    dirname "$(dirname "$(readlink -f "$(command -v java)")")"
  fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home
}

find_java() {
  local candidate
  while IFS= read -r candidate; do
    if [ -n "$candidate" ] && is_java25 "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done < <(java_candidates)
  fail "JDK_MISSING: no JDK 25 found by JAVA_HOME, by java on PATH or in the usual folders.
  Install one: $(java_advice)"
}

java_advice() {
  if [ "$(uname -s)" = Darwin ]; then
    echo "brew install --cask temurin@25"
  elif command -v apt-get >/dev/null; then
    echo "apt-get install temurin-25-jdk (package source: Adoptium), or unpack any JDK 25 and set JAVA_HOME to its folder."
  elif command -v dnf >/dev/null; then
    echo "dnf install java-25-openjdk-devel"
  else
    echo "unpack a JDK 25 (adoptium.net) and set JAVA_HOME to its folder."
  fi
}
