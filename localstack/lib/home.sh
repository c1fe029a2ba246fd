# $SLIPWAY_HOME must be a folder that this user may write, with room on its disk.

INSTALL_MEBIBYTES=1200
START_MEBIBYTES=200

check_home() {
  local folder
  mkdir -p "$SLIPWAY_HOME" 2>/dev/null || not_writable "$SLIPWAY_HOME"
  for folder in "$SLIPWAY_HOME" "$SLIPWAY_HOME/environments" "$SLIPWAY_HOME/localstack" "$SLIPWAY_HOME/mirror"; do
    if [ -e "$folder" ] && ! { [ -d "$folder" ] && [ -w "$folder" ] && [ -x "$folder" ]; }; then not_writable "$folder"; fi
  done
  SLIPWAY_HOME=$(cd "$SLIPWAY_HOME" && pwd)
}

not_writable() {
  local found
  found=$(stat -c 'it belongs to user %U, mode %A' "$1" 2>/dev/null || echo "it cannot be made")
  fail "HOME_NOT_WRITABLE: user $(id -un) cannot write the folder $1 of the local AWS: $found.
  Give it to that user (chown -R $(id -un) $1), or name another folder with SLIPWAY_HOME."
}

# need_space MEBIBYTES PURPOSE
need_space() {
  local free
  free=$(df -Pk "$SLIPWAY_HOME" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "$free" -ge "$1" ] || fail "DISK_FULL: $2 needs $1 MiB; $free MiB are free on the disk of $SLIPWAY_HOME.
  Make room there, or name a folder on another disk with SLIPWAY_HOME."
}
