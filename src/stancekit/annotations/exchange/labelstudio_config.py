"""The labelling interface of Label Studio: what the annotator sees and is asked, made from the codebook.

Ref: labelstud.io/tags/choices, labelstud.io/tags/textarea. The holder is not filled in beforehand: the tool would send
a prefilled text a second time with each correction, so an empty field means that the holder shown is right.
"""

import re
from xml.etree import ElementTree as ET

from stancekit.annotations.exchange.labelstudio import TEXT
from stancekit.annotations.exchange.units import also_name, label_names
from stancekit.codebook import Codebook

HOTKEYS = "1234567890qwertyiopasdfgjklzxcvbnm"
"""Single keys that the tool does not use itself."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def config(codebook: Codebook) -> str:
    """The interface as XML: the statement in its surroundings, a question a task, holder and note."""
    label_names(codebook)
    view = ET.Element("View")
    _add(view, "Header", value="$speaker", size="5")
    _add(view, "Header", value="$organisation", size="6")
    for name, value in (("before", "$before"), (TEXT, "$text"), ("after", "$after")):
        _add(view, "Text", name=name, value=value)
    keys = iter(HOTKEYS)
    for task, entry in codebook.tasks.items():
        _add(view, "Header", value=entry.question, size="4")
        choice = "single" if entry.kind == "single" else "multiple"
        group = _add(
            view, "Choices", name=task, toName=TEXT, choice=choice, required=str(entry.kind == "single").lower(), showInline="true"
        )
        for label, meaning in entry.labels.items():
            key = next(keys, None)
            _add(group, "Choice", value=label, hint=meaning.definition, **({"hotkey": key} if key else {}))
        if entry.also and (also := also_name(codebook)):
            _add(view, "Header", value=f"{entry.question} Further labels, where there are any", size="5")
            group = _add(view, "Choices", name=also, toName=TEXT, choice="multiple", required="false", showInline="true")
            for label, meaning in entry.labels.items():
                _add(group, "Choice", value=label, hint=meaning.definition)
    _add(view, "Header", value="Holder: $holder", size="5")
    _add(view, "TextArea", name="holder", toName=TEXT, rows="1", maxSubmissions="1", editable="true", placeholder="Another holder")
    _add(view, "TextArea", name="note", toName=TEXT, rows="2", maxSubmissions="1", editable="true", placeholder="Note")
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, tag, {key: _NOT_XML.sub("\ufffd", value) for key, value in attributes.items()})
