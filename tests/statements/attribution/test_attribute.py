import pytest
from hearing import heard, missed, speakers
from hypothesis import given, settings
from hypothesis import strategies as st
from renaming import rename

from stancekit.actors import Actor, Actors


def test_the_gold_reading_with_the_registry(seeds, gold_quotes, registry):
    assert len(missed(seeds, gold_quotes, registry, registry)) <= 2


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("style", ["acronyms", "words"])
def test_generated_names_and_an_empty_registry(seeds, gold_quotes, registry, style, seed):
    texts, gold, renamed = rename(seeds, gold_quotes, registry, style, seed)
    assert not any(name in text for text in texts.values() for name in ("NAHT", "Whiteman", "an Ofsted"))
    assert len(missed(texts, gold, Actors(), renamed)) <= 6


# --- cases of our own: other beats, other punctuation; {a}, {b} are generated persons, {A}, {B} their surnames ----------

CASES = [
    # the cue before
    ("A spokesperson for Northvale Hospital said: “We are sorry.”", ["Northvale Hospital spokesperson"]),
    ("{a}, chief executive of Westmere Council, warned the cuts would be “devastating for us all”.", ["{a}"]),
    ("Detective Inspector {a}, who led the inquiry, said they had shown “immense courage and dignity”.", ["{a}"]),
    ("{a}, 29, a nurse from Larkhill, said: “I was terrified.” Her neighbour said it was “like a bomb”.", ["{a}", "neighbour"]),
    ("The bank made a loss. Its chief executive, {a}, blamed “a perfect storm” of costs.", ["{a}"]),
    ("The foundation’s director, Dr. {a}, says: “We have the evidence.”\n“What we lack is the will.”", ["{a}", "{a}"]),
    ("Supt {a}, of Eastmoor Police, said officers had acted with “huge bravery”.", ["{a}"]),
    ("On the steps of the court {a}, the driver’s lawyer, said: “We will appeal.”", ["{a}"]),
    ("Senate leader {a}, R-Ohio, called the measure \"dead on arrival\" and \"a gift to criminals.\"", ["{a}", "{a}"]),
    ("{a}, deputy head of the Guild of Bakers (GOB), the trade body for bakers, said it was “taking advice”.", ["{a}"]),
    ("At a rally attended by 90 Rail Guild members, half of those there said they were “ready to walk”.", ["Rail Guild members"]),
    # after and amid
    ("\"We will appeal,\" said {a}, a lawyer for the Harbor Workers Union. \"This is not over.\"", ["{a}", "{a}"]),
    ("“This,” {A} said, “is the end.”", ["{A}", "{A}"]),
    ("“Nonsense,” replied the chair of the committee, Dame {a}.", ["Dame {a}"]),
    ("“I scored because I was angry,” the striker, {a}, told reporters.", ["{a}"]),
    ("\"I have never seen anything like it,\" Fire Chief {a} said of the blaze.", ["{a}"]),
    ("“If it is not safe,” the pilots’ union, Skyforce, said in a statement, “we will not fly.”", ["Skyforce", "Skyforce"]),
    ("‘We had no choice,’ said the club’s chairman, {a}. ‘The money had run out.’", ["{a}", "{a}"]),
    ("“Will they listen?” asked {a}, who chairs the campaign group Clean Rivers Now. “I doubt it.”", ["{a}", "{a}"]),
    ("The ruling, Judge {a} wrote, \"strains credulity and common sense.\"", ["{a}"]),
    # according to, by, of
    ("According to the Brayford Health Trust, waiting lists are “at their lowest since 2019”.", ["Brayford Health Trust"]),
    ("It is, in the words of one surgeon, “a scandal of national proportions”.", ["surgeon"]),
    ("The plan was condemned by the Farmers Federation as “unworkable and wrong”.", ["Farmers Federation"]),
    ("Fans were told by the league that refunds “would be issued in full”.", ["league"]),
    ("{a}: “We never had a chance.”", ["{a}"]),
    # joint speakers
    ("Greenline, Polar Rail and the Northern Bus Company said they were “deeply sorry”.",
     ["Greenline; Polar Rail; Northern Bus Company"]),
    ("Both the Football Trust and Players United call the list “absurd and wrong”.", ["Football Trust; Players United"]),
    ("Unions will not sign. The PQR and the STV said the offer was “an insult”. “We will walk out,” the unions added.",
     ["PQR; STV", "PQR; STV"]),
    # two speakers in a sentence
    ("The minister, {a}, called the strike “reckless”, while the union’s leader, {b}, described the offer as “an insult”.",
     ["{a}", "{b}"]),
    ("The Nursing Guild warned of “a winter like no other”, with its president, {a}, urging ministers to “get a grip”.",
     ["Nursing Guild", "{a}"]),
    ("While she accepted the verdict was “a disappointment”, {A} said the team was “ready to go again”.", ["{A}", "{A}"]),
    # pronouns, surnames, common nouns
    ("{a}, the club’s captain, was furious. “It’s a disgrace,” he said. {A} added: “We were robbed.”", ["{a}", "{a}"]),
    ("The regulator, Ofwave, fined Voltec £4m. It said it had “no choice”. The regulator added it was “a warning to all”.",
     ["Ofwave", "Ofwave"]),
    ("A union has told its members to stay at home. The conductors’ union BCD said trains were “not safe to run”.\n"
     "“Nobody should travel,” the union said.", ["BCD", "BCD"]),
    ("The Water Alliance rejected the plan. “It puts patients at risk,” a spokeswoman said.", ["Water Alliance spokesperson"]),
    ("A report by the Galen Institute found that nurses were “routinely ignored”. It said managers had “lost control”.",
     ["Galen Institute", "Galen Institute"]),
    ("The Ward Alliance has written a letter to the minister. “We are worn out,” the letter says.", ["Ward Alliance"]),
    ("Doctors at the hospital say the ward is “unsafe for everybody”.", ["Doctors"]),
    ("Ms. {A} met Mr. {B} in May. “It went well,” she said. “We argued,” he said.", ["{A}", "{B}"]),
    ("{a} and {b} were married. “We were poor,” Mrs {A} said.", ["{a}"]),
    ("{A} thanked her mother, {b} {A}. “I owe her everything,” {A} said.", ["{A}"]),
    ("{a}, an oceanographer at the University of Westmere, said the team had “overplayed its hand”. “It is a blink,” she said.",
     ["{a}", "{a}"]),
    ("{a} lost her job in May. {b} kept his. “I was glad,” she said.", ["{a}"]),
    ("{a}, whose two goals won the game, called it “the best night of my life”. “My dad cried,” the striker said.", ["{a}", "{a}"]),
    ("Judge {a} jailed him. “You were cruel,” the judge said. “It is over,” said the prime minister.", ["{a}", "prime minister"]),
    ("{a} told the Westmere Post the plan was “a joke”. “It is cruel,” said the 34-year-old.", ["{a}", "{a}"]),
    # nouns of saying, relative clauses, unlisted verbs
    ("The row over {a}’s “they lie for money” remark went on as the unions met in Westmere.", ["{a}"]),
    ("Union staff who spoke on condition of anonymity described a ward where “nobody has slept for days”.", ["Union staff"]),
    ("He took advice from a barrister, who told him the vote was “arguably unlawful”.", ["barrister"]),
    ("{a} looked up. “Round the clock?” he snorted. “I doubt it.”", ["{a}", "{a}"]),
    ("Managers ended the deal, a move described by campaigners as “a turning point for us all”.", ["campaigners"]),
    ("Police found “a map and a can of petrol” in the car, according to the Brayford County Court.", ["Brayford County Court"]),
    ("His wife, longtime Rail Guild aide {a}, said the affair “was the end of it all”.", ["{a}"]),
    ("The former Speaker of the House {a} said it was “a sad day for all”.", ["{a}"]),
    ("On Monday {a} doubled down, calling the minister “a faker”.", ["{a}"]),
    ("{a} shook her head. “No. Never again.”", ["{a}"]),
    # floating and carried
    ("{a}, the head coach, was proud of his side and told reporters he was “over the moon”.\n“They gave us everything.”",
     ["{a}", "{a}"]),
    ("The mayor insisted there was “no plan B”.\nThe opposition leader, {a}, was unimpressed.\n“He always says so,” she said.",
     ["mayor", "{a}"]),
    # roles and their bodies before and after the name
    ("The chief executive of Thornby Water, {a}, called it “a shambles, frankly”.", ["{a}"]),
    ("President of Northvale Rowers Association {a} said: “No.”", ["{a}"]),
    ("Motorist {a} said it was “like a bomb going off”.", ["{a}"]),
    ("{a}, chair of the University of Norvale, Thornby, said: “No.”", ["{a}"]),
    ("{a}, an actor in the film wrote on Friday: “No.”", ["{a}"]),
    ("One visitor to Thornby — {a} — told us: “No.”", ["{a}"]),
    ("Ali al-Koro, a baker, said: “No.” “Never,” said al-Koro.", ["Ali al-Koro", "Ali al-Koro"]),
    # another body than the one before
    ("Northmouth Council said no. “It is a mess,” the drivers’ union said.", ["drivers’ union"]),
    ("Thornby Water said no. “We are watching,” the regulator said.", ["regulator"]),
    ("Thornby Water said no. “We are sorry,” the firm said.", ["Thornby Water"]),
    ("Ofgrid said no. “We are sorry,” the energy firm said.", ["energy firm"]),
    # people without a name, documents and their authors
    ("One of the drivers said: “No.” One rower admitted it was “a shambles, frankly”.", ["One of the drivers", "rower"]),
    ("With one rower writing “it is a shambles”, {a} left.", ["rower"]),
    ("“It is a shambles,” said a post by an unknown author.", ["unknown author"]),
    ("According to a report by the Norvale Institute, it is “a shambles, frankly”.", ["Norvale Institute"]),
    ("A statement from Norvale’s health ministry called it “a shambles, frankly”.", ["Norvale’s health ministry"]),
    # where the subject stands
    ("The rowing began in May and {a} says it is “a shambles, frankly”.", ["{a}"]),
    ("{a} went on to say it was “a shambles, frankly”.", ["{a}"]),
    ("{a} chaired the talks, and said that the union had called it “a shambles, frankly”.", ["union"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_who_says_it(text, expected, namer):
    a, b = namer.person(), namer.person()
    names = {"a": a, "b": b, "A": a.split()[-1], "B": b.split()[-1]}
    assert speakers(text.format(**names)) == [who.format(**names) for who in expected]


def test_a_person_has_the_organisation_beside_the_name(namer):
    a = namer.person()
    for text in (
        f"{a}, Westmere Council’s leader, said: “No.”",
        f"{a}, leader of Westmere Council, said: “No.”",
        f"Westmere Council leader {a} said: “No.”",
        f"“No,” said {a}, the leader of Westmere Council.",
        f"Westmere Council’s leader, {a}, said: “No.”",
    ):
        assert list(heard(text).values()) == [((a,), ("Westmere Council",))], text


def test_names_are_folded_by_the_registry(namer):
    a = namer.person()
    actors = Actors(
        actors=[
            Actor(name="Rail Guild", kind="union", aliases=["RG", "Guild of Rail Staff"]),
            Actor(name=a, kind="union", organisation="Rail Guild", aliases=[a.split()[-1]]),
        ],
        nouns={"union": ["union", "brotherhood"]},
    )
    text = f"RG is angry. {a.split()[-1]} said it was “a bad day for us”. The brotherhood said it was “ready to strike”."
    assert speakers(text, actors) == [a, "Rail Guild"]
    assert [bodies for _, bodies in heard(text, actors).values()] == [("Rail Guild",), ("Rail Guild",)]


def test_nobody_is_made_up():
    assert speakers("“No comment at all from anyone.”") == [""]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "the",
                "union",
                "said",
                "“No.”",
                ",",
                ".",
                ":",
                "he",
                "it",
                "Abc",
                "Def",
                "ABC",
                "and",
                "who",
                "told",
                "by",
                "according",
                "to",
                "A’s",
                "chair",
                "letter",
                "\n",
            ]
        ),
        max_size=40,
    )
)
def test_any_order_of_words_is_read(words):
    heard(" ".join(words))
