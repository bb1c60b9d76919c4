"""What is embedded stays text and comes back as it was; only what the page holds may run."""

import base64
import hashlib
import json
import re

from hypothesis import given
from hypothesis import strategies as st

from chromium import Reader
from stancekit.pages.frame import web_page
from stancekit.pages.frame.page import embedded
from stancekit.report.wording import visible

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
SURROGATES = st.text(st.characters(categories=["Cs"]), max_size=3)


@given(JSON)
def test_data_comes_back_as_it_was(data: object) -> None:
    assert json.loads(embedded(data)) == data


@given(st.text(), SURROGATES, st.sampled_from(["</script>", "<!--", "<script", "&lt;", "]]>", "\u2028"]))
def test_data_is_nothing_but_text_to_a_parser(text: str, broken: str, hostile: str) -> None:
    found = embedded([text + hostile, broken])
    assert not re.search("[<>&\u2028\u2029]", found)
    assert found.encode("utf-8")


def test_the_policy_names_the_style_and_the_script_and_nothing_else() -> None:
    for package, scripts in (("stancekit.pages.annotate", ["page.js"]), ("stancekit.pages.statements", ["page.js"])):
        page = Reader(web_page(package, title="A <b>\u202etitle", scripts=scripts, data={"x": "{{SCRIPT}}"}))
        hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(page.raw[k].encode()).digest()).decode()}'" for k in (0, 2)]
        assert page.policy == (
            f"default-src 'none'; style-src {hashes[0]}; script-src {hashes[1]}; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )
        assert page.title == visible("A <b>\u202etitle")
        assert page.data == {"x": "{{SCRIPT}}"}  # what is put in is not read for places
