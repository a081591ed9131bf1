"""`make bench`: runs every measurement of this folder, one after the other, and says which claim did not hold."""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run each file of the folder as a program; 1 if any of them failed its own claim."""
    wanted = set(sys.argv[1:])
    files = [f for f in sorted(HERE.glob("[a-z]*.py")) if not wanted or f.stem in wanted]
    failed = []
    for file in files:
        print(f"\n== {file.stem}", flush=True)
        start = time.monotonic()
        if subprocess.run([sys.executable, "-m", f"bench.{file.stem}"], cwd=HERE.parent, check=False).returncode:
            failed.append(file.stem)
        print(f"   ({time.monotonic() - start:.0f} s)", flush=True)
    print(f"\n{len(files) - len(failed)} of {len(files)} claims hold{'; not: ' if failed else ''}{', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
