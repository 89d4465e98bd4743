"""The twenty questions of an editor's first day, each by one command with its proof, on the real archives."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "tools" / "questions.py"


@pytest.mark.real
@pytest.mark.slow
def test_all_twenty_questions_are_answered_as_known(shared_data: Path, tmp_path: Path) -> None:
    words = [sys.executable, str(SCRIPT), str(shared_data), "--house", str(tmp_path / "house")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["20 of 20 answered as known"], done.stdout + done.stderr
    # Every answer names printed lines or issues that it rests on.
    assert "    0 lines" not in done.stdout
