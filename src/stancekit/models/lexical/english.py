"""English words by which the press appraises a policy, in classes; written for this, of no topic of their own.

Beside them VADER's word list is read, without the words that it scores for a sense that the press seldom means.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


OTHER_SENSE = _words(
    """
    charity charities trust trusts trusted matter matters interest interests interested legal like well party protest
    protests challenge challenges challenged opposition united chance number care cares top share shares want wants wanted
    ill heard play value values no sentence sentenced lower low lowest leave leaves vision alone demand demands demanded
    head heads power powers powerful prize natural ha please help helps helped helping join joined hopes ok yes sure
    importance important credit credits charged charge fine engage engaged straight certain certainly dear casual block
    blocked arrest authority cut cuts gone lost lose missing mixed pay pays pressure asked question questioned cool rich
    award awards wish wishes agree agreed agreement agreements clear clearly ensure free freedom grant granted increase
    active accept accepts accepted accepting admit admits admitted defense defence adequate adequately serious seriously
    critic critics crisis responsible resolve save secure shared strong strength solve special substantial fun hand hands
    significant debate thank thanks thanked reach rule dead death deaths died die safe safety grand ready treasure treat
    problem problems emergency exceptional outstanding exemplary concern cover harmed war battle fight fighting fought lag
    trial trials tests test hope winning won win
    """
)
"""Words of VADER's list that mean something else in the press: a body (trust), a procedure (charge), a grade (strong)."""

WELL = _words(
    """
    support supports supported supporting supportive welcome welcomes welcomed welcoming back backs backed backing endorse
    endorses endorsed endorsing praise praises praised praising applaud applauded applauds hail hailed hails commend
    commended defend defends defended defending promote promotes promoted champion champions championed favour favours
    favoured favourable enthusiastic enthusiasm keen confident confidence reassured reassuring reassurance improve improves
    improved improving improvement better best clearer fairer fair fairness richer fuller rounded kinder gentler humane
    reliable consistent manageable proportionate robust sensible wise overdue benefit benefits beneficial useful helpful
    gain gains progress advance breakthrough milestone heartened encouraged encouraging pleased glad delighted thrilled
    proud lawful justified necessary right rightly deserve deserves deserved longing longed crying keep keeps kept retain
    retained proceed proceeds proceeding ahead committed commit commits firm stick sticks stand trust trusted faith promise
    promising valuable worthwhile success successful good great excellent clear readable frank transparent transparency
    reward rewards cheer cheered spur
    """
)

ILL = _words(
    """
    oppose opposes opposed opposing criticise criticises criticised criticising criticism criticisms condemn condemns
    condemned attack attacks attacked attacking lambast lambasted slam slammed denounce denounced deplore deplored decry
    object objects objected objecting objection objections fear fears feared worry worries worried worrying alarm alarmed
    alarming concern concerned concerns dismay dismayed disappointed disappointing disappointment regret regrets regrettable
    unworkable unrealistic unreliable unfair unfairness unfairly unjust unlawful unsafe unclear untested unacceptable
    undermine undermines undermined inconsistent confusing confused muddle muddled baffled excessive burdensome burden
    arbitrary crude blunt flawed flaw flaws rushed rush hasty reckless stress stressful strain anxiety anxious dread harm
    harms harmful harming damage damages damaging damaged danger dangers dangerous toll risk risks misery miserable
    exhausted exhaustion burnout frazzled overload overwhelming break breaks broken worse worst worsen worsens drawback
    failure failing fails fail nonsense absurd ludicrous guesswork gamble fantasy hollow flimsy half-baked half-tested
    spiteful insult insulting disgrace disgraceful shameful betrayal embarrassment cynical selfish foolish stunt petty
    misjudgement mistake wrong wrongly wasted waste scaremongering misleading cruel punitive draconian toxic fiasco shambles
    chaos chaotic backwards mistrust doubt doubts sceptical no-confidence breach breaches against
    """
)

CHANGE = _words(
    """
    delay delays delayed delaying postpone postponed postponing pause paused pausing halt halted halting scrap scrapped
    scrapping abandon abandoned abandoning withdraw withdrawn withdrawing drop dropped dropping ditch ditched bin remove
    removed removing shelve shelved suspend suspended cancel cancelled stop stopped rethink reconsider reconsidered rewrite
    rewritten redraw wait waits waited move moving moved later pull strip stripped replaced halve
    """
)
"""To ask it of a policy is to say ill of it; to do it to an action is to give the action up."""

REJECT = _words(
    """
    reject rejects rejected rejecting contest contests contested deny denies denied denying dismiss dismisses dismissed
    dismissing refuse refuses refused refusing ruledout turneddown resist resisted resists rebuff rebuffed contrary disputes
    dispute disputed
    """
)

EASE = _words(
    """
    reduce reduces reduced reducing ease eases eased easing lift lifted relieve relieves relieved avoid avoids avoided
    prevent prevents prevented cut cuts lessen lessens lessened spare spared end ends ended ending protect protects
    protecting tackle tackles limit limits overcome less fewer lower free
    """
)
"""What they do to something bad is good."""

NEGATORS = _words(
    """
    no not never nor neither none nobody nothing without cannot hardly barely scarcely few little seldom rarely unable
    far lack lacks lacking
    """
)
DEMAND = _words(
    """
    ask asks asked asking request requests requested demand demands demanded urge urges urged want wants wanted must
    should needs
    """
)
VERDICT = _words("is are was were be been being would as call calls called calling")
"""Between a change and a later word of appraisal, they make the change what is appraised ("a delay would be cruel")."""
COMPLEMENT = _words("that if to for at by when see")
"""Between a word of appraisal and a later change, likewise ("glad that the ballot was dropped")."""
INTENT = _words("plan plans proposal proposals package")

PHRASES = tuple(
    (re.compile(pattern), f" {word} ")
    for pattern, word in (
        (r"\b(?:no|any|little) (?:evidence|proof|sign|case for|reason to)\b", "noevidence"),
        (r"\bnothing (?:in [\w ]{1,25})?to suggest\b", "noevidence"),
        (r"\b(?:not|never) (?:persuaded|convinced|confident|believe)\b", "sceptical"),
        (r"\b(?:dismiss|reject)(?:ed|es|s) as\b", "condemned as"),
        (r"\btears? up\b|\bstart again\b", "scrap"),
        (r"\bcall(?:ed|s|ing)? off\b", "dropped"),
        (r"\b(?:puts?|putting|push(?:ed|ing)?|hold|held|holding) (?:(?:it|them|this|the \w+) )?(?:back|off)\b", "postponed"),
        (r"\bback to the drawing board\b|\bthink again\b", "rethink"),
        (r"\brul(?:ed?|ing) out\b", "ruledout"),
        (r"\bturn(?:ed|s|ing)? down\b", "turneddown"),
        (r"\b(?:go|goes|going|went|press|pressing|pressed) (?:ahead|on)\b", "proceed"),
        (r"\bwithin (?:its|their) powers\b", "lawful"),
        (r"\bstep backwards?\b|\bbackward step\b", "worse"),
        (r"\bstep forwards?\b", "improvement"),
        (r"\bhold firm\b|\bon track\b|\bas planned\b|\bon time\b", "keep"),
        (r"\bset aside\b", "provided"),
        (r"\bat least\b", ""),
        (r"\bknow better\b", "wrong"),
    )
)
"""What is said in several words, in lower case → the word that it is read as."""
