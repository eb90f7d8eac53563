# SPDX-FileCopyrightText: 2026 The CONNECTION Client developers
# SPDX-License-Identifier: Apache-2.0
"""Starts Survey Viewer SES."""

import sys
from pathlib import Path

from examples.common.frame import About
from examples.common.start import run
from examples.survey_viewer.window import SurveyView

ABOUT = About(
    product="survey-viewer",
    name="Survey Viewer SES",
    file_kind="Survey points",
    pattern="*.csv *.txt",
    sample=Path(__file__).with_name("samples") / "harbour.csv",
)

if __name__ == "__main__":
    sys.exit(run(ABOUT, SurveyView))
