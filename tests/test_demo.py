from __future__ import annotations

import runpy
from pathlib import Path

from assistant.web.partners import parse_partners

DEMO = Path(__file__).parent.parent / "demo"


def test_the_demonstration_fits_together():
    """The registry of the demonstration has the address its pages are served at and the key that they carry."""
    served = runpy.run_path(str(DEMO / "serve.py"))
    (partner,) = parse_partners((DEMO / "partners.toml").read_text(encoding="utf-8"), "partners.toml").listed
    assert partner.origins == (served["PARTNER"],)
    for page in ("index.html", "questions.html"):
        html = (DEMO / page).read_text(encoding="utf-8")
        assert f'data-site="{partner.key}"' in html
        assert f'src="{served["ASSISTANT"]}/widget.js"' in html
