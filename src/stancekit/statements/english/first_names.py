"""Given names that tell a gender: the commonest of the United Kingdom and the United States, by the gender that nearly all bearers have.

Taken from the top 95 of each year of births 1924 to 1994 in England and Wales (Office for National Statistics, "Top 100 baby names:
historical data") and the top 200 of the US Census of 1990 (US Census Bureau, "Frequently occurring first names"). Names that a tenth
or more of their bearers in either list share with the other gender (Kim, Leslie, Robin, Jamie) are left out, and so are those that are as
common a word, surname or place (Dean, Grant, Virginia, Georgia).
"""

from typing import Literal

from stancekit.statements.text.wordlist import words

Gender = Literal["f", "m", ""]

_MEN = words(
    "aaron adam alan albert alexander alfred allan allen andrew anthony antonio antony arthur barry ben benjamin bernard bill billy"
    " bobby brandon brian bruce bryan calvin carl carlos charles christopher clarence clifford clive colin connor conor craig cyril"
    " daniel danny darren david declan denis dennis derek desmond dominic don donald douglas duncan dylan earl eddie edward edwin eric"
    " ernest eugene frank fred frederick gareth garry gary gavin geoffrey george gerald gerard glen glenn gordon graeme graham greg"
    " gregory harold harry henry herbert howard hugh iain ian ivor jack jacob jake james jason jeff jeffrey jeremy jerry jim jimmy joe"
    " joel john johnny jonathan jose joseph josh joshua juan julian justin karl keith kenneth kevin kieran larry lawrence leonard liam"
    " lionel louis luke malcolm marc marcus mark martin martyn matthew maurice melvyn michael miguel mike mohammad mohammed nathan neil"
    " neville nicholas nigel norman oliver oscar patrick paul peter philip phillip ralph raymond reginald rhys richard robert roberto"
    " rodney roger roland ronald roy russell ryan samuel scott sean shaun simon stanley stephen steve steven stewart stuart terence"
    " theodore thomas tim timothy todd tom tommy tony trevor victor vincent walter warren wayne wilfred william zachary"
)
_WOMEN = words(
    "abigail agnes alexandra alice alison amanda amelia amy andrea angela anita ann anna anne annette annie audrey barbara beatrice"
    " bernice beryl bethany betty beverley brenda bridget carla carol carole caroline carolyn catherine charlene charlotte cheryl chloe"
    " christina christine claire clare cynthia danielle daphne debbie deborah debra denise diana diane donna doreen doris dorothy edith"
    " eileen elaine eleanor elizabeth ellen ellie elsie emily emma enid erica esther ethel eva fiona florence frances francesca freda"
    " gemma georgina geraldine gertrude gillian gladys gloria hannah harriet hayley hazel heather heidi helen hilda irene isabella"
    " jacqueline jane janet janice jayne jeanette jenna jennifer jenny jessica jill joan joanna joanne josephine joyce judith judy julia"
    " julie karen kate katherine kathleen kathryn kathy katie kirsty laura lauren leah leanne lilian lillian linda lisa lois lorraine"
    " louise lucy lydia lynda lynne mabel mandy margaret maria marie marilyn marjorie marlene martha mary maureen mavis maxine megan"
    " melanie melissa michelle mildred miriam molly monica muriel nancy naomi natalie natasha nicola nicole nora norma olivia pamela"
    " patricia paula pauline peggy penelope phyllis rachael rachel rebecca rhiannon rita rosemary rosie ruth sally samantha sandra sara"
    " sarah sharon sheila shirley sian sonia sophie stella stephanie susan suzanne sylvia tanya teresa thelma theresa tina tracey"
    " valerie vanessa vera veronica victoria violet wendy winifred yvonne zoe"
)


def gender_by_name(name: str) -> Gender:
    """The gender that a person's full name tells by its first word, `""` where that is missing, rare or shared.

    A bare name tells none: it is a surname more often than not.
    """
    given, _, rest = name.partition(" ")
    return gender_of_given(given) if rest else ""


def gender_of_given(given: str) -> Gender:
    """The gender of nearly all who bear a given name, `""` where it is rare or shared."""
    low = given.casefold()
    return "m" if low in _MEN else "f" if low in _WOMEN else ""
