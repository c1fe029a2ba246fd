# Finds the JDK 25 that Lambda functions run on.

is_java25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25' "$1/release"
}

java_candidates() {
  printf '%s\n' "${JAVA_HOME:-}"
  if command -v java >/dev/null; then
    dirname "$(dirname "$(readlink -f "$(command -v java)")")"
  fi
  printf '%s\n' /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* /Library/Java/JavaVirtualMachines/*25*/Contents/Home
}

find_java() {
  local candidate
  while IFS= read -r candidate; do
    if [ -n "$candidate" ] && is_java25 "$candidate"; then
      export JAVA_HOME=$candidate
      return
    fi
  done < <(java_candidates)
  fail "JDK_MISSING: no JDK 25 found by JAVA_HOME, on PATH or in the usual folders. Install one (for example Temurin 25) and set JAVA_HOME to it."
}
