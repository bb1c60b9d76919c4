"""Common nouns for those who speak and act: people's roles, kinds of organisation, groups, documents; titles and pronouns."""

from functools import lru_cache
from typing import Literal

from stancekit.statements.english.calendar import DAYS, MONTHS
from stancekit.statements.text.wordlist import words

ORGANISATION_NOUNS = words(
    "union watchdog regulator inspectorate charity company firm department ministry government court council club"
    " hospital trust agency party campaign group organisation organization association federation confederation"
    " committee body school university college bank airline retailer team league commission authority institute"
    " institution society network alliance coalition foundation tribunal think-tank thinktank thinktanks ombudsman"
    " force service guild lodge corporation business chain supplier operator developer publisher broadcaster newspaper magazine"
    " outlet embassy parliament congress senate administration assembly board panel inquiry church academy"
    " manufacturer carmaker provider partnership consortium lobby quango airport zoo museum gallery theatre orchestra"
    " festival restaurant hotel shop supermarket brewery studio label prison clinic surgery nursery startup start-up brand"
    " tabloid ministry movement administration site website platform insurer lender builder housebuilder landlord franchise squad"
)
# Parts of an organisation that speak for it: "the union's executive".
ORGANS = words(
    "executive committee council board leadership management administration secretariat presidency bosses chiefs"
    " cabinet branch panel hq headquarters team office party conference bureau governors directorate"
)
SPOKES = words("spokesperson spokesman spokeswoman spokespeople source insider spokespersons spokesmen")
ROLES = words(
    "secretary president chair chairman chairwoman chairperson chief head leader director executive minister officer"
    " manager headteacher teacher principal inspector mp mep msp councillor mayor governor senator congressman"
    " congresswoman representative ambassador judge justice lawyer solicitor barrister attorney prosecutor detective"
    " superintendent sergeant constable commissioner consultant doctor nurse surgeon gp physician professor lecturer"
    " researcher scientist analyst economist strategist adviser advisor expert author writer historian editor"
    " journalist reporter presenter columnist correspondent coach captain striker defender midfielder goalkeeper"
    " winger forward batsman bowler player footballer driver rider jockey owner founder co-founder ceo cfo coo boss"
    " partner trustee campaigner activist resident mother father parent widow husband wife son daughter brother sister"
    " victim witness farmer founder vice-president vice-chair vice-chairman deputy vicar bishop archbishop priest"
    " rabbi imam pope king queen prince princess duke student pupil patient worker employee chancellor premier peer"
    " lord baroness registrar ombudsman coroner colonel general major lieutenant engineer architect artist actor"
    " actress singer musician comedian filmmaker producer organiser organizer coordinator co-ordinator convener"
    " convenor psychologist psychiatrist therapist midwife paramedic pilot chef landlord tenant shopkeeper"
    " entrepreneur investor banker trader fellow specialist lead veteran neighbour neighbor friend man woman boy girl"
    " teenager pensioner mum dad grandmother grandfather official aide speaker spokesperson spokesman spokeswoman candidate"
    " legislator lawmaker assemblyman treasurer sheriff"
)
# Roles that are too often surnames to be looked for in capitals.
_TRADES = words(
    "member visitor motorist grandson granddaughter mom nan uncle aunt cousin niece nephew commuter customer shopper passenger"
    " voter supporter critic opponent ally colleague staffer survivor suspect defendant plaintiff juror caretaker contractor keeper"
    " skipper butcher baker publican drummer dancer runner swimmer boxer golfer trainer tutor poet playwright blogger podcaster host"
    " anchor pundit pollster tycoon billionaire magnate monk nun ex-minister ex-wife ex-husband stepfather"
    " stepmother godmother godfather bystander onlooker observer mourner protester protestor demonstrator refugee migrant"
    " predecessor successor counterpart prisoner team-mate teammate classmate housemate flatmate workmate"
)
# Endings of nouns for people who do something: oceanographer, novelist, saleswoman.
_ROLE_ENDINGS = (
    "ist", "ician", "arian", "orian", "eer", "woman", "man", "person", "keeper", "holder", "maker", "worker", "owner", "leader",
    "fighter", "smith", "grapher",
)  # fmt: skip
_NO_ROLES = words(
    "human german roman ottoman career pioneer beer peer sheer steer veer list mist twist exist insist assist consist persist resist"
    " enlist gist fist wrist agrarian vegetarian totalitarian authoritarian utilitarian humanitarian egalitarian"
)
# Offices of which there is one at a time: "the prime minister" need not be the person last heard.
OFFICES = words(
    "minister secretary president chancellor mayor governor king queen pope judge coroner justice premier ombudsman sheriff ambassador"
    " commissioner prosecutor spokesperson spokesman spokeswoman official senator congressman congresswoman mp"
)
# Roles that people have towards a person too: their possessor need not be an organisation.
PERSONAL_ROLES = words(
    "lawyer solicitor barrister attorney father mother parent husband wife widow son daughter brother sister partner"
    " friend neighbour neighbor doctor agent coach boss teacher adviser advisor victim spokesperson spokesman spokeswoman"
    " representative aide secretary minister chancellor manager landlord tenant employee worker deputy driver rider chef pilot"
    " consultant nurse surgeon gp physician therapist psychologist psychiatrist midwife mum dad grandmother grandfather"
    " opponent supporter critic candidate student pupil patient vicar priest rabbi imam"
)
# What somebody is beside any other role: the pensioner may be the driver too.
STATIONS = words(
    "pensioner mother father mum dad parent grandmother grandfather husband wife widow son daughter brother sister man woman boy girl"
    " teenager resident tenant patient victim witness friend neighbour neighbor partner"
)
# What a person has that speaks for them.
PERSONAL_ORGANS = words("team office cabinet administration party management leadership campaign council")
ROLE_MODIFIERS = words(
    "general deputy vice assistant executive chief senior former acting interim shadow prime foreign home health"
    " education justice transport finance defence defense national regional local first managing joint co lead"
    " principal head permanent press lord culture environment business energy treasury housing schools labour"
    " conservative tory president attorney state"
)
PEOPLE = words(
    "members leaders teachers headteachers heads parents pupils students staff workers employees doctors nurses"
    " patients officials ministers mps peers critics campaigners activists supporters opponents residents locals"
    " families scientists researchers experts academics analysts economists lawyers prosecutors police officers"
    " detectives inspectors governors councillors bosses chiefs managers directors executives sources insiders people"
    " women men voters delegates lawmakers senators republicans democrats conservatives judges farmers drivers"
    " passengers fans players coaches witnesses relatives friends neighbours neighbors colleagues firefighters"
    " unionists authorities investigators historians traders investors developers landlords tenants businesses"
    " employers trustees educators lecturers principals professionals practitioners those others many some most"
    " several individuals organisers organizers attendees delegates"
)
DOCUMENTS = words(
    "letter report statement review document study paper survey poll briefing email e-mail article analysis filing"
    " lawsuit complaint judgment judgement ruling submission website tweet post memo manifesto assessment audit"
    " inquiry dossier guidance blog book release notice petition research findings bulletin newsletter message"
    " transcript note response text"
)
# Places that look like people's names or speak for nobody in particular.
PLACES = frozenset(
    name.replace("_", " ")
    for name in words(
        "north_korea south_korea south_africa new_zealand saudi_arabia sri_lanka costa_rica puerto_rico el_salvador hong_kong united_states"
        " united_kingdom great_britain northern_ireland new_york new_jersey new_mexico new_hampshire new_orleans new_delhi north_carolina"
        " south_carolina north_dakota south_dakota west_virginia rhode_island los_angeles san_francisco san_diego san_antonio las_vegas"
        " st_louis st._louis kansas_city salt_lake_city buenos_aires tel_aviv capitol_hill wall_street downing_street middle_east vegas"
        " silicon_valley white_house britain england scotland wales ireland france germany italy spain portugal greece turkey russia"
        " ukraine china japan india pakistan iran iraq syria israel egypt canada mexico brazil australia america africa europe asia"
        " london paris berlin rome madrid moscow beijing tokyo brussels washington chicago boston texas california florida ohio virginia"
        " michigan iowa georgia pennsylvania wisconsin minnesota arizona nevada colorado oregon"
        " manchester birmingham liverpool leeds glasgow edinburgh cardiff belfast bristol sheffield newcastle twitter facebook"
        " instagram youtube google isis"
    )
)
# Adjectives of parties, which speak under them too: "Labour said".
PARTIES = words("democratic republican tory labour conservative liberal")
DEMONYMS = words(
    "british english scottish welsh irish french german italian spanish portuguese greek turkish russian ukrainian polish swedish"
    " norwegian danish finnish dutch belgian swiss austrian hungarian chinese japanese korean indian pakistani iranian iraqi syrian"
    " israeli palestinian egyptian saudi afghan american canadian mexican brazilian australian african european asian western arab"
    " muslim christian jewish catholic czech slovak slovenian croatian serbian bosnian albanian bulgarian romanian moldovan latvian"
    " lithuanian estonian belarusian georgian armenian azerbaijani kazakh uzbek maltese cypriot icelandic lebanese jordanian yemeni"
    " kuwaiti emirati moroccan algerian tunisian libyan sudanese ethiopian somali kenyan ugandan rwandan tanzanian nigerian ghanaian"
    " senegalese zambian zimbabwean bangladeshi nepalese thai vietnamese cambodian burmese malaysian indonesian filipino taiwanese"
    " mongolian argentine argentinian chilean peruvian colombian venezuelan bolivian ecuadorian uruguayan cuban haitian jamaican"
)
NATIONALITIES = PARTIES | DEMONYMS
TITLES = words(
    "mr mrs ms miss mx dr prof professor sir dame lord lady baroness baron rev reverend judge justice sen rep gov sgt"
    " capt lt col gen detective constable superintendent supt insp cllr councillor president senator governor"
)
CIVIL_TITLES = words("mr mrs ms miss mx")
HONOURS = words("sir dame lord lady baroness baron")
FEMALE_TITLES = words("mrs ms miss dame lady baroness madam queen princess duchess sister")
MALE_TITLES = words("mr sir lord baron king prince duke brother father")
_FEMALE = words(
    "mother wife widow daughter sister girl woman queen actress princess duchess grandmother mum mom nan niece aunt"
    " girlfriend businesswoman"
)
_MALE = words("father husband son brother boy man king prince duke grandfather dad uncle nephew boyfriend businessman widower priest monk")
# Words that make a capitalised sequence the name of an organisation.
ORGANISATION_WORDS = words(
    "association union federation confederation council trust society department ministry office institute"
    " institution school college university academy guild lodge hospital court commission committee party company inc ltd plc corp"
    " corporation group foundation fund bank church club united city league agency authority service services board"
    " bureau network alliance coalition campaign centre center house parliament congress senate government treasury"
    " police force army navy nhs partnership partners roundtable forum initiative project airlines airways motors"
    " media news times post guardian press journal tribune mail herald gazette week records holdings systems"
    " technologies laboratories observatory museum gallery library orchestra theatre crown justice works industries"
    " rovers wanderers ombudsman watch action support aid international limited llp llc co charity"
    " tribunal assembly infirmary constabulary county rail homes ventures robotics zoo airport power institutes state"
    " states street road bureau primary hospice cathedral priory minster"
)
# Words in names of organisations that are spoken of by another noun.
SYNONYMS = {"infirmary": "hospital", "hospitals": "hospital", "constabulary": "force", "primary": "school", "academy": "school",
            "airlines": "airline", "airways": "airline", "times": "newspaper", "herald": "newspaper", "guardian": "newspaper",
            "tribune": "newspaper", "telegraph": "newspaper"}  # fmt: skip
