# Sets $python to a Python that is new enough, or says how to get one.
python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Trustwide needs Python 3.11 or newer. Type one of these, then try again:" >&2
  echo "    sudo apt-get install python3 python3-venv     (Debian, Ubuntu)" >&2
  echo "    sudo dnf install python3.12                   (Fedora)" >&2
  echo "    brew install python                           (macOS)" >&2
  exit 1
fi
