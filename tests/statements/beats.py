"""Invented coverage of four beats, and who speaks in it: `{a}` is a generated person, `{A}` the surname, `{N}` a made-up word.

Nobody and nothing in these articles exists.
"""

from dataclasses import dataclass

from naming import Namer

# In each article's second part: a speaker's name, the kind, and a person's organisation where the text gives one.
_BEATS = {
    "health": (
        """Health secretary {a} has apologised to patients at {N} Infirmary.
“We got this wrong,” {A} said. She promised a review.
Health officials said the review would take a year. Health bosses said it was needed.
{b}'s lawyer, {c}, said: “My client waited nine hours.” {C} said the family would sue.
“He was let down,” said {B}'s sister, {d}. {D} said her brother had been ignored.
{B}'s family said in a statement: “We want answers.”
The {O} Nurses Guild said its members were exhausted. “We are on our knees,” said {e}, the guild's general secretary.
{E} added: “Nobody listens.” Nurses said they were tired.
{acronym}, the doctors’ union, said the review was “welcome”. The union said it would take part. {acronym} members said the same.
A spokesperson for {N} Infirmary said: “We are sorry.” Another spokesperson for {N} Infirmary said lessons would be learned.
""",
        """{a}: person; {c}: person; {d}: person; {e}: person
{O} Nurses Guild: guild; {acronym}: union; {N} Infirmary: organisation""",
    ),
    "courts": (
        """Pensioner {a} told the jury he had been cheated of his savings.
“I trusted them,” {A} said. “I trusted all of them.”
{b}'s solicitor said: “Mr {B} denies it.” {B}'s barrister, {c}, said the case was “thin”. {C} said there were no witnesses.
{b} said: “I did nothing.” {B} said he was innocent.
Hungarian prime minister {d} said the verdict was “a warning”. {D} said she was watching.
Hungarian police said they would ask for the files. Hungarian officials said no more. The Hungarian press said little.
Judge {e} said it was “a cruel crime”. {E} said he had read every letter.
{f}’s spokeswoman said: “He is pleased.” {F} said he would appeal. “They lied,” {f} said.
Mother-of-two {g} said: “I lost everything.” {G} said she could not sleep.
The {N} Law Centre said the statute was out of date. “It is a mess,” said {h} of the {N} Law Centre. {H} said it would ask ministers to act.
""",
        """{a}: person; {b}: person; {c}: person; {d}: person; {e}: person; {f}: person; {g}: person; {h}: person: {N} Law Centre
{N} Law Centre: organisation""",
    ),
    "sport": (
        """{N} Rovers manager {a} said his side were “awful”. {A} said: “We were awful.”
Captain {b}, who scored twice, said: “We will be back.” {B} said he was hurt.
{c}'s agent said the striker would stay. {C}'s agent, {d}, said: “He is happy here.” {D} said there had been no bids.
{c} said: “I love it here.” {C} said he would fight for his place.
Supporters said they wanted change. Former players said the same.
The {O} Athletics League said the match would be replayed. “The rules are clear,” the {O} Athletics League said.
Dutch coach {e} said the pitch was “a bog”. The Dutch said no. {E} said she had seen better.
Midfielder {f} said: “It hurts.” {F} said it was a bad day. Brazilian {g} said: “We fought.” {G} said they would fight again.
""",
        """{a}: person: {N} Rovers; {b}: person; {c}: person; {d}: person; {e}: person; {f}: person; {g}: person
{O} Athletics League: league""",
    ),
    "council": (
        """Opposition councillor {a} said the plan was “a land grab”. {A} said: “It is our park.”
{N} Borough Council said the plan had been consulted on. A spokesman for the council said: “We listened.” {N} Borough Council said more.
{b}, whose garden backs on to the park, said: “I will chain myself to the oak.” {B} said she meant it.
Local campaigner {c} said the oak was 300 years old. {C} said: “It was here before us.”
{C}'s neighbour {d} said: “I like flats.” {D} said he would buy one.
{O} Residents Association said it had 900 signatures. “We are not going away,” {O} Residents Association said.
{P} Homes said work would begin in May. {P} Homes’s chief executive, {e}, said: “These are homes for all.” {E} said half would be sold.
The council's leader, {f}, said: “We need homes.” Its finance director {g} said there was no money. {G} said: “None.” {F} agreed.
Planning officers said the scheme should be approved. Planning inspectors said nothing. Climate campaigner {h} said the plan was late.
Housing campaigners said it was “a start”. Housing campaigners said more was needed. {H} said: “It is late.”
""",
        """{a}: person; {b}: person; {c}: person; {d}: person; {e}: person: {P} Homes
{f}: person: {N} Borough Council; {g}: person; {h}: person
{N} Borough Council: organisation; {O} Residents Association: organisation; {P} Homes: company""",
    ),
}
BEATS = tuple(_BEATS)


@dataclass(frozen=True)
class Beat:
    """`speakers` are all with a name: → kind and, for a person whose organisation the text gives, that."""

    id: str
    text: str
    speakers: dict[str, tuple[str, str | None]]


def beat(name: str, seed: int = 0) -> Beat:
    """The article of one beat, its names drawn by `seed`."""
    namer = Namer(10 * seed + BEATS.index(name))
    names = {key: namer.word(3) for key in "NOP"} | {"acronym": namer.acronym()}
    for key in "abcdefgh":
        names[key] = f"{namer.word(2)} {namer.word(3)}"
        names[key.upper()] = names[key].split()[1]
    text, listed = (part.format(**names) for part in _BEATS[name])
    rows = (row.strip().split(": ") for line in listed.splitlines() for row in line.split(";"))
    return Beat(name, text, {who: (kind, rest[0] if rest else None) for who, kind, *rest in rows})
