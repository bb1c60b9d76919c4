"""Words that keep their full stop, and words that begin sentences: what the rules for stops look up."""

from stancekit.statements.english.calendar import DAYS, MONTHS, SHORT, SHORT_WORDS
from stancekit.statements.text.wordlist import words

# Never the end of a sentence where something follows. With a capital only: "ten reps." is the end of one.
TITLES = words(
    "mr mrs ms mx dr drs prof profs rev revd fr hon rt sen sens rep reps gov govs gen gens col lt capt cpl sgt maj cmdr cdr adm"
    " brig insp supt const cllr ald st mt ft messrs mme mlle pres det dept asst assoc univ assn bros pvt pty intl natl sec ps"
)
LATIN = words("e.g i.e eg ie cf viz vs v al approx ca incl esp est dept asst assoc a.k.a aka p.s n.b nr")
# Of those, the ones that do end a sentence before a word that begins one: "Main St. The", "et al. However".
TITLES_THAT_END = words("st ft mt v al dept univ bros")
# Not the end before a number: "No. 10", "Sept. 3", "p. 12".
BEFORE_NUMBER = SHORT | words(
    "no nos ref refs p pp vol vols fig figs art arts sec secs para paras ch chap c ver ed eds rs tel ext jct cl reg regs s ss n fn b d r"
)
# The same after a number: "5ft. 4in."
MEASURES = words("ft in st lb lbs oz")
# The end only where the next word is one that begins sentences: "in the U.K. The", against "the U.K. Treasury".
MAYBE = words(
    "inc ltd co cos corp plc llc llp gmbh jr sr esq u.s u.k u.n e.u u.s.a u.a.e d.c ph.d d.phil m.phil b.a m.a m.d b.sc m.sc"
    " ll.b ll.m g.o.p ave blvd rd sq etc"
)
CLOCK = words("a.m p.m am pm")
STATES = words(
    "ala ariz ark calif colo conn d.c fla ga kan ky md mich minn mont n.c n.d n.h n.j n.m n.y neb nev okla ont r.i s.c s.d tenn"
    " tex va vt w.va wis wyo b.c"
)
# States only after a place and a comma: other words too.
STATES_OF_PLACES = words("del ill ind la mass me miss mo ore pa que wash")
# After a clock time these go on with the sentence: "5 p.m. Monday", "9 a.m. ET".
_ZONES = words("et est edt ct cst cdt mt mst mdt pt pst pdt gmt bst utc cet cest ist aest local eastern central pacific")
AFTER_CLOCK = DAYS | MONTHS | SHORT | SHORT_WORDS | _ZONES
# A letter after one of these is no initial: "Plan B.", "Group A."
LETTERED = words(
    "plan group vitamin hepatitis grade section class division type category serie block wing exhibit room gate pool option"
    " appendix schedule part phase tier level band annex zone team model company platoon studio hall war witness patient"
    " child boy girl baby victim juror pupil soldier"
)
STARTERS = words(
    "a after all also although an and another are as at because before both but by can could despite did do does"
    " during each even every few finally first for from had has have he her here his how however i if in instead is it"
    " its just last later many meanwhile more most much my neither no nobody nor not nothing now of on once one only or other"
    " others our over perhaps she should since so some still such than that the their then there these they this those"
    " though through thus to today together two under unless unlike until we well were what when where whether which"
    " while who whose why will with within without would yesterday yet you your"
    " mr mrs ms dr three four five six seven eight nine ten critics officials campaigners ministers unions teachers nurses"
    " doctors researchers scientists experts residents parents patients people sources analysts lawyers prosecutors"
    " police figures shares sales workers staff families voters fans players shareholders investors"
)
# Those that are no part of a name: no saint is called so.
PLAIN_STARTERS = words("the he she it they we but this these there however when after his her their")
# Words that begin a sentence even where its capital was lost. None of them follows an abbreviation in running text.
LOWER_STARTERS = words("i i'm i've i'd i'll it he she they we you this these there")
# Names that end in a mark: "Yahoo! Sports".
MARKED_NAMES = words("yahoo jeopardy ho wham")
