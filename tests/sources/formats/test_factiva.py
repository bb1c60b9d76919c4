"""Constructed exports in the layouts that tm.plugin.factiva and newspapers document; all names are invented."""

from pathlib import Path

import pytest

from article_files import articles, rejected
from stancekit.articles import ReadOptions, read_articles
from stancekit.records import Article

FIRST = "The association has condemned the levy.\n\nIN a second paragraph it said more. TD Bank was named too."
REST = '"This levy is a tax," said the chair.\n\nDocument 3 was read out. The minister had said "Document NMCOUR".'
SECOND = 'The chief executive has backed the levy. He said the quays "cannot wait".'

PLAIN = f"""News
Harbour levy condemned

By Sally Nobody
112 words
20 October 2025
10:12
The Northmouth Courier
NMCOUR
1; National
6
English
(c) 2025 Northmouth Newspapers Ltd. All rights reserved

{FIRST}

{REST}

Northmouth Newspapers Ltd

Document NMCOUR0020251020elak0001a

Business
Port chief backs levy as the harbour board meets for the third time this week
in Northmouth

61 words
21 October 2025
The Evening Packet
EVPACK
English
(c) 2025 Evening Packet Ltd. All rights reserved

{SECOND}

Document EVPACK0020251021elal0002b


Search Summary
Text                                harbour levy
Results Found                       2
"""

TAGS = {"SE": "News", "HD": "Harbour levy condemned", "BY": "By Sally Nobody", "WC": "112 words", "PD": "20 October 2025",
        "SN": "The Northmouth Courier", "SC": "NMCOUR", "LA": "English", "CY": "(c) 2025 Northmouth Newspapers Ltd."}  # fmt: skip
END = {"CO": "nmth : Northmouth Port", "IN": "i7 : Transport", "PUB": "Northmouth Newspapers", "AN": "Document NMCOUR0020251020elak0001a"}


def tagged(gap: str) -> str:
    return "\n".join(f"{tag}{gap}{value}" for tag, value in (TAGS | {"LP": FIRST, "TD": REST} | END).items()) + "\n"


def paragraphs(text: str) -> str:
    return "".join(f"<p class='articleParagraph enarticleParagraph'>{part}</p>\n" for part in text.split("\n\n"))


PAGE = f"""<html><head><title>Factiva</title><style>p {{}}</style><script>var x = "<p>";</script></head><body>
<div id="navcontainer">Dow Jones</div><div id="article-X" class="article"><div class="article enArticle"><p>
<div>News</div><div id="hd"><span class='enHeadline'>Harbour <b>levy</b> condemned   </span>
</div><div class="author">By Sally Nobody   </div><div>112 words</div><div>20 October 2025</div><div>The Northmouth Courier</div>
<div>NMCOUR</div><div>English</div><div>(c) 2025 Northmouth Newspapers Ltd</div></p>
{paragraphs(FIRST)}{paragraphs(REST)}<p>Northmouth Newspapers Ltd</p><p>Document NMCOUR0020251020elak0001a</p></div></div></body></html>"""

ROWS = "".join(f"<tr><td class='index'><b>{tag}</b>&nbsp;</td><td>{value}</td></tr>\n" for tag, value in TAGS.items())
BODY = "".join(f"<tr><td><p><b>{tag}</b>&nbsp;</p></td><td>{paragraphs(text)}</td></tr>" for tag, text in [("LP", FIRST), ("TD", REST)])
LAST = "".join(f"<tr><td><br/><b>{tag}</b>&nbsp;</td><td><br/>{value}</td></tr>" for tag, value in END.items())
TABLE = f"<html><body><div class='article enArticle'><table>{ROWS}{BODY}{LAST}</table></div><span>&copy; 2025 Factiva</span></body></html>"

VARIANTS = {"plain.txt": PLAIN, "wide.txt": tagged("   "), "tab.txt": tagged("\t"), "narrow.txt": tagged(" "), "lines.txt": tagged("\n"),
            "page.html": PAGE, "table.html": TABLE}  # fmt: skip


@pytest.mark.parametrize("name", VARIANTS)
def test_every_layout_gives_the_same_article(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(VARIANTS[name])
    found = next(iter(read_articles([path])))
    assert isinstance(found, Article)
    assert found.text == f"{FIRST}\n\n{REST}"
    assert (found.id, found.title, found.date) == ("NMCOUR0020251020elak0001a", "Harbour levy condemned", "2025-10-20")
    assert (found.outlet, found.section, found.byline) == ("The Northmouth Courier", "News", "Sally Nobody")


def test_headlines_go_on_and_the_words_of_all_lines_add_up(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PLAIN)
    notices: list[str] = []
    found = articles(list(read_articles([path], ReadOptions(notice=notices.append))))
    assert found[1].title == "Port chief backs levy as the harbour board meets for the third time this week in Northmouth"
    assert (found[1].text, found[1].section, found[1].byline) == (SECOND, "Business", None)
    assert sum(len(a.text.split()) + a.furniture for a in found) == len(PLAIN.split())
    assert notices == [f"{path}: read as an export of Factiva, articles found: 2"]


def test_a_quoted_number_ends_no_article_and_one_cut_off_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    quoted = SECOND + "\n\nDocument EVPACK0020251019elal0009x\n\nwas the one that he meant."
    path.write_text(PLAIN.replace(SECOND, quoted))
    assert [a.text for a in articles(list(read_articles([path])))] == [f"{FIRST}\n\n{REST}", quoted]
    path.write_text(PLAIN[: PLAIN.index("\n\nDocument EVPACK")])
    last = articles(list(read_articles([path])))[-1]
    assert (last.id, last.text) == ("a-2", SECOND)


def test_the_same_article_of_two_exports_comes_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAIN)
    (tmp_path / "b.txt").write_text(tagged("   "))
    found = list(read_articles([tmp_path]))
    assert len(articles(found)) == 2
    assert ["has occurred before, with the same text" in item.reason for item in rejected(found)] == [True]
