"""Reporting clauses from a dependency parse: the verb that governs a quotation, and its subject."""

from collections.abc import Sequence
from dataclasses import replace

from stancekit.statements.clauses.parser import Node
from stancekit.statements.clauses.reporting_clauses import Clue, Side
from stancekit.statements.english.nouns import RELATIVES
from stancekit.statements.english.reporting_verbs import CUES
from stancekit.statements.text.tokens import QUOTE, Token
from stancekit.statements.text.wordlist import words

_PHRASE = words("compound det amod poss nmod nummod case prep pobj conj cc predet quantmod advmod")
_SHARED = words("conj xcomp advcl pcomp ccomp prep dep acl")
"""Relations of a verb without a subject to one that has its subject."""


class ParsedSentence:
    """A parse laid over a sentence's tokens; its offsets count from `start`, the sentence's own in the article."""

    def __init__(self, tokens: Sequence[Token], nodes: Sequence[Node], start: int) -> None:
        self.tokens = tokens
        self.nodes = [replace(node, start=node.start + start, end=node.end + start) for node in nodes]
        self.children: list[list[int]] = [[] for _ in nodes]
        for number, node in enumerate(self.nodes):
            if node.head != number:
                self.children[node.head].append(number)
        self.token_of: list[int] = []
        at = 0
        for node in self.nodes:
            while at + 1 < len(tokens) and tokens[at].end <= node.start:
                at += 1
            self.token_of.append(at)

    def governor(self, place: int) -> Clue | None:
        """Return the reporting clause of the quotation at token `place`: the verb of reporting nearest to it that has a subject."""
        verbs = sorted((i for i in range(len(self.nodes)) if self._reports(i)), key=lambda i: abs(self.token_of[i] - place))
        return next((clue for clue in map(self._clue, verbs) if clue is not None), None)

    def _token(self, number: int) -> Token:
        return self.tokens[self.token_of[number]]

    def _reports(self, number: int) -> bool:
        token = self._token(number)
        return self.nodes[number].tag.startswith("VB") and token.entity is None and token.low in CUES

    def _clue(self, verb: int) -> Clue | None:
        subject = self._subject(verb)
        if subject is None:
            return None
        chunk = self._phrase(subject)
        if not chunk or any(token.word == QUOTE for token in chunk):
            return None
        token = self._token(verb)
        side: Side = "before" if chunk[0].start < token.start else "after"
        return Clue(self.token_of[verb], token.word, CUES[token.low].group, side, chunk, beside_quote=True)

    def _subject(self, verb: int, depth: int = 0) -> int | None:
        """The head of a verb's own subject, of the agent of a passive, or of the subject it shares."""
        for child in self.children[verb]:
            if self.nodes[child].relation == "nsubj":
                relative = self._token(child).low in RELATIVES and self.nodes[verb].relation == "relcl"
                return self.nodes[verb].head if relative else child  # of `X, who said`, X
        for child in self.children[verb]:
            if self.nodes[child].relation == "agent":
                return next((i for i in self.children[child] if self.nodes[i].relation == "pobj"), None)
        if self._is_passive(verb):
            return None  # its subject is who is spoken of
        head = self.nodes[verb].head
        if head == verb or depth > 4:
            return None
        if self.nodes[verb].relation == "acl":
            return head
        return self._subject(head, depth + 1) if self.nodes[verb].relation in _SHARED else None

    def _is_passive(self, verb: int) -> bool:
        """`was accused of`, `X, accused of`, `after being accused of`: but not `has accused`."""
        relations = {self.nodes[child].relation for child in self.children[verb]}
        if relations & {"nsubjpass", "auxpass"}:
            return True
        return self.nodes[verb].tag == "VBN" and "aux" not in relations and self.nodes[verb].relation in ("acl", "advcl", "ccomp", "xcomp")

    def _phrase(self, head: int) -> tuple[Token, ...]:
        """The tokens of a noun phrase without clauses; of a role with a name beside it (`its chair, X`) the name."""
        own = self._token(head)
        if own.entity is None:
            for child in self.children[head]:
                named = self._token(child)
                if self.nodes[child].relation == "appos" and named.entity is not None:
                    return (named,)
        found = {head}
        wanted = [head]
        while wanted:
            below = [i for i in self.children[wanted.pop()] if self.nodes[i].relation in _PHRASE and i not in found]
            found.update(below)
            wanted.extend(below)
        places = [self.token_of[i] for i in found]
        return tuple(self.tokens[min(places) : max(places) + 1])
