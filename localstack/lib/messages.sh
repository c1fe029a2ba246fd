# Messages of the launcher: progress goes to stderr, so that stdout stays readable for programs.

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "$1"
  exit "${2:-1}"
}