FIRM_NAMES = words("water rail trains energy motors holdings foods homes stores plc ltd inc")
SYNONYMS |= dict.fromkeys(FIRM_NAMES, "company")
HEADS_OF_NAMES = words(
    "association department ministry office council institute society federation confederation commission committee"
    " royal campaign chartered board bureau house university bank court college centre center school church union"
)
PREPOSITIONS_IN_ROLES = words("of at for in from with to and")
PRONOUNS = frozenset({"he", "she", "it", "they"})
RELATIVES = frozenset({"who", "which", "that", "whose"})
SPEAKER_SELF = frozenset({"i", "we", "you"})
DETERMINERS = words("the a an this that these those its their his her our my your some any each every one another both all two three four")

# Function words that begin names within a sentence: the New York Post.
IN_NAMES = words("new first next one all our more most still top leading keep fresh")
PARTS_OF_PLACES = words("new north south east west great united saint st san santa los las el northern southern eastern western central")
TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
# Kinds so general that any other noun may name the same body.
GENERAL_KINDS = words("association federation confederation society body group organisation organization institute council committee")
# Nouns for the same body: a company may be the firm, the supplier or the bank, a council an authority, an association a union.
FIRMS = words(
    "company firm corporation retailer bank airline supplier operator developer manufacturer carmaker business chain brewery insurer lender"
    " builder housebuilder publisher broadcaster provider brand"
)
_ALIKE = (
    FIRMS,
    words("regulator watchdog inspectorate ombudsman agency authority"),
    words("association federation confederation society union charity club lobby campaign"),
    words("institute institution foundation think-tank thinktank charity school university college"),
    words("council authority"),
    words("agency service force department ministry office"),
)
_ANY = words("group body organisation organization")
# Capitalised words that are no names.
NOT_NAMES = DAYS | MONTHS | words("full i christmas easter brexit covid mr mrs ms the dear hi hello hey")
FUNCTION_WORDS = words(
    "the a an and but or nor so yet for of in on at by to from with as if when while after before since until"
    " although though because despite during under over about into than then that this these those there here it its"
    " he she they we you i his her their our your my who which what where why how not no yes is are was were be been"
    " has have had do does did will would can could may might must should also only just even still now later earlier"
    " last next first more most many much some any all both each every other another such same new former however"
    " meanwhile today yesterday tomorrow once again according following using given despite between among amid across"
    " within without through against around near like unlike per via out up down off one two three four five six seven"
    " eight nine ten nearly almost about around proposed speaking responding asked writing earlier separately instead"
    " top senior leading veteran longtime long-time prominent syndicated further keep watch fresh shortly see thousands"
    " hundreds dozens millions overall unless whether either neither nobody none everyone someone something anything nothing everything"
    " people"
)


def may_be(noun: str, known: frozenset[str]) -> bool:
    """Whether "the `noun`" may mean a body of which these kinds are known; one of no known kind may be any."""
    if not known or noun in known or noun in _ANY:
        return True
    return any(kind in _ANY or any(noun in row and kind in row for row in _ALIKE) for kind in known)


@lru_cache(maxsize=16384)
def is_role(noun: str) -> bool:
    """Whether a noun in lower case is one for a person by what they do or are."""
    return noun in ROLES or noun in _TRADES or (noun.endswith(_ROLE_ENDINGS) and len(noun) > 5 and noun not in _NO_ROLES)


def gender_of(noun: str) -> Literal["f", "m", ""]:
    """The gender that a noun for a person says: a spokeswoman’s, a father’s."""
    if noun in _FEMALE or (noun.endswith("woman") and len(noun) > 5):
        return "f"
    return "m" if noun in _MALE or (noun.endswith("man") and noun in ROLES) else ""


@lru_cache(maxsize=16384)
def singular(noun: str) -> str:
    """A plural noun's singular by its form: `unions` → `union`, `charities` → `charity`."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith("wives"):
        return noun[:-3] + "fe"
    if noun.endswith(("ches", "sses", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "is", "us")) else noun
